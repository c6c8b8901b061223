# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Persons as addressees: of internal mail and of letters circulated in an office."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.amss_base.tools import guard, locks

from .amss_recipient import REMIND_PAUSE


class AmssRecipient(models.Model):
    _inherit = "amss.recipient"

    department_id = fields.Many2one(
        "hr.department",
        string="Through group",
        readonly=True,
        ondelete="restrict",
        help="The group through which the person is addressed; empty for who is named.",
    )
    sent_by_id = fields.Many2one(
        "res.users",
        string="Sent by",
        readonly=True,
        ondelete="restrict",
        help="Who wrote the mail to this person, or circulated the letter.",
    )
    note = fields.Text(readonly=True)

    _own_mail = models.Index(
        "(user_id, sent_at DESC, id DESC) WHERE user_id IS NOT NULL"
    )
    _unread = models.Index("(user_id) WHERE state = 'sent' AND user_id IS NOT NULL")
    _told = models.Index("(sent_by_id, document_id) WHERE sent_by_id IS NOT NULL")

    # ------------------------------------------------------------------
    # Who is addressed
    # ------------------------------------------------------------------
    @api.model
    def _persons_of(self, agency, groups, users):
        """Return whom groups and names of an office stand for.

        A group is all who are employed in it and in its sections and use the system,
        the one who asks left out; who is named stays, and comes once in any case.

        :param agency: the office, ``res.partner``
        :param groups: ``hr.department``
        :param users: ``res.users`` that are named
        :return: by id of user the id of the group, or ``None``; and the groups in which
            nobody uses the system
        :raises UserError: for who has left or works elsewhere, and when nobody is left
        """
        self._check_of_office(agency, groups, users)
        persons = dict.fromkeys(users.ids)
        empty = groups.browse()
        # sudo: who is employed in which group
        members = (
            self.env["hr.employee"].sudo().search(self._member_domain(agency, groups))
        )
        places = [(one.user_id.id, one.department_id.parent_path) for one in members]
        # sudo: where in the tree of groups
        for group in groups.sudo():
            mine = [user for user, path in places if path.startswith(group.parent_path)]
            if not mine:
                empty |= group
            for user in mine:
                if user != self.env.uid:
                    persons.setdefault(user, group.id)
        if not persons:
            raise UserError(self._nobody_message(empty))
        return persons, empty

    @api.model
    def _member_domain(self, agency, groups):
        user = [
            ("active", "=", True),
            ("share", "=", False),
            ("company_id.partner_id", "=", agency.id),
        ]
        return Domain("department_id", "child_of", groups.ids) & Domain(
            "user_id", "any", user
        )

    def _nobody_message(self, empty):
        if not empty:
            return self.env._("Choose at least one group or person.")
        return self.env._(
            "Nobody of %s uses the system. Choose persons, or ask the administrator to "
            "give the staff of the group a user.",
            ", ".join(empty.mapped("name")),
        )

    def _check_of_office(self, agency, groups, users):
        """Raise unless these groups and persons are of the office and still there."""
        # sudo: for whom somebody works
        for user in users.sudo():
            if not user.active:
                raise UserError(
                    self.env._(
                        "%s uses the system no more. Take the name out.", user.name
                    )
                )
            if user.share or user.agency_id != agency:
                raise UserError(
                    self.env._(
                        "%(person)s does not work for %(agency)s. Take the name out.",
                        person=user.name,
                        agency=agency.name,
                    )
                )
        # sudo: of which office
        for group in groups.sudo():
            if not group.active or group.company_id.partner_id != agency:
                raise UserError(
                    self.env._(
                        "%(group)s is no group of %(agency)s any more. Take it out.",
                        group=group.name,
                        agency=agency.name,
                    )
                )

    # ------------------------------------------------------------------
    # Steps
    # ------------------------------------------------------------------
    @api.model
    def _address_persons(self, documents, persons, now, *, agency, note=None):
        """Make the rows of persons: one statement for any number of them.

        Who has a row already keeps it; from whom it was taken back gets it anew. The
        rights are the caller's to check.

        :param documents: ``amss.document``, each for all of these persons
        :param dict persons: by id of user the id of the group, as ``_persons_of`` gives
        :param datetime now: UTC time of sending
        :param agency: the office that these persons work for
        :param str note: what who circulates a letter writes to it
        :return: the rows that are new
        """
        sent = self._write_persons(documents, persons, now, agency, note)
        documents.invalidate_recordset(["person_ids"])
        if sent:
            documents._refresh_readers()
            sent._notify_persons()
        return sent

    @api.model
    def _write_persons(self, documents, persons, now, agency, note):
        """Insert the rows of persons, and write those anew that were taken back."""
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                INSERT INTO amss_recipient
                    (document_id, agency_id, sender_agency_id, user_id, department_id,
                     sent_by_id, note, state, sent_at, notice_state,
                     create_uid, create_date, write_uid, write_date)
                SELECT document, %(agency)s, %(agency)s, person.user_id,
                       person.department_id, %(uid)s, %(note)s, 'sent', %(now)s, 'none',
                       %(uid)s, %(now)s, %(uid)s, %(now)s
                  FROM unnest(%(documents)s::int[]) AS document,
                       unnest(%(users)s::int[], %(groups)s::int[])
                       AS person (user_id, department_id)
                    ON CONFLICT (document_id, agency_id, COALESCE(user_id, 0))
                    DO UPDATE SET state = 'sent', sent_at = %(now)s, note = %(note)s,
                       sent_by_id = %(uid)s, department_id = EXCLUDED.department_id,
                       recalled_at = NULL, recalled_by_id = NULL, recall_reason = NULL,
                       opened_at = NULL, opened_by_id = NULL, reminded_at = NULL,
                       write_uid = %(uid)s, write_date = %(now)s
                 WHERE amss_recipient.state = 'recalled'
             RETURNING id
                """,
                agency=agency.id,
                documents=sorted(documents.ids),
                users=list(persons),
                groups=list(persons.values()),
                note=note or None,
                now=now,
                uid=self.env.uid,
            )
        )
        self.invalidate_model()
        return self.browse(row for [row] in rows)

    def _mark_read(self):
        """Record when each of these persons read the letter first (read receipt)."""
        unread = self.filtered(lambda row: row.state == "sent")
        if not unread:
            return
        unread.flush_recordset()
        # one statement that changes nothing when it was opened twice at once
        self.env.cr.execute(
            SQL(
                """
                UPDATE amss_recipient
                   SET state = 'opened', opened_at = %(now)s, opened_by_id = user_id,
                       write_date = %(now)s, write_uid = %(uid)s
                 WHERE id = ANY(%(ids)s) AND state = 'sent' AND user_id = %(uid)s
                """,
                now=fields.Datetime.now(),
                uid=self.env.uid,
                ids=unread.ids,
            )
        )
        unread.invalidate_recordset()
        unread._counts_change()
        unread.document_id.invalidate_recordset(["read_count", "person_progress"])

    def _give_back(self, kind, reason, text):
        self._take_back_circulated(reason)
        return super()._give_back(kind, reason, text)

    def _recall(self, reason):
        persons = self.filtered("user_id")
        if persons:
            persons._recall_persons(reason)
        agencies = self - persons
        if not agencies:
            return None
        agencies._take_back_circulated(reason)
        return super(AmssRecipient, agencies)._recall(reason)

    def _recall_persons(self, reason):
        """Take a mail or circulated letter back from who has not read it."""
        reason = self._check_reason(reason)
        rows = self._wait_turn(("sent",), self.env._("Recall"))
        rows._write_recalled(reason)
        letters = rows.document_id
        letters._refresh_readers()
        letters.filtered(lambda letter: letter.doc_type != "mail")._record_event(
            "recalled",
            rows._named_addressees(reason),
            agency=self.env.user.agency_id,
        )

    def _write_recalled(self, reason):
        self.write(
            {
                "state": "recalled",
                "recalled_at": fields.Datetime.now(),
                "recalled_by_id": self.env.uid,
                "recall_reason": reason,
            }
        )

    def _take_back_circulated(self, reason):
        """Take letters that leave an agency back from its people as well."""
        # sudo: the rows hang on those whose step this is
        own = self.sudo()
        found = own.search(
            [
                ("document_id", "in", self.document_id.ids),
                ("agency_id", "in", self.agency_id.ids),
                ("user_id", "!=", False),
                ("state", "!=", "recalled"),
            ]
        )
        gone = {(row.document_id, row.agency_id) for row in own}
        guard.stepping(
            found.filtered(lambda row: (row.document_id, row.agency_id) in gone)
        )._write_recalled(self._check_reason(reason))

    def _remind(self):
        """Tell persons who have not read it again; agencies get their notice again."""
        persons = self.filtered("user_id")
        locks.claim(persons)  # from the second click of the same person
        since = fields.Datetime.subtract(fields.Datetime.now(), minutes=REMIND_PAUSE)
        unread = persons.filtered(
            lambda row: row.state == "sent"
            and not (row.reminded_at and row.reminded_at > since)
        )
        # sudo: the caller has checked whose sending it is
        guard.stepping(unread.sudo()).write({"reminded_at": fields.Datetime.now()})
        unread._notify_persons()
        return len(unread) + super(AmssRecipient, self - persons)._remind()

    def _notify_persons(self):
        """Tell these persons that there is something for them, never what it says."""
        for user, rows in self.grouped("user_id").items():
            user._amss_tell("mail", rows)
        self._counts_change()

    # ------------------------------------------------------------------
    # Who may
    # ------------------------------------------------------------------
    def _check_may_receive(self):
        if self.filtered("user_id"):
            raise UserError(
                self.env._(
                    "This letter came to you yourself; it is neither accepted with a "
                    "receive number nor returned."
                )
            )
        return super()._check_may_receive()

    def _check_may_recall(self):
        persons = self.filtered("user_id")
        if persons:
            persons.check_access("read")
            if not self.env.su and persons.sent_by_id != self.env.user:
                raise AccessError(
                    self.env._("Only who sent the letter to these persons may do this.")
                )
        if self and self == persons:
            return None
        return super(AmssRecipient, self - persons)._check_may_recall()
