# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ..tools import guard, locks

WAITING = ("sent", "opened")


class AmssRecipient(models.Model):
    """One addressee of one letter: both sides see the same state."""

    _name = "amss.recipient"
    _description = "Addressee of a Letter"
    _order = "sent_at desc, id desc"

    document_id = fields.Many2one(
        "amss.document", required=True, readonly=True, ondelete="restrict"
    )
    agency_id = fields.Many2one(
        "res.partner",
        string="To agency",
        required=True,
        readonly=True,
        ondelete="restrict",
    )
    sender_agency_id = fields.Many2one(
        related="document_id.agency_id", store=True, index=True, string="From agency"
    )
    state = fields.Selection(
        [
            ("sent", "Not opened"),
            ("opened", "Opened"),
            ("accepted", "Accepted"),
            ("returned", "Returned"),
            ("recalled", "Recalled"),
        ],
        required=True,
        readonly=True,
        default="sent",
    )
    sent_at = fields.Datetime(required=True, readonly=True)
    opened_at = fields.Datetime(readonly=True)
    opened_by_id = fields.Many2one("res.users", readonly=True)
    accepted_at = fields.Datetime(readonly=True)
    accepted_by_id = fields.Many2one("res.users", readonly=True)
    entry_id = fields.Many2one(
        "amss.register.entry",
        string="Receive line",
        readonly=True,
        index="btree_not_null",
    )
    receive_number = fields.Integer(
        related="entry_id.number", string="Receive no.", aggregator=None
    )
    returned_at = fields.Datetime(readonly=True)
    returned_by_id = fields.Many2one("res.users", readonly=True)
    return_reason = fields.Char(readonly=True)
    recalled_at = fields.Datetime(readonly=True)
    recalled_by_id = fields.Many2one("res.users", readonly=True)
    recall_reason = fields.Char(readonly=True)
    notice_state = fields.Selection(
        [("waiting", "Waiting"), ("done", "Sent"), ("none", "No address")],
        required=True,
        readonly=True,
        default="waiting",
        help="Whether the notice about this letter was sent.",
    )
    reminded_at = fields.Datetime(readonly=True)
    is_inbox = fields.Boolean(
        compute="_compute_is_inbox",
        search="_search_is_inbox",
        help="Whether the user's agency is the addressee.",
    )
    # Columns of the letter
    letter_number = fields.Char(related="document_id.letter_number")
    letter_date = fields.Date(related="document_id.letter_date", string="Dated")
    sender_text = fields.Char(related="document_id.sender_text")
    subject = fields.Char(related="document_id.subject")
    summary = fields.Text(related="document_id.summary")
    urgency = fields.Selection(related="document_id.urgency")
    file_count = fields.Integer(related="document_id.file_count")

    _one_row = models.Constraint(
        "UNIQUE(document_id, agency_id)",
        "This agency is an addressee of the letter already.",
    )
    _inbox = models.Index("(agency_id, sent_at DESC, id DESC)")
    _waiting = models.Index(
        "(agency_id, sent_at DESC, id DESC) WHERE state IN ('sent', 'opened')"
    )
    _notices = models.Index("(id) WHERE notice_state = 'waiting'")

    @api.depends("agency_id", "document_id")
    def _compute_display_name(self):
        for row in self:
            row.display_name = (
                f"{row.document_id.letter_number or ''} → {row.agency_id.name}"
            )

    @api.depends_context("uid")
    @api.depends("agency_id")
    def _compute_is_inbox(self):
        agency = self.env.user.agency_id
        for row in self:
            row.is_inbox = row.agency_id == agency

    def _search_is_inbox(self, operator, value):
        if operator != "in":
            return NotImplemented
        agency = self.env.user.agency_id.id
        if True in value and False in value:
            return Domain.TRUE
        field = "agency_id" if True in value else "sender_agency_id"
        return Domain(field, "=", agency)

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------
    @api.model_create_multi
    def create(self, vals_list):
        self._check_step()
        return super().create(vals_list)

    def write(self, vals):
        self._check_step()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_never(self):
        raise UserError(
            self.env._("An addressee of a sent letter is never deleted. Recall it.")
        )

    def _check_step(self):
        if not guard.is_step(self.env):
            raise UserError(
                self.env._("What an addressee did is recorded by the system alone.")
            )

    @api.model
    def _address(self, document, agencies, now):
        """Make the rows of a sending: one statement for any number of agencies.

        Agencies that have a row already are left as they are.

        :param document: one ``amss.document``
        :param agencies: ``res.partner`` agencies
        :param datetime now: UTC time of sending
        :return: number of new rows
        """
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                INSERT INTO amss_recipient
                    (document_id, agency_id, sender_agency_id, state, sent_at,
                     notice_state, create_uid, create_date, write_uid, write_date)
                SELECT %(document)s, agency, %(sender)s, 'sent', %(now)s,
                       'waiting', %(uid)s, %(now)s, %(uid)s, %(now)s
                  FROM unnest(%(agencies)s) AS agency
                    ON CONFLICT (document_id, agency_id) DO NOTHING
             RETURNING id
                """,
                document=document.id,
                sender=document.agency_id.id,
                agencies=sorted(agencies.ids),
                now=now,
                uid=self.env.uid,
            )
        )
        document.invalidate_recordset(["recipient_ids"])
        self.invalidate_model()
        if rows:
            self.env.ref("amss_saraban.ir_cron_notices")._trigger()
        return len(rows)

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------
    def action_open_document(self):
        """Open the letter; for its addressee that marks it opened."""
        self.ensure_one()
        self._check_may_receive()
        self._mark_opened()
        return {
            "type": "ir.actions.act_window",
            "res_model": "amss.document",
            "res_id": self.document_id.id,
            "views": [
                (self.env.ref("amss_saraban.amss_document_view_form").id, "form")
            ],
            "name": self.document_id.display_name,
        }

    def action_accept(self):
        """Accept these letters: each gets a number in the received register."""
        self._check_may_receive()
        entries = self._accept()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "sticky": True,
                "message": self.env._(
                    "Receive number: %s",
                    ", ".join(entries.mapped("display_name")),
                ),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def action_ask_return(self):
        """Ask for the reason, then return the letters to their senders."""
        self._check_may_receive()
        return self.env["amss.reason"]._ask(
            self, "_return", self.env._("Return to the sender")
        )

    def action_ask_recall(self):
        """Ask for the reason, then take the letters back."""
        self._check_may_recall()
        return self.env["amss.reason"]._ask(self, "_recall", self.env._("Recall"))

    def action_send_again(self):
        """Send a returned or recalled letter again, after the correction."""
        self._check_may_recall()
        self._send_again()

    def action_remind(self):
        """Send the notice again to those who have not opened the letter."""
        self._check_may_recall()
        return self._remind()

    # ------------------------------------------------------------------
    # Who may
    # ------------------------------------------------------------------
    def _check_may_receive(self):
        """Raise unless the user receives letters for the agency of these rows."""
        self.check_access("read")
        user = self.env.user
        own = all(row.agency_id == user.agency_id for row in self)
        if not own or not user.has_group("amss_saraban.group_saraban_central"):
            raise AccessError(
                self.env._("Only the central registrar of the addressee may do this.")
            )

    def _check_may_recall(self):
        """Raise unless the user may issue and send the letters of these rows."""
        self.check_access("read")
        self.document_id._check_may_issue()

    # ------------------------------------------------------------------
    # Steps; rights are the caller's to check
    # ------------------------------------------------------------------
    def _wait_turn(self, allowed, action):
        """Lock these rows and raise unless all are in one of the allowed states.

        Waits for who is at the same rows, then sees what they did: of two that
        compete one wins, and the other reads who was first.

        :param tuple allowed: states in which the step can be done
        :param str action: what the user wanted, for the message
        :return: these rows, sudo, writable
        """
        self.env.flush_all()
        locks.lock(self.env, locks.RECIPIENT, self.ids)
        with locks.fresh_cursor(self.env) as cr:
            cr.execute(
                "SELECT id, state FROM amss_recipient WHERE id = ANY(%s)", (self.ids,)
            )
            states = dict(cr.fetchall())
            late = [
                row.id for row in self if states.get(row.id, row.state) not in allowed
            ]
            if late:
                # a row of this very transaction is not in the fresh snapshot yet
                env = self.env(cr=cr) if late[0] in states else self.env
                fresh = self.with_env(env).sudo().browse(late[0])
                raise UserError(fresh._late_message(action))
        # sudo: the caller has checked who may do this step
        rows = guard.stepping(self.sudo())
        rows.invalidate_recordset()
        return rows

    def _late_message(self, action):
        """Return what happened to this row, for who came too late."""
        states = {
            "accepted": (self.accepted_by_id, self.accepted_at),
            "returned": (self.returned_by_id, self.returned_at),
            "recalled": (self.recalled_by_id, self.recalled_at),
            "opened": (self.opened_by_id, self.opened_at),
            "sent": (self.create_uid, self.sent_at),
        }
        user, when = states[self.state]
        local = when and fields.Datetime.context_timestamp(
            self.with_context(tz=self.agency_id._agency_timezone().zone), when
        )
        return self.env._(
            "“%(action)s” is not possible: letter %(name)s to %(agency)s is "
            "“%(state)s” since %(when)s by %(user)s%(number)s.",
            action=action,
            name=self.document_id.letter_number or self.document_id.subject,
            agency=self.agency_id.name,
            state=dict(self._fields["state"]._description_selection(self.env))[
                self.state
            ],
            when=local and local.strftime("%H:%M:%S %d/%m/") + str(local.year + 543),
            user=user.name or "-",
            number=self.entry_id
            and self.env._(", receive number %s", self.entry_id.display_name)
            or "",
        )

    def _mark_opened(self):
        """Record who of the addressee opened the letter first."""
        unopened = self.filtered(lambda row: row.state == "sent")
        # one statement that changes nothing when somebody was faster
        if unopened:
            unopened.flush_recordset()
            self.env.execute_query(
                SQL(
                    """
                    UPDATE amss_recipient SET state = 'opened', opened_at = %s,
                           opened_by_id = %s, write_date = %s, write_uid = %s
                     WHERE id = ANY(%s) AND state = 'sent' RETURNING id
                    """,
                    fields.Datetime.now(),
                    self.env.uid,
                    fields.Datetime.now(),
                    self.env.uid,
                    unopened.ids,
                )
            )
            unopened.invalidate_recordset()
            unopened.document_id.invalidate_recordset()

    def _accept(self):
        """Accept: receive number in the addressee's own register (ข้อ 38, 89/3).

        :return: the register lines
        :raises UserError: when a row was accepted, returned or recalled before
        """
        rows = self._wait_turn(WAITING, self.env._("Accept"))
        entries = self.env["amss.register.entry"].sudo()
        for agency, mine in rows.grouped("agency_id").items():
            register = self.env["amss.register"]._for_agency(agency, "received")
            entries |= entries._enter_lines(
                register, [row._entry_values() for row in mine]
            )
        now = fields.Datetime.now()
        for entry in entries:
            row = guard.stepping(entry.recipient_id)
            row.write(
                {
                    "state": "accepted",
                    "accepted_at": entry.registered_at,
                    "accepted_by_id": self.env.uid,
                    "entry_id": entry.id,
                    "opened_at": row.opened_at or now,
                    "opened_by_id": row.opened_by_id.id or self.env.uid,
                }
            )
        return entries

    def _entry_values(self):
        self.ensure_one()
        return {"document_id": self.document_id.id, "recipient_id": self.id}

    def _unaccept(self):
        """Put rows back in the inbox whose receive line was made void."""
        guard.stepping(self).write(
            {
                "state": "opened",
                "accepted_at": False,
                "accepted_by_id": False,
                "entry_id": False,
            }
        )

    def _return(self, reason):
        """Return the letter to its sender, who is told why.

        :param str reason: required
        """
        reason = self._check_reason(reason)
        rows = self._wait_turn(WAITING, self.env._("Return"))
        rows.write(
            {
                "state": "returned",
                "returned_at": fields.Datetime.now(),
                "returned_by_id": self.env.uid,
                "return_reason": reason,
            }
        )
        for document, mine in rows.grouped("document_id").items():
            document._message_log(
                body=self.env._(
                    "Returned by %(agencies)s: %(reason)s",
                    agencies=", ".join(mine.agency_id.mapped("name")),
                    reason=reason,
                )
            )

    def _recall(self, reason):
        """Take the letter back from addressees that have not accepted it."""
        reason = self._check_reason(reason)
        rows = self._wait_turn((*WAITING, "returned"), self.env._("Recall"))
        rows.write(
            {
                "state": "recalled",
                "recalled_at": fields.Datetime.now(),
                "recalled_by_id": self.env.uid,
                "recall_reason": reason,
            }
        )
        for document, mine in rows.grouped("document_id").items():
            document._message_log(
                body=self.env._(
                    "Recalled from %(count)s addressees: %(reason)s",
                    count=len(mine),
                    reason=reason,
                )
            )

    def _send_again(self):
        """Send returned or recalled rows again; the chatter keeps what was before."""
        if self.document_id.filtered(lambda document: document.state != "registered"):
            raise UserError(self.env._("A void letter cannot be sent again."))
        rows = self._wait_turn(("returned", "recalled"), self.env._("Send again"))
        rows.write(
            {
                "state": "sent",
                "sent_at": fields.Datetime.now(),
                "notice_state": "waiting",
                "opened_at": False,
                "opened_by_id": False,
                "returned_at": False,
                "returned_by_id": False,
                "return_reason": False,
                "recalled_at": False,
                "recalled_by_id": False,
                "recall_reason": False,
            }
        )
        for document, mine in rows.grouped("document_id").items():
            document._message_log(
                body=self.env._("Sent again to %s addressees", len(mine))
            )
        self.env.ref("amss_saraban.ir_cron_notices").sudo()._trigger()

    def _remind(self):
        """Queue the notice again for rows that nobody has opened.

        :return: number of rows reminded
        """
        rows = guard.stepping(self.sudo().filtered(lambda row: row.state == "sent"))
        if rows:
            rows.write(
                {"notice_state": "waiting", "reminded_at": fields.Datetime.now()}
            )
            self.env.ref("amss_saraban.ir_cron_notices").sudo()._trigger()
        return len(rows)

    def _visible_files(self):
        """Return the files that this addressee sees.

        They are the letter's files as they are now and, for who had accepted the
        letter before a file was corrected, the file as it was then as well.

        :return: ``ir.attachment``, sudo: who asks has been let in to the letter
        """
        self.ensure_one()
        files = (
            self.env["ir.attachment"]
            .sudo()
            .search(
                [
                    ("res_model", "=", "amss.document"),
                    ("res_id", "=", self.document_id.id),
                    ("letter_file", "=", True),
                ],
                order="id",
            )
        )
        accepted = self.accepted_at
        return files.filtered(
            lambda file: not file.letter_superseded_at
            or (accepted and accepted < file.letter_superseded_at)
        )

    def _check_reason(self, reason):
        reason = (reason or "").strip()
        if not reason:
            raise UserError(
                self.env._("Write the reason, so that the other side knows.")
            )
        return reason
