# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import test_access
from . import test_agency
from . import test_buddhist_era
from . import test_citizen_id
from . import test_csv_set
from . import test_groups
from . import test_js
from . import test_loader
from . import test_signup_page
from . import test_signup_race
from . import test_signup_request
from . import test_thai_tools
