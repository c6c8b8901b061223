# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Letters that go back to their sender, and why (S4)."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.amss_base.tools import guard, thai

from .amss_recipient import RETURN_KINDS
from .amss_recipient_steps import WAITING


class AmssRecipient(models.Model):
    _inherit = "amss.recipient"

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------
    def action_ask_return(self):
        """Ask for kind and reason, then return the letters to their senders.

        :raises UserError: when some of the letters were accepted and some were not:
            the two are asked about apart, so that nobody overlooks a receive number
        """
        self._check_may_receive()
        accepted = self.filtered(lambda row: row.state == "accepted")
        if accepted and accepted != self:
            raise UserError(
                self.env._(
                    "Letter %s has a receive number already. Return the letters that "
                    "were accepted apart from those that are waiting.",
                    accepted[0].display_name,
                )
            )
        return self.env["amss.reason"]._ask(
            self,
            "_return_accepted" if accepted else "_return",
            self.env._("Return to the sender"),
        )

    # ------------------------------------------------------------------
    # Kind and reason
    # ------------------------------------------------------------------
    @api.model
    def _check_return(self, kind, reason):
        """Return the reason without blanks around it, of a return that may be done.

        :param str kind: of ``RETURN_KINDS``
        :param str reason: as typed
        :raises UserError: naming what is missing
        """
        reason = (reason or "").strip()
        if kind and kind not in dict(RETURN_KINDS):
            raise UserError(
                self.env._("“%s” is no kind of return. Choose one of the list.", kind)
            )
        missing = []
        if not kind:
            missing.append(self.env._("what is wrong (choose one of the list)"))
        if not reason:
            missing.append(self.env._("the reason in words"))
        if missing:
            raise UserError(
                self.env._(
                    "Nothing goes back without a reason. Still missing: %s.",
                    ", ".join(missing),
                )
            )
        return reason

    @api.model
    def _return_choices(self):
        """Return the kinds of returns: key, label, what the sender does next."""
        steps = {
            "wrong_addressee": self.env._(
                "The sender takes you off the letter and sends it to the right office."
            ),
            "wrong_letter": self.env._(
                "The sender makes the letter void and writes it anew."
            ),
            "damaged_file": self.env._(
                "The sender corrects the file and sends the letter to you again."
            ),
            "other": self.env._("The sender reads your reason and decides."),
        }
        labels = self._fields["return_kind"]._description_selection(self.env)
        return [(kind, label, steps[kind]) for kind, label in labels]

    def _return_text(self, kind, reason):
        """Return kind and reason in one line, for histories and the book."""
        labels = dict(self._fields["return_kind"]._description_selection(self.env))
        return f"{labels[kind]}: {reason}"

    # ------------------------------------------------------------------
    # Steps of the addressee
    # ------------------------------------------------------------------
    def _return(self, kind, reason):
        """Return letters that wait to be accepted to their sender, who is told why.

        :param str kind: of ``RETURN_KINDS``, required
        :param str reason: required
        :raises UserError: without them, or when a letter waits no longer
        """
        reason = self._check_return(kind, reason)
        rows = self._wait_turn(WAITING, self.env._("Return"))
        rows._give_back(kind, reason, self._return_text(kind, reason))

    def _return_accepted(self, kind, reason):
        """Return letters that have their receive number to their sender.

        The line keeps its number, which is never given again, and says that the
        letter went back. Accepted anew, the letter gets another number.

        :param str kind: of ``RETURN_KINDS``, required
        :param str reason: required
        :raises UserError: without them, or when a letter is no longer accepted
        """
        reason = self._check_return(kind, reason)
        rows = self._wait_turn(("accepted",), self.env._("Return"))
        text = self._return_text(kind, reason)
        rows._before_return(text)
        numbers = {row.document_id: row.entry_id.display_name for row in rows}
        rows._give_back(
            kind,
            reason,
            lambda letter: self.env._(
                "Receive number %(number)s: %(text)s",
                number=numbers[letter],
                text=text,
            ),
        )

    def _before_return(self, text):
        """Close what the office of these rows does with letters that go back.

        Called by the step with accepted rows, sudo and writable, before they are
        returned. To be extended by who keeps work on received letters. Here the
        receive line is told (การปฏิบัติ, ข้อ 38.2).

        :param str text: kind and reason of the return
        """
        now = fields.Datetime.now()
        for row in self:
            note = self.env._(
                "Returned to %(sender)s on %(when)s: %(text)s",
                sender=row.sender_agency_id.name,
                when=row._addressee_time(now),
                text=text,
            )
            entry = guard.stepping(row.entry_id)
            entry.action_note = "; ".join(filter(None, [entry.action_note, note]))

    def _addressee_time(self, moment):
        """Return a moment as the clock of the addressee showed it."""
        zone = self.agency_id._agency_timezone()
        return thai.format_thai_datetime(moment, zone, short=True)

    def _give_back(self, kind, reason, text):
        """Record the return of these rows, which have got their turn.

        :param text: for the history of both sides, or a function of the letter
        """
        self.write(
            {
                "state": "returned",
                "returned_at": fields.Datetime.now(),
                "returned_by_id": self.env.uid,
                "return_kind": kind,
                "return_reason": reason,
                "return_accepted_at": False,
                "return_accepted_by_id": False,
                "return_notice": True,
            }
        )
        self._record_steps("returned", text, shared=True)
        self.document_id._refresh_readers()
        self._tell_sender()
