# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

STEPS = [("_refuse", "Refuse"), ("_cancel", "Cancel")]


class AmssRoomReason(models.TransientModel):
    """Asks why bookings are refused or cancelled."""

    _name = "amss.room.reason"
    _description = "Reason for Refusing or Cancelling"

    step = fields.Selection(STEPS, required=True, readonly=True)
    booking_ids = fields.Many2many("amss.room.booking", readonly=True)
    reason = fields.Char()
    needs_reason = fields.Boolean(compute="_compute_needs_reason")

    @api.depends("step", "booking_ids")
    def _compute_needs_reason(self):
        for dialog in self:
            dialog.needs_reason = dialog.step == "_refuse" or any(
                dialog.booking_ids.mapped("needs_note")
            )

    @api.model
    def _ask(self, bookings, step):
        """Open the question.

        :param bookings: the bookings that the step is about
        :param str step: one of ``STEPS``, a method of theirs that takes the reason
        """
        dialog = self.create(
            {"step": step, "booking_ids": [fields.Command.set(bookings.ids)]}
        )
        return {
            "type": "ir.actions.act_window",
            "name": dict(self._fields["step"]._description_selection(self.env))[step],
            "res_model": self._name,
            "res_id": dialog.id,
            "views": [(False, "form")],
            "target": "new",
        }

    def action_confirm(self):
        """Take the step with what was typed."""
        self.ensure_one()
        bookings = self.booking_ids
        getattr(bookings, self.step)(self.reason)
        return bookings._say_result(
            self.env._("%s refused", len(bookings))
            if self.step == "_refuse"
            else self.env._("%s cancelled", len(bookings))
        )
