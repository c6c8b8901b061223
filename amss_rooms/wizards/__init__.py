# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import amss_room_hours
from . import amss_room_book
from . import amss_room_book_line
from . import amss_room_book_rows
from . import amss_room_find
from . import amss_room_feed
from . import amss_room_print
from . import amss_room_reason
from . import calendar_popover_delete_wizard
from . import amss_room_settings
