# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import amss_loader
from . import amss_signup_attempt
from . import amss_signup_request
from . import hr_department
from . import hr_employee
from . import hr_version
from . import res_company
from . import res_config_settings
from . import res_partner
from . import res_users
