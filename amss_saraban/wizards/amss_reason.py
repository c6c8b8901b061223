# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

#: the steps that need a reason -> the action that checks who may take them
STEPS = {
    ("amss.register.entry", "_void"): "_check_may_void",
    ("amss.recipient", "_return"): "_check_may_receive",
    ("amss.recipient", "_recall"): "_check_may_recall",
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
    reason = fields.Char()

    @api.model
    def _ask(self, records, step, title):
        """Open the question for ``step`` of ``records``.

        :param records: the records that the step is about
        :param str step: name of a method that takes the reason
        :param str title: title of the dialog
        """
        wizard = self.create(
            {
                "res_model": records._name,
                "res_ids": records.ids,
                "step": step,
                "record_names": "\n".join(map(self._describe, records[:MOST_NAMED])),
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
        return record.display_name

    def action_confirm(self):
        """Take the step with the reason typed."""
        self.ensure_one()
        check = STEPS.get((self.res_model, self.step))
        if not check:
            raise UserError(self.env._("There is no such step."))
        records = self.env[self.res_model].browse(self.res_ids)
        getattr(records, check)()
        getattr(records, self.step)(self.reason)
        return {"type": "ir.actions.act_window_close"}
