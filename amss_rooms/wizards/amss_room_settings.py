# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError

from ..models.amss_room import ADMINISTRATOR

NAMES = (
    "amss_morning_from",
    "amss_morning_to",
    "amss_afternoon_from",
    "amss_afternoon_to",
    "amss_rooms_public",
)


class AmssRoomSettings(models.TransientModel):
    """The settings of meeting rooms, for the rooms' administrator.

    Odoo's own settings page is for who administers the whole database.
    """

    _name = "amss.room.settings"
    _description = "Settings of Meeting Rooms"

    company_id = fields.Many2one(
        "res.company",
        string="Office",
        required=True,
        readonly=True,
        default=lambda self: self.env.company,
    )
    amss_morning_from = fields.Float(string="Morning from", required=True)
    amss_morning_to = fields.Float(string="Morning to", required=True)
    amss_afternoon_from = fields.Float(string="Afternoon from", required=True)
    amss_afternoon_to = fields.Float(string="Afternoon to", required=True)
    amss_rooms_public = fields.Boolean(string="Public room timetable")

    @api.model
    def default_get(self, fields_list):
        values = super().default_get(fields_list)
        # sudo: the settings of the user's own office
        company = self.env.company.sudo()
        return values | {name: company[name] for name in NAMES if name in fields_list}

    def action_save(self):
        """Write the settings on the office.

        :raise ValidationError: when the half-days do not follow on each other
        """
        self.ensure_one()
        if not self.env.user.has_group(ADMINISTRATOR):
            raise AccessError(
                self.env._("Only the administrator of the rooms may set this.")
            )
        # sudo: checked above; these settings of the user's own office and no others
        self.env.company.sudo().write({name: self[name] for name in NAMES})
        return {"type": "ir.actions.act_window_close"}
