# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import HttpCase, tagged

from odoo.addons.amss_base.tests import test_js

from .common import SarabanCommon


class CountsTour(SarabanCommon, HttpCase):
    """Two letters of a school wait in the central inbox."""

    def _letters_of_school(self):
        for subject in ("รายงานผล", "ขอข้อมูล"):
            letter = self.env["amss.document"].with_user(self.school_user).sudo()
            letter = letter.create({"subject": subject, "addressee_text": "ผอ.เขต"})
            letter._issue()
            letter._send(self.office)


@tagged("post_install", "-at_install")
class TestCountsTour(CountsTour):
    def test_the_badge_falls_with_each_letter_accepted(self):
        self._letters_of_school()
        self.start_tour(
            "/odoo/saraban-inbox", "amss_letter_counts", login="saraban_central"
        )


@tagged("post_install", "-at_install", "mobile")
class TestCountsTourPhone(CountsTour):
    browser_size = "390x844"
    touch_enabled = True

    def test_the_badges_are_in_the_menu_of_the_phone(self):
        self._letters_of_school()
        self.start_tour(
            "/odoo/saraban-inbox", "amss_letter_counts_phone", login="saraban_central"
        )


@tagged("post_install", "-at_install")
class TestSarabanJs(test_js.TestJs):
    suite = "@amss_saraban"
