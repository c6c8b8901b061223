# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import re

from odoo.tests import HttpCase

from .common import SarabanCommon


class PortalCase(SarabanCommon, HttpCase):
    """Letters between the area office and schools, seen through the portal."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("th_TH")
        (cls.school_user | cls.other_school_user | cls.central).lang = "th_TH"
        cls.school_rows = cls._sent("หนังสือ 1", "หนังสือ 2")
        cls.row = cls.school_rows[0]

    @classmethod
    def _sent(cls, *subjects, agencies=None):
        """Send letters of the office to two schools; return those of the first."""
        rows = cls.env["amss.recipient"]
        for subject in subjects:
            document = cls._draft(subject=subject)
            cls._attach(document, description="หนังสือนำส่ง")
            document.action_issue()
            document._send(agencies or cls.schools[:2])
            rows |= document.recipient_ids.filtered(
                lambda row: row.agency_id == cls.school
            )
        return rows

    def _row_of(self, school, row=None):
        document = (row or self.row).document_id
        return document.recipient_ids.filtered(lambda one: one.agency_id == school)

    def _login(self, user=None):
        login = (user or self.school_user).login
        self.authenticate(login, login)

    def _post(self, url, files=None, **data):
        """Post a form of the logged-in user, with its CSRF token."""
        data["csrf_token"] = self._csrf()
        return self._answered(self.url_open(url, data=data, files=files))

    def _answered(self, reply):
        """Whatever is posted is answered by a page, never by an error page."""
        self.assertEqual(reply.status_code, 200)
        return reply

    def _csrf(self):
        page = self.url_open("/my/letters/new")
        return re.search(r'name="csrf_token" value="([^"]+)"', page.text).group(1)

    def _write(self, url="/my/letters/new", files=None, **typed):
        """Send the form of a new letter to the area office."""
        page = self.url_open(url)
        values = {
            "csrf_token": self._csrf(),
            "form_key": re.search(r'name="form_key" value="(\w*)"', page.text)[1],
            "subject": "รายงานผล",
            "letter_date": "10 มี.ค. 2569",
            "agency": self.office.id,
            "action": "send",
            **typed,
        }
        return self._answered(self.url_open(url, data=values, files=files))

    def _letters(self, school=None):
        """Return the letters that a school wrote, the newest first."""
        self.env.invalidate_all()
        return self.env["amss.document"].search(
            [("agency_id", "=", (school or self.school).id)]
        )
