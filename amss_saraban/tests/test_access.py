# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import AccessError, UserError
from odoo.service.model import get_public_method
from odoo.tests import freeze_time, new_test_user, tagged
from odoo.tools import mute_logger

from .common import PDF, SarabanCommon

MODELS = ("amss.document", "amss.register.entry", "amss.recipient")


class AccessCase(SarabanCommon):
    """Two offices, and letters that one role may read and another may not."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._other_office()
        cls.system = new_test_user(
            cls.env,
            "saraban_system",
            groups="base.group_system",
            company_id=cls.company.id,
            company_ids=[(6, 0, (cls.company | cls.other_company).ids)],
        )
        exporters = cls.staff | cls.unit | cls.central | cls.director | cls.admin_user
        exporters |= cls.other_central | cls.system
        cls.env.ref("base.group_allow_export").user_ids |= exporters
        cls.public = cls.env.ref("base.public_user")
        cls.letters = {
            "of staff": cls._letter(user_id=cls.staff.id, department_id=False),
            "of group": cls._letter(department_id=cls.departments[0].id),
            "of another group": cls._letter(department_id=cls.departments[1].id),
            "to us": cls._letter(cls.other_central),
            "elsewhere": cls._letter(cls.other_central),
        }
        cls.letters["of group"]._send(cls.school | cls.other_office)
        cls.letters["to us"]._send(cls.office)
        cls.letters["elsewhere"]._send(cls.schools[2])
        cls.files = {
            name: cls.env["ir.attachment"].search(
                [("res_model", "=", "amss.document"), ("res_id", "=", letter.id)]
            )
            for name, letter in cls.letters.items()
        }
        cls.env.flush_all()

    @classmethod
    def _other_office(cls):
        """Make another office of the same database, with its central registrar."""
        cls.other_company = cls.env["res.company"].create({"name": "สพป.อื่น"})
        cls.other_office = cls.other_company.partner_id
        cls.other_office.write(
            {"agency_type": "area_primary", "letter_prefix": "ศธ 04888"}
        )
        cls.other_central = new_test_user(
            cls.env,
            "other_central",
            groups="amss_saraban.group_saraban_central",
            company_id=cls.other_company.id,
            company_ids=[(6, 0, cls.other_company.ids)],
        )

    @classmethod
    def _letter(cls, user=None, **vals):
        values = {"user_id": False, "department_id": False, "subject": "ลับหรือไม่"}
        document = cls._draft(user, **(values | vals))
        cls._attach(document)
        document._issue()
        return document.sudo(False).with_user(cls.env.user)

    def _names(self, records):
        """Return the names of the letters in ``records``."""
        by_id = {letter.id: name for name, letter in self.letters.items()}
        return {by_id[record.id] for record in records if record.id in by_id}


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 04:00:00")
class TestAccess(AccessCase):
    def _roles(self):
        """Return user → letters that the user may read."""
        ours = {"of staff", "of group", "of another group"}
        return [
            (self.staff, {"of staff"}),
            (self.unit, {"of group"}),
            (self.central, ours | {"to us"}),
            (self.director, ours | {"to us"}),
            (self.other_central, {"to us", "elsewhere", "of group"}),
            (self.admin_user, set()),
            (self.system, set()),
            (self.school_user, set()),
            (self.public, set()),
        ]

    def _doors(self, user):
        """Return the letters that ``user`` sees, door by door."""
        ids = [letter.id for letter in self.letters.values()]
        letters = self.env["amss.document"].browse(ids).with_user(user)
        yield from self._searches(letters, [("id", "in", ids)])
        for name, open_it in (
            ("read by id", lambda one: one.read(["subject"])),
            ("export by id", lambda one: one.export_data(["subject"])),
            ("file by id", lambda one: self._file_of(one).read(["name", "raw"])),
        ):
            yield (
                name,
                lambda open_it=open_it: letters.filtered(
                    lambda one: self._may(open_it, one)
                ),
            )

    def _searches(self, letters, domain):
        search = letters.search
        yield "search", lambda: search(domain)
        yield (
            "name_search",
            lambda: letters.browse(
                [row[0] for row in letters.name_search("ลับ", domain)]
            ),
        )
        yield (
            "web_search_read",
            lambda: letters.browse(
                row["id"] for row in letters.web_search_read(domain, {})["records"]
            ),
        )
        yield (
            "one search box",
            lambda: search([*domain, ("search_text", "ilike", "ลับหรือ")]),
        )
        files = letters.env["ir.attachment"]
        ids = [file.id for file in self.files.values()]
        yield (
            "files by search",
            lambda: letters.browse(
                files.search([("id", "in", ids)]).sudo().mapped("res_id")
            ),
        )

    def _file_of(self, letter):
        file = self.files[next(iter(self._names(letter)))]
        return file.with_user(letter.env.user)

    def _may(self, method, *args):
        self.env.invalidate_all()
        try:
            return bool(method(*args))
        except UserError:
            return False

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.models")
    def test_each_role_reads_its_letters_through_every_door(self):
        for user, expected in self._roles():
            for door, look in self._doors(user):
                with self.subTest(user=user.login, door=door):
                    try:
                        seen = self._names(look())
                    except AccessError:
                        seen = set()
                    self.assertEqual(seen, expected)

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.models")
    def test_counts_and_groups_say_no_more_than_the_lists(self):
        for user, expected in self._roles():
            records = self.env["amss.document"].with_user(user)
            domain = [("id", "in", [one.id for one in self.letters.values()])]
            with self.subTest(user=user.login):
                try:
                    count = records.search_count(domain)
                    groups = records.formatted_read_group(domain, [], ["__count"])
                except AccessError:
                    self.assertFalse(expected)
                    continue
                self.assertEqual(count, len(expected))
                self.assertEqual(groups[0]["__count"], len(expected))

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.models")
    def test_lines_and_addressees_by_role(self):
        ours, own, kept = 3, 1, 1
        table = [
            # user, lines of books, rows of addressees
            (self.staff, own, 0),
            (self.unit, kept, 2),
            (self.central, ours, 3),
            (self.director, ours, 3),
            (self.other_central, 2, 3),
            (self.admin_user, None, None),
            (self.system, None, None),
            (self.school_user, None, None),
            (self.public, None, None),
        ]
        for user, lines, rows in table:
            for model, expected in (
                ("amss.register.entry", lines),
                ("amss.recipient", rows),
            ):
                with self.subTest(user=user.login, model=model):
                    records = self.env[model].with_user(user)
                    if expected is None:
                        with self.assertRaises(AccessError):
                            records.search_count([])
                    else:
                        self.assertEqual(len(records.search([])), expected)

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.models")
    def test_notes_stay_in_the_agency_that_wrote_the_letter(self):
        letter = self.letters["of group"]
        letter.with_user(self.central).message_post(body="เรื่องภายใน")
        for user, expected in (
            (self.central, True),
            (self.other_central, False),
            (self.system, False),
            (self.admin_user, False),
        ):
            with self.subTest(user=user.login):
                notes = self.env["mail.message"].with_user(user)
                domain = [("model", "=", "amss.document"), ("body", "like", "ภายใน")]
                self.assertEqual(bool(notes.search(domain)), expected)
        with self.assertRaises(AccessError):
            letter.with_user(self.other_central).message_post(body="จากภายนอก")


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 04:00:00")
class TestForgedCalls(AccessCase):
    """What a client may send by RPC without any screen."""

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.models")
    def test_writing(self):
        letter, entry = self.letters["of group"], self.letters["of group"].entry_id
        row = letter.recipient_ids[0]
        file = self.files["of group"]
        table = [
            # user, record, values
            (self.central, letter, {"letter_number": "ศธ 04999/1000"}),
            (self.central, letter, {"state": "draft"}),
            (self.central, letter, {"sent_at": False}),
            (self.central, letter, {"agency_id": self.other_office.id}),
            (self.central, letter, {"recipient_ids": [(5,)]}),
            (self.central, letter, {"attachment_ids": [(5,)]}),
            (self.central, letter, {"secrecy": "secret"}),
            (self.central, entry, {"number": 1000}),
            (self.central, entry, {"document_id": False}),
            (self.central, entry, {"state": "void"}),
            (self.central, row, {"state": "accepted"}),
            (self.central, file, {"raw": PDF + b"x"}),
            (self.central, file, {"name": "other.pdf"}),
            (self.central, file, {"letter_file": False}),
            (self.central, file, {"public": True}),
            (self.unit, entry, {"remark": "x"}),
            (self.staff, letter, {"remark": "x"}),
            (self.director, letter, {"remark": "x"}),
            (self.other_central, letter, {"remark": "x"}),
            (self.other_central, row, {"state": "accepted"}),
            (self.other_central, file, {"description": "x"}),
            (self.admin_user, letter, {"remark": "x"}),
            (self.system, letter, {"remark": "x"}),
            (self.system, entry, {"remark": "x"}),
            (self.school_user, letter, {"remark": "x"}),
            (self.public, letter, {"remark": "x"}),
        ]
        for user, record, values in table:
            with self.subTest(user=user.login, record=record, values=values):
                with self.assertRaises(UserError):
                    record.with_user(user).write(values)
                    self.env.flush_all()
                with self.assertRaises(UserError):
                    record.with_user(user).unlink()

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.models")
    def test_creating(self):
        letter = self.letters["of group"]
        line = {"register_id": self.register.id, "number": 99}
        row = {"document_id": letter.id, "agency_id": self.schools[3].id}
        file = {
            "name": "x.pdf",
            "raw": PDF,
            "res_model": "amss.document",
            "res_id": letter.id,
            "letter_file": True,
        }
        table = [
            (user, model, values)
            for user in (self.central, self.staff, self.system, self.school_user)
            for model, values in (
                ("amss.register.entry", line),
                ("amss.recipient", row),
            )
        ]
        # the letter was sent, so its files are fixed for who wrote it as well
        table += [
            (user, "ir.attachment", file)
            for user in (self.central, self.other_central, self.system, self.staff)
        ]
        table += [
            (user, "amss.document", {"subject": "x"})
            for user in (self.admin_user, self.system, self.school_user, self.public)
        ]
        for user, model, values in table:
            with self.subTest(user=user.login, model=model):
                with self.assertRaises(UserError):
                    self.env[model].with_user(user).create(dict(values))

    def test_a_new_letter_takes_nothing_that_steps_give(self):
        letter = self._draft(
            self.staff,
            state="registered",
            letter_number="ศธ 04999/7",
            entry_id=self.letters["of group"].entry_id.id,
            recipient_ids=[(0, 0, {"agency_id": self.school.id})],
        )
        self.assertEqual(letter.state, "draft")
        self.assertFalse(letter.letter_number or letter.entry_id)
        self.assertFalse(letter.recipient_ids)

    def test_a_file_is_attached_to_its_letter_and_moved_to_no_sent_one(self):
        files = self.env["ir.attachment"].with_user(self.central)
        with self.assertRaisesRegex(UserError, "letter itself"):
            files.create({"name": "x.pdf", "raw": PDF, "letter_file": True})
        file = self._attach(self._draft())
        with self.assertRaisesRegex(UserError, "sent"):
            file.res_id = self.letters["of group"].id

    def test_steps_are_no_methods_for_clients(self):
        for model, names in (
            ("amss.document", ("_issue", "_send", "_void", "_register_outside")),
            ("amss.recipient", ("_accept", "_return", "_recall", "_address")),
            ("amss.register.entry", ("_void", "_enter_lines", "_load_rows")),
            ("amss.register", ("_take_numbers", "_for_agency")),
        ):
            for name in names:
                with self.subTest(model=model, name=name):
                    with self.assertRaises(AccessError):
                        get_public_method(self.env[model], name)

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.models")
    def test_actions_by_role(self):
        letter = self.letters["of group"]
        to_us = self.letters["to us"].recipient_ids
        out = letter.recipient_ids.filtered(lambda row: row.agency_id == self.school)
        table = [
            (self.staff, letter, "action_open_send"),
            (self.director, letter, "action_open_send"),
            (self.other_central, letter, "action_open_send"),
            (self.system, letter, "action_open_send"),
            (self.school_user, letter, "action_open_send"),
            (self.other_central, letter, "action_remind"),
            (self.unit, self.letters["of another group"], "action_open_send"),
            (self.staff, to_us, "action_accept"),
            (self.unit, to_us, "action_accept"),
            (self.director, to_us, "action_accept"),
            (self.other_central, to_us, "action_accept"),
            (self.other_central, to_us, "action_ask_return"),
            (self.central, to_us, "action_ask_recall"),
            (self.central, out, "action_accept"),
            (self.central, out, "action_ask_return"),
            (self.director, out, "action_ask_recall"),
            (self.other_central, out, "action_ask_recall"),
        ]
        for user, record, action in table:
            with self.subTest(user=user.login, action=action):
                with self.assertRaises(AccessError):
                    getattr(record.with_user(user), action)()

    def test_actions_that_each_role_has(self):
        letter = self.letters["of group"]
        to_us = self.letters["to us"].recipient_ids
        out = letter.recipient_ids.filtered(lambda row: row.agency_id == self.school)
        draft = self._draft(self.staff)
        table = [
            (self.staff, draft, "action_open"),
            (self.unit, letter, "action_open_send"),
            (self.unit, letter, "action_remind"),
            (self.unit, out, "action_ask_recall"),
            (self.director, letter, "action_open_recipients"),
            (self.central, letter, "action_open_send"),
            (self.central, letter, "action_ask_void"),
            (self.central, draft, "action_issue"),
            (self.central, out, "action_remind"),
            (self.central, out, "action_ask_recall"),
            (self.central, to_us, "action_ask_return"),
            (self.central, to_us, "action_accept"),
        ]
        for user, record, action in table:
            with self.subTest(user=user.login, action=action):
                getattr(record.with_user(user), action)()
        self.assertEqual(draft.state, "registered")
        self.assertEqual(to_us.state, "accepted")

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.models")
    def test_dialogs_by_role(self):
        letter = self.letters["of group"]
        entry, row = letter.entry_id, letter.recipient_ids[:1]
        send = {"document_id": letter.id, "choice": "all"}
        void = {"res_model": entry._name, "res_ids": entry.ids, "step": "_void"}
        recall = {"res_model": row._name, "res_ids": row.ids, "step": "_recall"}
        correct = {
            "document_id": letter.id,
            "attachment_id": self.files["of group"].id,
            "reason": "x",
            "name": "x.pdf",
            "content": "JVBERi0xLjQ=",
        }
        table = [
            (self.staff, "amss.send", send, "action_send"),
            (self.director, "amss.send", send, "action_send"),
            (self.other_central, "amss.send", send, "action_send"),
            (self.system, "amss.send", send, "action_send"),
            (self.unit, "amss.reason", void, "action_confirm"),
            (self.other_central, "amss.reason", void, "action_confirm"),
            (self.other_central, "amss.reason", recall, "action_confirm"),
            (self.staff, "amss.reason", recall, "action_confirm"),
            (self.unit, "amss.reserve", {"count": 1, "remark": "x"}, "action_confirm"),
            (self.other_central, "amss.correct.file", correct, "action_confirm"),
            (self.staff, "amss.correct.file", correct, "action_confirm"),
            (self.central, "amss.saraban.settings", {}, "action_save"),
        ]
        for user, model, values, action in table:
            with self.subTest(user=user.login, model=model):
                with self.assertRaises(UserError):
                    wizard = self.env[model].with_user(user)
                    if "reason" in wizard._fields:
                        values = {"reason": "x", **values}
                    getattr(wizard.create(values), action)()

    def test_the_reason_dialog_takes_no_other_step(self):
        partner = self.school
        for model, step in (
            ("res.partner", "unlink"),
            ("amss.document", "_issue"),
            ("amss.recipient", "_accept"),
        ):
            wizard = self.env["amss.reason"].with_user(self.central)
            wizard = wizard.create(
                {
                    "res_model": model,
                    "res_ids": partner.ids,
                    "step": step,
                    "reason": "x",
                }
            )
            with self.assertRaises(UserError):
                wizard.action_confirm()
        self.assertTrue(partner.exists())

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.models")
    def test_onchange_tells_nothing_of_a_letter_named_by_id(self):
        hidden = self.letters["elsewhere"]
        spec = {"subject": {}, "letter_number": {}, "action_note": {}}
        table = [
            ("amss.send", {"document_id": hidden.id}, spec),
            (
                "amss.document",
                {"entry_id": hidden.entry_id.id},
                {"register_number": {}},
            ),
            ("amss.document", {"reply_to_id": hidden.id}, {"reply_to_id": {}}),
            ("amss.recipient", {"document_id": hidden.id}, spec),
            ("amss.register.entry", {"document_id": hidden.id}, spec),
        ]
        for model, values, wanted in table:
            records = self.env[model].with_user(self.central)
            fields = {n: s for n, s in wanted.items() if n in records._fields}
            with self.subTest(model=model, values=values):
                self.env.invalidate_all()
                try:
                    answer = records.onchange(dict(values), list(values), fields)
                except AccessError:
                    continue
                self.assertNotIn("ลับ", str(answer))
                self.assertFalse(answer.get("value", {}).get("register_number"))

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.models")
    def test_a_letter_refers_only_to_what_its_writer_reads(self):
        hidden = self.letters["elsewhere"]
        for values in (
            {"reply_to_id": hidden.id},
            {"reference_ids": [(4, hidden.id)]},
        ):
            self.env.invalidate_all()
            with self.assertRaises(AccessError):
                self._draft(self.central, **values)
        self.assertTrue(self._draft(reply_to_id=self.letters["to us"].id))

    def test_the_context_opens_no_step(self):
        letter = self.letters["of group"].with_user(self.central)
        for key in (True, 1, "amss_base.tools.guard._KEY"):
            forged = letter.with_context(amss_step=key)
            with self.assertRaises(UserError):
                forged.write({"state": "draft"})
