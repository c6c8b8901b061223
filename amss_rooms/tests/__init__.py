# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import test_access
from . import test_booking
from . import test_calendar
from . import test_month_table
from . import test_closures
from . import test_feeds
from . import test_loader
from . import test_print
from . import test_reports
from . import test_book_dialog
from . import test_public
from . import test_find
from . import test_release
from . import test_door
from . import test_views
from . import test_tours
