# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, freeze_time, tagged
from odoo.tools import mute_logger

from .mail_common import MailCommon

RULES = ("odoo.addons.base.models.ir_rule", "odoo.models")


class MailAccessCase(MailCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other_company = cls.env["res.company"].create({"name": "สพป.อื่น"})
        cls.other_company.partner_id.agency_type = "area_primary"
        cls.other_central = cls._user(
            "other_central", "amss_saraban.group_saraban_central"
        )
        cls.other_central.write(
            {
                "company_ids": [(6, 0, cls.other_company.ids)],
                "company_id": cls.other_company.id,
            }
        )
        cls.draft = cls._mail(cls.staff)
        cls.mail = cls._mail(cls.staff)
        cls.file = cls._attach(cls.mail)
        cls.mail.action_send_mail()
        cls.rows = cls.mail.sudo().person_ids
        cls.env.flush_all()

    def _others(self):
        """Return who has nothing to do with the mail, whatever the role."""
        return (
            self.unit
            | self.central
            | self.director
            | self.reader
            | self.admin_user
            | self.other_central
            | self.school_user
            | self.env.ref("base.public_user")
        )


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 04:00:00")
class TestMailAccess(MailAccessCase):
    def _doors(self, user):
        """Yield each way to a mail, its row or its file, and what it gives."""
        mails = (self.mail | self.draft).sudo(False).with_user(user)
        rows, file = self.rows.sudo(False).with_user(user), self.file.with_user(user)
        domain = [("id", "in", mails.ids)]
        yield "search", lambda: mails.search(domain)
        yield "count", lambda: mails.search_count(domain)
        yield "names", lambda: mails.name_search("นัดประชุม", domain)
        yield "box", lambda: mails.search([("search_text", "ilike", "นัดประชุม")])
        yield (
            "groups",
            lambda: mails.formatted_read_group(domain, [], ["__count"])[0]["__count"],
        )
        yield "read", lambda: mails.read(["subject"])
        yield "write", lambda: mails.write({"summary": "x"})
        yield "delete", lambda: mails[1].unlink()
        yield "rows", lambda: rows.search([("id", "in", rows.ids)])
        yield "read rows", lambda: rows.read(["subject"])
        yield (
            "rows of search",
            lambda: rows.search([("search_text", "ilike", "นัดประชุม")]),
        )
        yield "mark read", rows.action_mark_read
        yield "open row", rows.action_open_document
        yield "recall", rows.action_ask_recall
        yield "remind", rows.action_remind
        yield "circulate", mails[0].action_circulate
        yield "send", mails[1].action_send_mail
        yield "file", lambda: file.read(["name", "raw"])
        yield "files", lambda: file.search([("id", "=", file.id)])
        yield (
            "history",
            lambda: mails.env["amss.document.event"].search(
                [("document_id", "in", mails.ids)]
            ),
        )

    @mute_logger(*RULES)
    def test_nobody_else_gets_to_a_mail_by_any_door(self):
        for user in self._others():
            for door, look in self._doors(user):
                with self.subTest(user=user.login, door=door):
                    self.env.invalidate_all()
                    try:
                        with self.env.cr.savepoint():
                            seen = look()
                    except UserError:
                        seen = None
                    self.assertFalse(seen)
        self.assertEqual(self.rows.state, "sent")

    def test_writer_and_addressee_read_it_and_only_the_writer_the_receipts(self):
        self._sent_mail(self.staff, self.reader)
        for user, mails, rows in (
            (self.writer, 3, 3),
            (self.staff, 2, 2),
            (self.reader, 1, 1),
        ):
            with self.subTest(user=user.login):
                letters = self.env["amss.document"].with_user(user)
                self.assertEqual(
                    letters.search_count([("doc_type", "=", "mail")]), mails
                )
                found = self.env["amss.recipient"].with_user(user).search([])
                self.assertEqual(len(found), rows)
        self.assertTrue(self.file.with_user(self.staff).read(["name", "raw"]))

    @mute_logger(*RULES)
    def test_an_addressee_changes_nothing(self):
        mail = self.mail.with_user(self.staff)
        row = self.rows.sudo(False).with_user(self.staff)
        for record, values in (
            (mail, {"summary": "x"}),
            (row, {"state": "opened"}),
            (row, {"opened_at": "2026-01-01"}),
            (self.file.with_user(self.staff), {"name": "x.pdf"}),
        ):
            with self.subTest(record=record), self.assertRaises(UserError):
                record.write(values)
        with self.assertRaises(AccessError):
            row.action_ask_recall()
        with self.assertRaises(UserError):
            self.env["amss.recipient"].with_user(self.staff).create(
                {
                    "document_id": self.mail.id,
                    "agency_id": self.office.id,
                    "sender_agency_id": self.office.id,
                    "user_id": self.unit.id,
                    "sent_at": "2026-03-10",
                }
            )

    @mute_logger(*RULES)
    def test_a_forged_writer_or_addressee_is_not_taken(self):
        mail = self._mail(
            self.staff,
            sender_text="ผู้อำนวยการ",
            user_id=self.director.id,
            state="registered",
            sent_at="2026-01-01",
            person_ids=[(0, 0, {"user_id": self.unit.id})],
        )
        self.assertEqual((mail.state, mail.user_id), ("draft", self.writer))
        self.assertFalse(mail.sent_at or mail.sudo().person_ids)
        mail.sender_text = "ผู้อำนวยการ"
        mail.action_send_mail()
        self.assertEqual(mail.sender_text, self.writer.name)

    @mute_logger(*RULES)
    def test_dialogs_take_only_what_one_may(self):
        for user in (self.central, self.reader, self.director):
            wizard = self.env["amss.circulate"].with_user(user)
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                wizard.create({"document_ids": [(6, 0, self.mail.ids)]})
            answer = wizard.onchange(
                {"document_ids": [(6, 0, self.mail.ids)]},
                ["document_ids"],
                {"document_ids": {"fields": {"display_name": {}}}},
            )
            self.assertNotIn("นัดประชุม", str(answer))
            reason = self.env["amss.reason"].with_user(user)
            values = {"res_model": "amss.recipient", "res_ids": self.rows.ids}
            wizard = reason.create(values | {"step": "_recall", "reason": "x"})
            with self.assertRaises(UserError):
                wizard.action_confirm()
        self.assertEqual(self.rows.state, "sent")

    @mute_logger(*RULES)
    def test_a_dialog_is_its_owners_alone(self):
        mine = self.env["amss.circulate"].with_user(self.staff)
        dialog = mine.create({"document_ids": [(6, 0, self.mail.ids)]})
        with self.assertRaises(AccessError):
            dialog.with_user(self.unit).read(["note"])


@tagged("post_install", "-at_install")
class TestMailPortal(MailAccessCase, HttpCase):
    """The portal pages work with all rights: none of them gives a mail."""

    @mute_logger("odoo.http")
    def test_portal_pages_give_no_mail(self):
        (self.central | self.school_user).password = "saraban_central"
        for login in ("saraban_central", "school_clerk"):
            self.authenticate(login, "saraban_central")
            for url in (
                f"/my/letters/sent/{self.mail.id}",
                f"/my/letters/sent/{self.draft.id}/edit",
                f"/my/letters/{self.rows.id}",
                f"/my/letters/sent/{self.mail.id}/files/{self.file.id}",
                f"/web/content/{self.file.id}",
            ):
                with self.subTest(login=login, url=url):
                    self.assertEqual(self.url_open(url).status_code, 404)
            for url in ("/my/letters", "/my/letters/sent", "/my/letters/drafts"):
                with self.subTest(login=login, url=url):
                    self.assertNotIn("นัดประชุม", self.url_open(url).text)
