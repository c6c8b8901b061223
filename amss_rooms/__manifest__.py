# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
{
    "name": "AMSS Rooms",
    "summary": "Meeting rooms and their bookings (งานห้องประชุม)",
    "version": "19.0.1.0.0",
    "category": "Productivity/Saraban",
    "website": "https://github.com/amss-odoo/amss",
    "author": "AMSS for Odoo contributors",
    "license": "LGPL-3",
    "application": True,
    "depends": ["amss_base", "calendar", "resource"],
    "data": [
        "security/amss_rooms_security.xml",
        "security/ir.model.access.csv",
        "data/ir_cron.xml",
        "wizards/amss_room_reason_views.xml",
        "views/booking_notice.xml",
        "views/amss_room_views.xml",
        "views/amss_room_booking_views.xml",
        "views/amss_room_use_views.xml",
        "views/menus.xml",
    ],
    "installable": True,
}
