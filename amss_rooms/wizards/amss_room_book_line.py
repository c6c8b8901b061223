# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from odoo.addons.amss_base.tools.dates import short_date

from ..tools.when import weekday_text


class AmssRoomBookLine(models.TransientModel):
    """One room on one day, as the dialog shows it before it is booked."""

    _name = "amss.room.book.line"
    _description = "Day of a Booking"
    _order = "date, id"

    book_id = fields.Many2one(
        "amss.room.book", string="Dialog", required=True, ondelete="cascade"
    )
    room_id = fields.Many2one("amss.room", required=True, ondelete="cascade")
    date = fields.Date(required=True)
    when = fields.Char(string="Day", compute="_compute_when")
    take = fields.Boolean(string="Book")
    problem = fields.Char()
    result = fields.Char(string="Can it be had?", compute="_compute_result")

    @api.depends("date")
    def _compute_when(self):
        for line in self:
            day = line.date
            line.when = day and (
                f"{weekday_text(self.env, day)} {short_date(self.env, day)}"
            )

    @api.depends("problem")
    def _compute_result(self):
        for line in self:
            line.result = line.problem or self.env._("Free")

    def _wish(self):
        """Make the wish for this row, see ``tools.when.Wish``."""
        self.ensure_one()
        return self.room_id._wish(self.date, *self.book_id._hours())
