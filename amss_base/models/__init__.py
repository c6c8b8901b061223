# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import res_partner
from . import res_users
from . import hr_department
from . import hr_employee
from . import hr_version
from . import res_company
from . import amss_loader
