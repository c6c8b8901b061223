# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import freeze_time, new_test_user, tagged
from odoo.tools import mute_logger

from .portal_common import PortalCase


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 04:00:00")
class TestPortalAccess(PortalCase):
    """Who may open what: role × address × answer."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.own = (
            cls.env["amss.document"]
            .with_user(cls.school_user)
            .sudo()
            .create({"subject": "ของโรงเรียน", "addressee_text": "ผอ.เขต"})
        )
        cls.own_file = cls._attach(cls.own.with_user(cls.env.user))
        cls.own._issue()
        cls.own._send(cls.office)
        cls.stranger = new_test_user(cls.env, "portal_stranger", "base.group_portal")
        cls.homeless = new_test_user(
            cls.env, "school_homeless", "amss_saraban.group_school_registrar"
        )
        cls.file = cls.row._visible_files()
        cls.lists = [
            "/my/letters",
            "/my/letters/new",
            "/my/letters/drafts",
            "/my/letters/returned",
            "/my/registers/received",
            "/my/registers/sent",
            "/my/registers/sent/xlsx",
        ]
        cls.records = [
            f"/my/letters/{cls.row.id}",
            f"/my/letters/{cls.row.id}/files/{cls.file.id}",
            f"/my/letters/{cls.row.id}/zip",
            f"/my/letters/sent/{cls.own.id}",
            f"/my/letters/sent/{cls.own.id}/edit",
            f"/my/letters/sent/{cls.own.id}/send",
            f"/my/letters/sent/{cls.own.id}/files/{cls.own_file.id}",
        ]

    def _statuses(self, urls):
        with mute_logger("odoo.http"):
            return {url: self.url_open(url).status_code for url in urls}

    def test_pages_by_role(self):
        table = [
            # user, lists, records of the first school
            (self.school_user, 200, 200),
            (self.other_school_user, 200, 404),
            (self.stranger, 404, 404),
            (self.homeless, 404, 404),
            (self.staff, 404, 404),
            (self.central, 200, 404),
        ]
        for user, on_lists, on_records in table:
            with self.subTest(user=user.login):
                self._login(user)
                self.assertEqual(
                    self._statuses(self.lists), dict.fromkeys(self.lists, on_lists)
                )
                self.assertEqual(
                    self._statuses(self.records),
                    dict.fromkeys(self.records, on_records),
                )

    def test_public_has_to_log_in(self):
        self.authenticate(None, None)
        for url in self.lists + self.records:
            with self.subTest(url=url):
                self.assertIn("/web/login", self.url_open(url).url)

    def test_other_schools_can_do_nothing(self):
        self._login(self.other_school_user)
        own = f"/my/letters/sent/{self.own.id}"
        steps = [
            f"/my/letters/{self.row.id}/accept",
            f"/my/letters/{self.row.id}/return",
            f"{own}/edit",
            f"{own}/send",
            f"{own}/attach",
            f"{own}/correct",
            f"{own}/recall",
            f"{own}/again",
            f"{own}/accept-return",
            f"{own}/take-off",
            f"{own}/returned-again",
            f"{own}/anew",
            f"{own}/remind",
            f"{own}/void",
            f"{own}/discard",
        ]
        token = self._csrf()
        for url in steps:
            with self.subTest(url=url), mute_logger("odoo.http"):
                data = {"csrf_token": token, "reason": "x"}
                self.assertEqual(self.url_open(url, data=data).status_code, 404)
        self.env.invalidate_all()
        self.assertEqual(self.row.state, "sent")
        self.assertEqual(self.own.state, "registered")
        self.assertEqual(self.own.recipient_ids.state, "sent")

    def test_unknown_and_foreign_ids_answer_alike(self):
        self._login()
        foreign = self._row_of(self.other_school)
        urls = [
            "/my/letters/999999999",
            "/my/letters/99999999999999999999",
            f"/my/letters/{foreign.id}",
            "/my/letters/sent/999999999",
            f"/my/letters/sent/{self.row.document_id.id}",
            # a file of another letter, a file that is no letter's
            f"/my/letters/{self.row.id}/files/{self.own_file.id}",
            f"/my/letters/sent/{self.own.id}/files/{self.file.id}",
            f"/my/letters/new?reply_to={foreign.id}",
        ]
        self.assertEqual(self._statuses(urls), dict.fromkeys(urls, 404))

    def test_odd_parameters_break_nothing(self):
        self._login()
        urls = [
            "/my/letters?filterby=nothing&search=%25_%27%22%3Cb%3E",
            "/my/letters?search=%00",
            "/my/letters/page/99999999999",
            "/my/letters/returned/page/99999999999",
            "/my/letters/new?reply_to=%C2%B2",
            "/my/registers/received?year=%C2%B2%C2%B2%C2%B2%C2%B2",
            "/my/registers/received?year=0000&search=99999999999",
            "/my/registers/sent?search=%00",
        ]
        self.assertEqual(self._statuses(urls), dict.fromkeys(urls, 200))
        data = {
            "csrf_token": self._csrf(),
            "subject": "ก\x00ข",
            "letter_date": "\x00",
            "agency": "²",
            "urgency": "x",
            "doc_type": "x",
            "reply_to": "²",
            "remove": "²",
        }
        for url in ("/my/letters/new", "/my/letters/outside/new"):
            self.assertEqual(self.url_open(url, data=data).status_code, 200)

    def test_files_are_shut_at_the_other_doors(self):
        self._login()
        urls = [
            f"/web/content/{self.file.id}",
            f"/web/content/{self.own_file.id}",
            f"/web/image/{self.file.id}",
        ]
        for url in urls:
            with mute_logger("odoo.http"):
                self.assertNotIn(b"%PDF", self.url_open(url).content)

    def test_steps_want_the_token(self):
        self._login()
        with mute_logger("odoo.http"):
            reply = self.url_open(f"/my/letters/{self.row.id}/accept", data={"a": "b"})
        self.assertEqual(reply.status_code, 400)
        self.row.invalidate_recordset()
        self.assertEqual(self.row.state, "sent")

    def test_portal_users_have_no_right_on_the_models(self):
        for name in (
            "amss.document",
            "amss.recipient",
            "amss.register",
            "amss.register.year",
            "amss.register.entry",
        ):
            with self.subTest(model=name):
                model = self.env[name].with_user(self.school_user)
                for operation in ("read", "write", "create", "unlink"):
                    self.assertFalse(model.has_access(operation))
