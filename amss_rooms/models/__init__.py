# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import res_company
from . import amss_room_equipment
from . import amss_room_layout
from . import amss_room
from . import amss_room_free
from . import amss_room_booking
from . import amss_room_booking_time
from . import amss_room_booking_rules
from . import amss_room_booking_steps
from . import amss_room_booking_event
from . import amss_room_booking_request
from . import amss_room_event
from . import calendar_event
from . import amss_room_month
from . import amss_room_use
from . import resource_calendar_leaves
from . import amss_loader
