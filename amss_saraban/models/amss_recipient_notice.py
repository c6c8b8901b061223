# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Notices to addressees: queued with the sending, sent by the scheduled action."""

from odoo import api, models
from odoo.tools import SQL, email_normalize

from odoo.addons.amss_base.tools import guard

BATCH = 100
NOTICE_WAITS = SQL("notice_state = 'waiting'")


class AmssRecipient(models.Model):
    _inherit = "amss.recipient"

    @api.model
    def _cron_send_notices(self):
        """Queue the mails of waiting notices, some at a time, each exactly once.

        The mark on the row and the mail are written in one transaction, so a crash
        loses and doubles nothing; Odoo's mail queue does the sending.
        """
        domain = [("notice_state", "=", "waiting")]
        remaining = self.search_count(domain)
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=remaining)
        last = 0
        while rows := self._next_waiting(last):
            last = rows[-1].id
            rows._queue_notices()
            if not cron._commit_progress(len(rows)):
                break

    def _next_waiting(self, last, name="notice_state", waiting=NOTICE_WAITS):
        """Lock the next rows whose notice waits; those in others' hands come later.

        It is the first statement of its transaction: what it locks is what its
        snapshot shows, and nobody who accepts a letter meanwhile makes it fail.

        :param int last: id after which to go on
        :param str name: field that says so
        :param SQL waiting: what its column says of a row that waits
        """
        self.flush_model([name])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT id FROM amss_recipient
                 WHERE %s AND id > %s
                 ORDER BY id LIMIT %s FOR NO KEY UPDATE SKIP LOCKED
                """,
                waiting,
                last,
                BATCH,
            )
        )
        return self.browse(row for [row] in rows)

    def _queue_notices(self):
        """Make the mail of each of these rows and mark the rows."""
        mails, done = [], self.browse()
        for row in self:
            address = row.agency_id.saraban_email or row.agency_id.email
            if row.state in ("sent", "opened") and email_normalize(address or ""):
                mails.append(row._notice_values(address))
                done |= row
        # sudo: the scheduled action's own work
        self.env["mail.mail"].sudo().create(mails)
        guard.stepping(done).write({"notice_state": "done"})
        guard.stepping(self - done).write({"notice_state": "none"})

    def _notice_values(self, address):
        """Return the mail for one row: that there is a letter, never what it says."""
        row = self.with_context(lang=self.agency_id.lang or self.env.lang)
        body = row.env["ir.qweb"]._render(
            "amss_saraban.notice_mail",
            {
                "agency": row.agency_id,
                "sender": row.sender_agency_id,
                "reminder": bool(row.reminded_at),
                "url": f"{row.get_base_url()}/my/letters/{row.id}",
            },
            raise_if_not_found=True,
        )
        email_from = (
            row.sender_agency_id.saraban_email
            or row.env.company.email_formatted
            or row.env.user.email_formatted
        )
        return {
            "subject": row.env._(
                "An official letter from %s is waiting", row.sender_agency_id.name
            ),
            "body_html": body,
            "email_to": address,
            "email_from": email_from,
            "reply_to": email_from,  # else it would be looked up for each mail
            "auto_delete": True,
            "model": self._name,
            "res_id": row.id,
        }
