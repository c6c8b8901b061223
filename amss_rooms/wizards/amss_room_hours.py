# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.amss_room_booking import SLOTS
from ..tools.when import check_days


class AmssRoomHours(models.AbstractModel):
    """A dialog in which a time of day is chosen: a half-day of the office, or hours."""

    _name = "amss.room.hours"
    _description = "Dialog with a Time of Day"

    company_id = fields.Many2one(
        "res.company",
        string="Office",
        readonly=True,
        required=True,
        default=lambda self: self.env.company,
    )
    slot = fields.Selection(
        SLOTS, string="Time of Day", required=True, default="morning"
    )
    hour_from = fields.Float(
        string="From", compute="_compute_hours", store=True, readonly=False
    )
    hour_to = fields.Float(
        string="Until", compute="_compute_hours", store=True, readonly=False
    )

    @api.model
    def default_get(self, fields_list):
        """Hours without a time of day may be one."""
        values = super().default_get(fields_list)
        hours = values.get("hour_from"), values.get("hour_to")
        if None not in hours and "default_slot" not in self.env.context:
            values["slot"] = self.env.company.sudo()._amss_slot_of(*hours)
        return values

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_typed(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._check_typed(vals)
        return super().write(vals)

    def _check_typed(self, vals):
        """:raise UserError: for a day that is none, or people that cannot come"""
        days = {
            name: fields.Date
            for name in vals
            if name in self._fields and self._fields[name].type == "date"
        }
        check_days(self.env, vals, **days)
        booking = self.env["amss.room.booking"]
        problem = booking._people_problem(vals.get("headcount") or 0)
        if problem:
            raise UserError(problem)

    @api.depends("slot")
    def _compute_hours(self):
        for dialog in self:
            if dialog.slot:
                dialog.hour_from, dialog.hour_to = dialog._hours()

    def _hours(self):
        """Give the hours of the day that are wanted.

        :return: from and to as hours of the local day, e.g. ``(8.5, 12.0)``
        """
        self.ensure_one()
        if self.slot == "times":
            return self.hour_from, self.hour_to
        # sudo: the half-days of the user's own office
        return self.company_id.sudo()._amss_slot_hours(self.slot)

    def _obstacle_of_hours(self):
        """Say why nobody can meet at these hours, ``None`` if people can."""
        hour_from, hour_to = self._hours()
        if 0 <= hour_from < hour_to <= 24:
            return None
        return self.env._(
            "The end has to come after the beginning, within one day. Correct the "
            "hours."
        )
