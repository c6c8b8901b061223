# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Load registers and their lines; see odoo.addons.amss_base.loader."""

from .entries import ReceivedRegisterHandler, SentRegisterHandler
from .registers import RegistersHandler
