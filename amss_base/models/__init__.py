# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import amss_loader
from . import amss_signup_attempt
from . import amss_signup_request
from . import base
from . import hr_department
from . import hr_employee
from . import hr_version
from . import ir_http
from . import ir_qweb_fields
from . import mail_render_mixin
from . import res_company
from . import res_config_settings
from . import res_lang
from . import res_partner
from . import res_users
