# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
{
    "name": "AMSS Base",
    "summary": "Thai public offices: agencies, groups, sign-up, calendar and digits",
    "version": "19.0.1.0.0",
    "category": "Productivity/Saraban",
    "author": "AMSS for Odoo contributors",
    "website": "https://github.com/amss-odoo/amss",
    "license": "LGPL-3",
    "depends": ["hr", "portal", "auth_signup", "mail"],
    "external_dependencies": {"python": ["stdnum", "pythainlp"]},
    "data": [],
    "assets": {},
}
