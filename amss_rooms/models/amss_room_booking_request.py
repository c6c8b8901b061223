# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Bookings that are asked for together, and what comes with them."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.amss_base.tools import guard

#: where the files were before the booking was there
_UPLOADED_TO = ("amss.room.booking", "amss.room.book", False)
#: letters; a cell of the timetable shows it
LONGEST_PURPOSE = 250


class AmssRoomBooking(models.Model):
    _inherit = "amss.room.booking"

    together_count = fields.Integer(
        string="Asked for Together", compute="_compute_together_count"
    )
    room_note = fields.Text(string="For those who book", related="room_id.note")

    @api.depends("request_id")
    def _compute_together_count(self):
        counts = dict(
            self._read_group(
                [("request_id", "in", self.request_id.ids)],
                ["request_id"],
                ["__count"],
            )
        )
        for booking in self:
            booking.together_count = counts.get(booking.request_id, 0)

    @api.constrains("layout_id", "room_id")
    def _check_layout_of_room(self):
        for booking in self:
            if booking.layout_id and booking.layout_id.room_id != booking.room_id:
                raise ValidationError(
                    self.env._(
                        "The layout “%(layout)s” is not one of %(room)s. Choose a "
                        "layout of this room, or none.",
                        layout=booking.layout_id.name,
                        room=booking.room_id.name,
                    )
                )

    @api.constrains("name")
    def _check_purpose(self):
        for booking in self:
            if not (booking.name or "").strip():
                raise ValidationError(
                    self.env._("Say what the room is for: fill in “Purpose”.")
                )
            if len(booking.name) > LONGEST_PURPOSE:
                raise ValidationError(
                    self.env._(
                        "“%(purpose)s…”: a purpose has %(most)s letters at most. Say "
                        "the rest in “Other Wishes”.",
                        purpose=booking.name[:30],
                        most=LONGEST_PURPOSE,
                    )
                )

    @api.constrains("department_id", "user_id", "room_id")
    def _check_people_of_office(self):
        for booking in self:
            office = booking.company_id
            group = booking.department_id
            if group.company_id and group.company_id != office:
                raise ValidationError(
                    self.env._(
                        "The group is none of %s, whose room this is. Choose another "
                        "group.",
                        office.name,
                    )
                )
            if booking.user_id.share or office not in booking.user_id.company_ids:
                raise ValidationError(
                    self.env._(
                        "The requester does not work for %s, whose room this is. "
                        "Choose another one.",
                        office.name,
                    )
                )

    @api.onchange("room_id")
    def _onchange_room_id(self):
        if self.layout_id.room_id != self.room_id:
            self.layout_id = False

    @api.model_create_multi
    def create(self, vals_list):
        bookings = super().create(vals_list)
        bookings._adopt_files()
        self._check_may_invite(bookings.sudo().participant_ids)
        return bookings

    def write(self, vals):
        invites = "participant_ids" in vals
        # sudo: who is there already, whoever invited them
        before = self.sudo().participant_ids if invites else None
        result = super().write(vals)
        if invites:
            self._check_may_invite(self.sudo().participant_ids - before)
        if "attachment_ids" in vals:
            self._adopt_files()
        return result

    def _check_may_invite(self, partners):
        """Let people invite those whom they may read, and nobody else.

        The meeting is made with more rights than theirs, and shows who is invited.

        :raise AccessError: for a stranger
        """
        if not guard.is_step(self.env):
            partners.with_env(self.env).check_access("read")

    def _adopt_files(self):
        """Let all who may read a booking read the files that were uploaded for it.

        Odoo shows a file to those who may read what it belongs to; one that was
        uploaded in a dialog belongs to nothing yet. The first of several bookings
        holds the files of all.
        """
        for booking in self:
            # sudo: only to see what the file belongs to; the write below is the user's
            uploaded = booking.attachment_ids.sudo().filtered(
                lambda file: not file.res_id and file.res_model in _UPLOADED_TO
            )
            uploaded.sudo(False).write(
                {"res_model": booking._name, "res_id": booking.id}
            )

    def action_open_together(self):
        """Show the bookings that were asked for together with this one."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "amss_rooms.amss_room_request_action"
        )
        return action | {"context": {"active_id": self.request_id.id}}

    def _say_result(self, message):
        """Tell what came of a step with several bookings; of one, its form tells."""
        if len(self) < 2:
            return {"type": "ir.actions.act_window_close"}
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": message,
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
