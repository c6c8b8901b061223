# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Letters that came back: the sender is told, accepts the return and goes on."""

from odoo import fields, models
from odoo.tools import SQL, email_normalize

from odoo.addons.amss_base.tools import guard


class AmssRecipient(models.Model):
    _inherit = "amss.recipient"

    return_accepted_at = fields.Datetime(readonly=True)
    return_accepted_by_id = fields.Many2one("res.users", readonly=True)
    return_notice = fields.Boolean(
        string="Notice of the return is waiting",
        readonly=True,
        help="The sender is told by the scheduled action.",
    )

    # what came back and nobody has dealt with; notices to be sent
    _returned_to_us = models.Index(
        "(sender_agency_id, returned_at DESC, id DESC)"
        " WHERE state = 'returned' AND return_accepted_at IS NULL"
    )
    _return_notices = models.Index("(id) WHERE return_notice")

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------
    def action_accept_return(self):
        """Accept that these letters came back; the other side sees it."""
        self._check_may_recall()
        self._accept_return()
        return self._tell(
            self.env._("The return is accepted. The letter shows what to do next.")
        )

    # ------------------------------------------------------------------
    # Steps of the sender
    # ------------------------------------------------------------------
    def _accept_return(self):
        """Accept that these letters came back; doing it twice does it once.

        :raises UserError: when one was sent again or recalled meanwhile
        """
        rows = self._wait_turn(("returned",), self.env._("Accept the return"))
        rows._take_return()

    def _take_return(self, text=None):
        """Record that the sender accepts the returns of these rows.

        :param str text: for the history, how it was accepted
        """
        rows = self.filtered(
            lambda row: row.state == "returned" and not row.return_accepted_at
        )
        if rows:
            rows.write(
                {
                    "return_accepted_at": fields.Datetime.now(),
                    "return_accepted_by_id": self.env.uid,
                    "return_notice": False,
                }
            )
            rows._record_for_both("return_accepted", text)

    def _record_for_both(self, kind, text=None):
        """Write a step of the sender into its history and that of each addressee."""
        self._record_steps(kind, text, by_sender=True)
        self.env["amss.document.event"]._log(
            kind,
            [
                {
                    "document_id": row.document_id.id,
                    "agency_id": row.agency_id.id,
                    "text": text,
                }
                for row in self
            ],
        )

    # ------------------------------------------------------------------
    # The sender is told
    # ------------------------------------------------------------------
    def _tell_sender(self):
        """Tell the senders of these letters that they came back.

        Registrars and who is responsible are told as persons are, and the agency by
        mail.
        """
        self.env.ref("amss_saraban.ir_cron_return_notices")._trigger()
        registrars = self.sender_agency_id._amss_registrars()
        for row in self:
            # sudo: who is responsible for it, nobody reads anything of them
            letter = row.document_id.sudo()
            office = registrars.get(row.sender_agency_id.id, self.env["res.users"])
            office._amss_tell("returned_office", row)
            persons = letter.user_id | letter.department_id.registrar_ids
            (persons - office)._amss_tell("returned", row)

    def _cron_send_return_notices(self):
        """Queue the mails to senders whose letters came back, each exactly once."""
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=self.search_count([("return_notice", "=", 1)]))
        last = 0
        while rows := self._next_waiting(last, "return_notice", SQL("return_notice")):
            last = rows[-1].id
            rows._queue_return_notices()
            if not cron._commit_progress(len(rows)):
                break

    def _queue_return_notices(self):
        """Make one mail for each sender of these rows and mark the rows."""
        mails = []
        open_rows = self.filtered(lambda row: row.state == "returned")
        # sudo: which of the senders are offices of this database
        senders = [("partner_id", "in", open_rows.sender_agency_id.ids)]
        offices = self.env["res.company"].sudo().search(senders).partner_id
        for sender, rows in open_rows.grouped("sender_agency_id").items():
            address = sender.saraban_email or sender.email
            if email_normalize(address or ""):
                path = "/my/letters/returned"
                if sender in offices:
                    path = "/odoo/saraban-returned"
                mails.append(rows._return_notice_values(sender, address, path))
        # sudo: the scheduled action's own work
        self.env["mail.mail"].sudo().create(mails)
        guard.stepping(self).write({"return_notice": False})

    def _return_notice_values(self, sender, address, path):
        """Return the mail to a sender: that letters came back, never what they say.

        :param str path: of the page that lists them
        """
        rows = self.with_context(lang=sender.lang or self.env.lang)
        body = rows.env["ir.qweb"]._render(
            "amss_saraban.return_notice_mail",
            {
                "agency": sender,
                "addressees": rows.agency_id,
                "count": len(rows),
                "url": rows[0].get_base_url() + path,
            },
            raise_if_not_found=True,
        )
        email_from = rows.env.company.email_formatted or rows.env.user.email_formatted
        return {
            "subject": rows.env._("An official letter was returned to you"),
            "body_html": body,
            "email_to": address,
            "email_from": email_from,
            "reply_to": email_from,
            "auto_delete": True,
            "model": self._name,
            "res_id": rows[0].id,
        }
