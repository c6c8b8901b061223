# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.amss_recipient import RETURN_KINDS

#: the steps that need a reason -> the action that checks who may take them
STEPS = {
    ("amss.register.entry", "_void"): "_check_may_void",
    ("amss.recipient", "_return"): "_check_may_receive",
    ("amss.recipient", "_return_accepted"): "_check_may_receive",
    ("amss.recipient", "_recall"): "_check_may_recall",
    ("amss.assignment", "_report"): "_check_mine",
    ("amss.assignment", "_return"): "_check_mine",
    ("amss.assignment", "_withdraw"): "_check_assigned_by_me",
    ("amss.assignment", "_approve"): "_check_mine",
    ("amss.assignment", "_refuse"): "_check_mine",
    ("amss.document", "_withdraw_proposal"): "_check_may_propose",
    ("amss.document", "_write_anew"): "_check_may_write_anew",
}
#: how many of the chosen records the question names
MOST_NAMED = 10


class AmssReason(models.TransientModel):
    """Asks for a reason before a step that cannot be undone."""

    _name = "amss.reason"
    _description = "Reason for a Step"

    res_model = fields.Char(required=True, readonly=True)
    res_ids = fields.Json(required=True, readonly=True)
    step = fields.Char(required=True, readonly=True)
    record_names = fields.Text(readonly=True)
    asks_kind = fields.Boolean(
        compute="_compute_asks_kind", help="Whether the step is a return."
    )
    return_kind = fields.Selection(RETURN_KINDS, string="What is wrong")
    next_step = fields.Char(compute="_compute_next_step")
    reason = fields.Char()

    @api.depends("step")
    def _compute_asks_kind(self):
        for wizard in self:
            wizard.asks_kind = (wizard.step or "").startswith("_return")

    @api.depends("return_kind", "res_model")
    def _compute_next_step(self):
        """What the kind leads to, for letters that leave the office."""
        choices = self.env["amss.recipient"]._return_choices()
        steps = {kind: step for kind, _label, step in choices}
        for wizard in self:
            leaves = wizard.res_model == "amss.recipient"
            wizard.next_step = leaves and steps.get(wizard.return_kind)

    @api.model
    def _ask(self, records, step, title, reason=None):
        """Open the question for ``step`` of ``records``.

        :param records: the records that the step is about
        :param str step: name of a method that takes the reason; one that starts with
            ``_return`` takes the kind of ``RETURN_KINDS`` before it
        :param str title: title of the dialog
        :param str reason: proposed
        """
        wizard = self.create(
            {
                "res_model": records._name,
                "res_ids": records.ids,
                "step": step,
                "record_names": "\n".join(map(self._describe, records[:MOST_NAMED])),
                "reason": reason and reason.replace("\n", "; "),
            }
        )
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": self._name,
            "res_id": wizard.id,
            "views": [(False, "form")],
            "target": "new",
        }

    @api.model
    def _describe(self, record):
        """Return what the user should know the record by, before a final step."""
        if record._name == "amss.register.entry":
            texts = (record.display_name, record.letter_number, record.subject)
            return " · ".join(filter(None, texts))
        if record._name == "amss.recipient" and record.state == "accepted":
            return self.env._(
                "%(letter)s · receive number %(number)s, which stays used",
                letter=record.display_name,
                number=record.entry_id.display_name,
            )
        return record.display_name

    def action_confirm(self):
        """Take the step with the kind, if it is a return, and the reason typed.

        :return: the action that the step gives, else one that closes the dialog
        """
        self.ensure_one()
        check = STEPS.get((self.res_model, self.step))
        if not check:
            raise UserError(self.env._("There is no such step."))
        records = self.env[self.res_model].browse(self.res_ids)
        getattr(records, check)()
        typed = (self.return_kind, self.reason) if self.asks_kind else (self.reason,)
        result = getattr(records, self.step)(*typed)
        if isinstance(result, dict):
            return result
        return {"type": "ir.actions.act_window_close"}
