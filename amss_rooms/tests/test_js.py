# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import tagged

from odoo.addons.amss_base.tests import test_js


@tagged("post_install", "-at_install")
class TestRoomsJs(test_js.TestJs):
    """The suites of this addon; the inherited test runs them."""

    suite = "@amss_rooms"
