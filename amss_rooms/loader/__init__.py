# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Load rooms and their bookings so far; see odoo.addons.amss_base.loader."""

from .bookings import BookingsHandler
from .rooms import RoomsHandler
