# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import json

from odoo.exceptions import AccessError
from odoo.tests import freeze_time, new_test_user, tagged
from odoo.tools import SQL

from .test_assignment import AssignmentCommon

#: of the letter, and never of a notice
SECRETS = ("ขอเชิญประชุม", "ความลับในเรื่องย่อ", "ศธ 0999/777", "สพฐ.")


class NoticeCommon(AssignmentCommon):
    """Letters whose texts can be told from all others."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # what is told is looked at in one language, whichever the database has
        cls.env["res.lang"]._activate_lang("en_US")
        cls.people = {
            "central": cls.central,
            "head": cls.head,
            "unit": cls.unit,
            "staff": cls.staff,
            "colleague": cls.colleague,
            "stranger": cls.stranger,
            "director": cls.director,
        }
        for user in cls.people.values():
            user.write({"email": f"{user.login}@example.com", "lang": "en_US"})

    def setUp(self):
        super().setUp()
        self._told()

    @classmethod
    def _letter(cls):
        return cls._received(summary=SECRETS[1], letter_number=SECRETS[2])

    def _told(self):
        """Commit as far as a test can; return who was told since the last time.

        :return: texts on screens and subjects of mails by login, and who has to count
            anew
        """
        self.env.cr.precommit.run()
        self.env.flush_all()
        logins = {f"{user.partner_id.id}": user.login for user in self._everybody()}
        bus, counts = {}, set()
        for row in self.env["bus.bus"].sudo().search([]):
            channel, message = json.loads(row.channel), json.loads(row.message)
            login = logins.get(str(channel[2])) if len(channel) > 2 else None
            if login and message["type"] == "amss.notice":
                bus.setdefault(login, []).append(message["payload"])
            if login and message["type"] == "amss.counts/changed":
                counts.add(login)
            row.unlink()
        mails = {}
        mail_sudo = self.env["mail.mail"].sudo().search([("email_to", "!=", False)])
        for mail in mail_sudo:
            login = mail.email_to.split("@example.com")[0].split("<")[-1]
            mails.setdefault(login.strip('"'), []).append(
                f"{mail.subject}\n{mail.body_html}"
            )
        mail_sudo.unlink()
        return bus, mails, counts

    def _everybody(self):
        return self.env["res.users"].search([("email", "like", "@example.com")])


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 04:00:00")
class TestNotices(NoticeCommon):
    """Who is told of which step, which way, and that nothing of the letter is."""

    def _check_told(self, *logins, mail=True, text=None):
        """Check that these people are told, nobody else, and nothing of the letter."""
        bus, mails, counts = self._told()
        self.assertEqual(set(bus), set(logins))
        self.assertEqual(set(mails), set(logins) if mail else set())
        for secret in SECRETS:
            self.assertNotIn(secret, json.dumps([bus, mails], ensure_ascii=False))
        if text:
            for message in bus.values():
                self.assertIn(text, message[0]["message"])
        self.assertLessEqual(set(logins), counts)

    def test_a_group_gets_a_letter(self):
        self._to_group(self._letter())
        self._check_told("saraban_head", "saraban_unit", text="your group: 1, by")

    def test_a_person_gets_a_letter(self):
        group = self._to_group(self._letter())
        self._told()
        self._route(group, self.unit, owner_user_id=self.staff.id)
        self._check_told("saraban_staff", text="assigned to you: 1, by saraban_unit")

    def test_who_stands_in_is_told_instead(self):
        self.env["amss.substitute"].create(
            {
                "user_id": self.staff.id,
                "substitute_id": self.colleague.id,
                "company_id": self.company.id,
                "date_from": "2026-03-09",
                "date_to": "2026-03-11",
            }
        )
        group = self._to_group(self._letter())
        self._told()
        self._route(group, self.unit, owner_user_id=self.staff.id)
        self._check_told("saraban_colleague")

    def test_who_stands_in_from_today_is_told(self):
        self._to_person(self._letter())
        self._told()
        substitute = self.env["amss.substitute"].with_user(self.staff)
        substitute.create({"substitute_id": self.colleague.id})
        self._check_told("saraban_colleague")

    def test_what_a_person_sends_back_comes_to_the_group(self):
        mine = self._to_person(self._letter())
        self._told()
        mine.with_user(self.staff)._return("other", SECRETS[1])
        self._check_told("saraban_head", "saraban_unit", text="sent back to you")

    def test_what_a_group_sends_back_comes_to_the_registry(self):
        group = self._to_group(self._letter())
        self._told()
        group.with_user(self.unit)._return("other", SECRETS[1])
        self._check_told("saraban_central")

    def test_who_had_a_withdrawn_letter_is_told(self):
        group = self._to_person(self._letter()).parent_id
        self._told()
        group.with_user(self.central)._withdraw(SECRETS[1])
        self._check_told("saraban_head", "saraban_unit", "saraban_staff")

    def test_a_report_is_told_on_the_screen_only(self):
        mine = self._to_person(self._letter())
        self._told()
        mine.with_user(self.staff)._report(SECRETS[1])
        # the group's own assignment is finished with it
        self._check_told("saraban_unit", "saraban_central", mail=False)

    def test_what_is_for_approval_says_so(self):
        letter = self._letter()
        self._told()
        self.rows.with_user(self.central)._assign(
            [{"document_id": letter.id, "agency_id": self.office.id}],
            [{"user_id": self.director.id, "kind": "approval", "is_owner": False}],
        )
        self._check_told("saraban_director", text="wait for your approval")

    def test_what_is_to_be_corrected_or_signed_is_told_its_writer(self):
        self.env["amss.approval.step"].create(
            {
                "name": "ผอ.สพป. ลงนาม",
                "company_id": self.company.id,
                "who": "person",
                "user_id": self.director.id,
            }
        )
        draft = self._draft(self.staff, department_id=self.departments[0].id)
        draft.action_propose()
        self._check_told("saraban_director", text="wait for your approval: 1")
        counts = self.env["res.users"].with_user(self.director).amss_counts
        self.assertEqual(counts()["approval"], 1)
        row = draft.sudo()._approval_rows().with_user(self.director)
        row._refuse(SECRETS[1])
        self._check_told("saraban_staff", text="you are to correct: 1")
        self.assertEqual(counts()["approval"], 0)
        draft.action_propose()
        self._told()
        row = draft.sudo()._approval_rows().with_user(self.director)
        row._approve()
        bus, mails, _counts = self._told()
        self.assertEqual(set(bus), {"saraban_staff", "saraban_central"})
        self.assertEqual(set(mails), {"saraban_staff"})
        self.assertIn("were approved: 1", mails["saraban_staff"][0])
        counts = self.env["res.users"].with_user(self.central).amss_counts
        self.assertEqual(counts()["to_number"], 1)
        draft.with_user(self.central).action_issue()
        self.assertEqual(counts()["to_number"], 0)

    def test_nobody_is_told_of_what_they_did_themselves(self):
        letter = self._letter()
        self._told()
        self._route(letter, self.central, info_user_ids=[(6, 0, self.central.ids)])
        bus, mails, counts = self._told()
        self.assertEqual((bus, mails), ({}, {}))
        self.assertIn("saraban_central", counts)

    def test_each_is_told_as_they_like(self):
        cases = (  # chosen, has an address, on the screen, by mail
            ("both", True, True, True),
            ("bus", True, True, False),
            ("email", True, False, True),
            ("both", False, True, False),
            ("email", False, True, False),
        )
        for way, has_address, on_screen, by_mail in cases:
            with self.subTest(way=way, has_address=has_address):
                self.staff.amss_notice = way
                login = self.staff.login
                self.staff.email = has_address and f"{login}@example.com"
                letter = self._letter()
                self._told()
                self._route(letter, self.central, owner_user_id=self.staff.id)
                people = self.staff | self._everybody()
                self.patch(type(self), "_everybody", lambda self, all=people: all)
                bus, mails, counts = self._told()
                self.assertEqual(login in bus, on_screen)
                self.assertEqual(login in mails, by_mail)
                self.assertIn(login, counts)

    def test_many_letters_are_one_mail(self):
        letters = self._letter() | self._letter() | self._letter()
        self._told()
        self._route(letters, self.central, owner_user_id=self.staff.id)
        bus, mails, _counts = self._told()
        self.assertEqual(len(bus[self.staff.login]), 1)
        [mail] = mails[self.staff.login]
        self.assertIn("Letters assigned to you: 3", mail)
        self.assertIn("/odoo/saraban-my-work", mail)

    def test_different_things_are_one_mail(self):
        letters = self._letter() | self._letter()
        self._told()
        self.unit._amss_tell("assigned", letters)
        self.unit._amss_tell("assigned_group", letters[0])
        bus, mails, _counts = self._told()
        self.assertEqual(len(bus[self.unit.login]), 2)
        [mail] = mails[self.unit.login]
        self.assertIn("Letters are waiting for you", mail)
        self.assertIn("/odoo/saraban-my-work", mail)
        self.assertIn("/odoo/saraban-group-inbox", mail)

    def test_a_step_that_fails_tells_nobody(self):
        letter = self._letter()
        self._told()
        with self.env.cr.savepoint() as savepoint:
            self._route(letter, self.central, owner_user_id=self.staff.id)
            savepoint.rollback()
        self.assertEqual(self._told(), ({}, {}, set()))

    def test_everybody_is_told_in_their_language(self):
        for lang, user in (("th_TH", self.staff), ("en_US", self.colleague)):
            self.env["res.lang"]._activate_lang(lang)
            user.lang = lang
        texts = {}

        def remember(user, _kind, _actor, count):
            texts[user.env.lang] = f"{user.env.lang}: {count}"
            return texts[user.env.lang]

        self.patch(type(self.env["res.users"]), "_amss_notice_text", remember)
        (self.staff | self.colleague)._amss_tell("assigned", self._letter())
        bus, mails, _counts = self._told()
        for user, lang in ((self.staff, "th_TH"), (self.colleague, "en_US")):
            self.assertEqual(bus[user.login][0]["message"], texts[lang])
            self.assertIn(texts[lang], mails[user.login][0])

    def test_registrars_see_what_came_from_schools(self):
        letter = self.env["amss.document"].with_user(self.school_user).sudo()
        letter = letter.create({"subject": SECRETS[0], "addressee_text": "ผอ.เขต"})
        letter._issue()
        letter._send(self.office)
        self._told()
        letter.recipient_ids._queue_notices()
        self._check_told("saraban_central", mail=False, text="central inbox: 1")

    def test_each_chooses_for_oneself_alone(self):
        self.staff.with_user(self.staff).amss_notice = "bus"
        self.assertEqual(self.staff.amss_notice, "bus")
        form = self.env["res.users"].with_user(self.staff)
        action = form.action_get()  # “My preferences”, whichever form shows them
        view = form.get_view(action["views"][0][0], "form")
        self.assertIn('name="amss_notice"', view["arch"])
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            self.colleague.with_user(self.staff).amss_notice = "bus"

    def test_fifty_persons_cost_as_many_statements_as_five(self):
        people = self.env["res.users"].browse(
            new_test_user(
                self.env,
                f"notice{index}",
                groups="amss_saraban.group_saraban_staff",
                company_id=self.company.id,
                company_ids=[(6, 0, self.company.ids)],
                email=f"notice{index}@example.com",
            ).id
            for index in range(60)
        )
        letter = self._letter()
        people[:5]._amss_tell("assigned", letter)  # caches of the registry are filled
        self._told()
        costs = []
        for some in (people[5:10], people[10:60]):
            self.env.invalidate_all()
            some._amss_tell("assigned", letter)
            start = self.env.cr.sql_log_count
            self.env.cr.precommit.run()
            self.env.flush_all()
            costs.append(self.env.cr.sql_log_count - start)
            _bus, mails, _counts = self._told()
            self.assertEqual(len(mails), len(some))
        self.assertLessEqual(costs[1], costs[0])


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 04:00:00")
class TestCounts(NoticeCommon):
    """What is new in each box, as the lists show it."""

    def _counts(self, user):
        self.env.flush_all()
        self.env.invalidate_all()
        return self.env["res.users"].with_user(user).amss_counts()

    def _new(self, user):
        """Return the boxes of a user in which something is new."""
        return {box: count for box, count in self._counts(user).items() if count}

    def _from_school(self):
        letter = self.env["amss.document"].with_user(self.school_user).sudo()
        letter = letter.create({"subject": "รายงาน", "addressee_text": "ผอ.เขต"})
        letter._issue()
        letter._send(self.office)
        return letter.recipient_ids

    def test_who_has_which_boxes(self):
        personal = {"my_work", "approval", "sent_back", "returned", "mail"}
        numbering = personal | {"to_number"}
        cases = (
            (self.staff, personal),
            (self.director, personal),
            (self.unit, numbering | {"group"}),
            (self.head, personal | {"group"}),
            (self.central, numbering | {"central"}),
            (self.admin_user, set()),
            (self.school_user, set()),
        )
        for user, boxes in cases:
            with self.subTest(user=user.login):
                self.assertEqual(set(self._counts(user)), boxes)

    def test_the_way_of_a_letter_through_the_boxes(self):
        row = self._from_school()
        self.assertEqual(self._new(self.central), {"central": 1})
        self.assertEqual(self._new(self.director), {})
        self._route(row, self.central, owner_department_id=self.departments[0].id)
        self.assertEqual(self._new(self.central), {})
        for keeper in (self.unit, self.head):
            self.assertEqual(self._new(keeper), {"group": 1})
        group = row.assignment_ids
        self._route(group, self.unit, owner_user_id=self.staff.id)
        self.assertEqual(self._new(self.unit), {})
        self.assertEqual(self._new(self.staff), {"my_work": 1})
        self.assertEqual(self._new(self.stranger), {})
        mine = group.child_ids
        mine.with_user(self.staff)._return("other", "ไม่ใช่งานของผม")
        self.assertEqual(self._new(self.staff), {})
        self.assertEqual(self._new(self.unit), {"sent_back": 1})
        mine.with_user(self.unit).action_handle_return()
        self.assertEqual(self._new(self.unit), {})

    def test_what_was_returned_waits_for_the_sender(self):
        letter = self._issued(self.central)
        letter._send(self.schools[:2])
        letter.recipient_ids[0]._return("other", "ผิด")
        self.assertEqual(self._new(self.central), {"returned": 1})
        self.assertEqual(self._new(self.stranger), {})
        letter.recipient_ids[0].with_user(self.central).action_accept_return()
        self.assertEqual(self._new(self.central), {})

    def test_mail_is_new_until_it_is_read(self):
        mail = self.env["amss.document"].with_user(self.staff)
        mail = mail.create(
            {
                "doc_type": "mail",
                "subject": "นัดประชุม",
                "mail_user_ids": [(6, 0, self.colleague.ids)],
            }
        )
        mail.action_send_mail()
        self.assertEqual(self._new(self.colleague), {"mail": 1})
        self.assertEqual(self._new(self.central), {})
        mail.person_ids.with_user(self.colleague).action_mark_read()
        self.assertEqual(self._new(self.colleague), {})

    def test_letters_that_may_not_be_read_are_not_counted(self):
        mine = self._to_person(self._letter())
        self.assertEqual(self._new(self.staff), {"my_work": 1})
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE amss_document SET secrecy = 'secret' WHERE id = %s",
            [mine.document_id.id],
        )
        self.assertEqual(self._new(self.staff), {})

    def test_the_counts_say_as_much_as_the_lists(self):
        self._from_school()
        self._to_person(self._letter())
        self._to_group(self._letter())
        lists = {
            "central": ("inbox", [("state", "in", ("sent", "opened"))]),
            "group": ("group-inbox", [("state", "=", "new")]),
            "my_work": (
                "my-work",
                [("state", "=", "new"), ("kind", "!=", "approval")],
            ),
            "approval": ("my-approvals", [("state", "=", "new")]),
            "to_number": ("to-number", []),
            "sent_back": ("sent-back", []),
            "returned": ("returned", [("return_accepted_at", "=", False)]),
            "mail": ("mail-received", [("state", "=", "sent")]),
        }
        for user in self.people.values():
            for box, count in self._counts(user).items():
                with self.subTest(user=user.login, box=box):
                    path, new = lists[box]
                    path = f"saraban-{path}"
                    action = self.env["ir.actions.act_window"].search(
                        [("path", "=", path)]
                    )
                    domain = eval(action.domain, {"uid": user.id})  # noqa: S307
                    rows = self.env[action.res_model].with_user(user)
                    self.assertEqual(rows.search_count(domain + new), count)

    def test_counting_costs_the_same_at_any_number(self):
        self._to_person(self._letter())
        self._counts(self.central)
        costs = []
        for count in (2, 20):
            for _letter in range(count):
                self._to_person(self._letter())
            self._from_school()
            self.env.flush_all()
            self.env.invalidate_all()
            start = self.env.cr.sql_log_count
            self.env["res.users"].with_user(self.central).amss_counts()
            costs.append(self.env.cr.sql_log_count - start)
        self.assertEqual(costs[0], costs[1])

    def test_each_box_has_its_index(self):
        self._to_person(self._letter())
        self._from_school()
        self.env.flush_all()
        self.env.cr.execute("SET LOCAL enable_seqscan = off")
        for user in (self.central, self.unit):
            users = self.env["res.users"].with_user(user)
            for box, (model, domain) in users._amss_boxes().items():
                query = users.env[model]._search(domain, limit=100).select()
                plan = self.env.execute_query(SQL("EXPLAIN %s", query))
                plan = "\n".join(line for [line] in plan)
                with self.subTest(user=user.login, box=box):
                    self.assertIn("Index Scan", plan)
                    self.assertNotIn("Seq Scan on amss_assignment", plan)
                    self.assertNotIn("Seq Scan on amss_recipient", plan)
