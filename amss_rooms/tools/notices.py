# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What people are told of bookings, for each to read in their own language."""

from odoo.tools.translate import LazyTranslate

# there is no environment here, and each reader has a language of their own
# pylint: disable=prefer-env-translation
_lt = LazyTranslate(__name__)

ASKED = _lt("A room is asked for: please decide")
RENAMED = _lt("An approved booking is for something else now")
CHANGED = _lt("A request that waits for you has changed")
GIVEN_BACK = _lt("A booking in your room is cancelled")
APPROVED = _lt("Your booking is approved")
REFUSED = _lt("Your booking is refused")
CANCELLED = _lt("Your booking is cancelled")
RELEASED = _lt("Your room is released: nobody checked in")

# reasons
NOBODY_CAME = _lt("Nobody checked in at the door.")
NOBODY_DECIDED = _lt("Nobody decided before the time was over.")
