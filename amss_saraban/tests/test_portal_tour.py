# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import tagged

from .portal_common import PortalCase


@tagged("post_install", "-at_install")
class TestPortalTour(PortalCase):
    def test_school_accepts_and_answers(self):
        self.school_rows._recall("ส่งผิด")
        row = self._sent("ขอเชิญประชุม", agencies=self.school)
        self.start_tour("/my", "amss_school_portal", login=self.school_user.login)
        self.env.invalidate_all()
        self.assertEqual(row.state, "accepted")
        letter = self._letters()
        self.assertEqual(letter.reply_to_id, row.document_id)
        self.assertEqual(letter.recipient_ids.agency_id, self.office | self.schools[2])


@tagged("post_install", "-at_install")
class TestPortalTourPhone(TestPortalTour):
    """The same trip on a phone."""

    browser_size = "390x844"
    touch_enabled = True
