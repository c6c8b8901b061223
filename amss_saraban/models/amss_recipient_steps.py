# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The steps of an addressee: open, accept, recall, send again, remind."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from odoo.addons.amss_base.tools import guard, locks

WAITING = ("sent", "opened")
#: what is known of a return as long as it lasts
RETURN_FIELDS = (
    "returned_at",
    "returned_by_id",
    "return_kind",
    "return_reason",
    "return_accepted_at",
    "return_accepted_by_id",
    "return_notice",
)
#: how many addressees a line of the history names
MOST_NAMED = 5


class AmssRecipient(models.Model):
    _inherit = "amss.recipient"

    @api.model
    def _address(self, document, agencies, now):
        """Make the rows of a sending: one statement for any number of agencies.

        Agencies that have a row already are left as they are.

        :param document: one ``amss.document``
        :param agencies: ``res.partner`` agencies
        :param datetime now: UTC time of sending
        :return: number of new rows
        """
        sent = self._write_agencies(document, agencies, now)
        document.invalidate_recordset(["recipient_ids"])
        if sent:
            sent._record_steps("sent", by_sender=True)
            document._refresh_readers()
            self.env.ref("amss_saraban.ir_cron_notices")._trigger()
        return len(sent)

    @api.model
    def _write_agencies(self, document, agencies, now):
        """Insert the rows of those agencies that have none; return these."""
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                INSERT INTO amss_recipient
                    (document_id, agency_id, sender_agency_id, state, sent_at,
                     reply_by, notice_state,
                     create_uid, create_date, write_uid, write_date)
                SELECT %(document)s, agency, %(sender)s, 'sent', %(now)s,
                       %(reply_by)s, 'waiting',
                       %(uid)s, %(now)s, %(uid)s, %(now)s
                  FROM unnest(%(agencies)s) AS agency
                    ON CONFLICT (document_id, agency_id, COALESCE(user_id, 0))
                    DO NOTHING
             RETURNING id
                """,
                document=document.id,
                sender=document.agency_id.id,
                reply_by=document.reply_by or None,
                agencies=sorted(agencies.ids),
                now=now,
                uid=self.env.uid,
            )
        )
        self.invalidate_model()
        return self.browse(row for [row] in rows)

    def _late_message(self, action):
        """Return what happened to this row, for who came too late."""
        by_state = {
            "accepted": (self.accepted_by_id, self.accepted_at),
            "returned": (self.returned_by_id, self.returned_at),
            "recalled": (self.recalled_by_id, self.recalled_at),
            "opened": (self.opened_by_id, self.opened_at),
            "sent": (self.create_uid, self.sent_at),
        }
        return self.env._(
            "“%(action)s” is not possible: letter %(name)s to %(agency)s is "
            "“%(state)s” since %(when)s by %(user)s%(number)s.",
            action=action,
            name=self.document_id.letter_number or self.document_id.subject,
            agency=self._addressee_name(),
            **self._last_step(*by_state[self.state]),
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
            opened = self.env.execute_query(
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
            self.browse(row for [row] in opened)._record_steps("opened")

    def _accept(self):
        """Accept: receive number in the addressee's own register (ข้อ 38, 89/3).

        :return: the register lines
        :raises UserError: when a row was accepted, returned or recalled before
        """
        rows = self._wait_turn(WAITING, self.env._("Accept"))
        # sudo: lines of the addressee's own book; the right was checked
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
        rows._record_steps("accepted")
        return entries

    def _entry_values(self):
        self.ensure_one()
        return {"document_id": self.document_id.id, "recipient_id": self.id}

    def _unaccept(self):
        """Put rows back in the inbox whose receive line was made void.

        A letter that was returned before stays with its sender.
        """
        rows = self.filtered(lambda row: row.state == "accepted")
        guard.stepping(rows).write(
            {
                "state": "opened",
                "accepted_at": False,
                "accepted_by_id": False,
                "entry_id": False,
            }
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
        rows._record_steps("recalled", reason, by_sender=True)
        rows.document_id._refresh_readers()

    def _record_steps(self, kind, text=None, *, by_sender=False, **vals):
        """Write what was done with these rows into the history of their letters.

        A step of an addressee is a line in its own history, which the sender sees
        when it is shared; a step of the sender is one line for all its addressees.
        """
        if by_sender:
            for_all = self.grouped("document_id")
            self.document_id._record_event(
                kind,
                lambda letter: for_all[letter]._named_addressees(text),
            )
            return
        for agency, rows in self.grouped("agency_id").items():
            rows.document_id._record_event(
                kind, text, agency=agency, counterpart_id=agency.id, **vals
            )

    def _named_addressees(self, text=None):
        """Return who these addressees are, and the reason, for the history."""
        names = ", ".join(row._addressee_name() for row in self[:MOST_NAMED])
        if len(self) > MOST_NAMED:
            names = self.env._(
                "%(names)s and %(count)s more",
                names=names,
                count=len(self) - MOST_NAMED,
            )
        return f"{names}: {text}" if text else names

    def _send_again(self):
        """Send returned or recalled rows again; the history keeps what was before.

        A return that was not accepted yet is accepted by this.
        """
        if self.document_id.filtered(lambda document: document.state != "registered"):
            raise UserError(self.env._("A void letter cannot be sent again."))
        locks.claim(self.document_id)  # from who makes it void at this moment
        rows = self._wait_turn(("returned", "recalled"), self.env._("Send again"))
        rows._take_return(self.env._("by sending it again"))
        rows.write(
            {
                "state": "sent",
                "sent_at": fields.Datetime.now(),
                "notice_state": "waiting",
                "reminded_at": False,
                "opened_at": False,
                "opened_by_id": False,
                **dict.fromkeys(RETURN_FIELDS, False),
                "accepted_at": False,
                "accepted_by_id": False,
                "entry_id": False,
                "recalled_at": False,
                "recalled_by_id": False,
                "recall_reason": False,
            }
        )
        rows._record_for_both("sent_again")
        rows.document_id._refresh_readers()
        self.env.ref("amss_saraban.ir_cron_notices")._trigger()

    def _remind(self):
        """Queue the notice again for rows that nobody has opened.

        :return: number of rows reminded
        """
        # sudo: the caller has checked whose sending it is
        rows = guard.stepping(self.sudo().filtered(lambda row: row.state == "sent"))
        if rows:
            rows.write(
                {"notice_state": "waiting", "reminded_at": fields.Datetime.now()}
            )
            self.env.ref("amss_saraban.ir_cron_notices")._trigger()
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
        return files.filtered(lambda file: file._is_shown_since(self.accepted_at))

    def _check_reason(self, reason):
        reason = (reason or "").strip()
        if not reason:
            raise UserError(
                self.env._("Write the reason, so that the other side knows.")
            )
        return reason
