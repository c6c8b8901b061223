# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import amss_office_settings
from . import amss_signup_refuse
