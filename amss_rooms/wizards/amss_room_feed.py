# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from ..models.amss_room_links import FEEDS


class AmssRoomFeed(models.TransientModel):
    """Shows the secret link to the calendar of one's own bookings."""

    _name = "amss.room.feed"
    _description = "My Calendar Link"

    url = fields.Char(string="Link", compute="_compute_url")

    @api.depends_context("uid")
    def _compute_url(self):
        # sudo: everybody's own link alone, of which nobody else knows
        token = self.env.user.sudo().amss_rooms_token
        for dialog in self:
            dialog.url = f"{dialog.get_base_url()}{FEEDS}/my/{token}.ics"

    @api.model
    def action_open(self):
        """Show the link; it is made when it is first asked for."""
        if not self.env.user.sudo().amss_rooms_token:
            self._renew()
        return self.create({})._show()

    def action_renew(self):
        """Make the link anew; the old one opens nothing."""
        self._renew()
        return self._show()

    @api.model
    def _renew(self):
        # sudo: everybody's own link, and nothing else of a user
        user = self.env.user.sudo()
        user.amss_rooms_token = self.env["amss.room"]._token()

    def _show(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("My Calendar Link"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
        }
