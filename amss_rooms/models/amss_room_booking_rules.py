# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a booking has to keep to, and who may change one."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ..tools.when import Wish

#: more than that is a slip of the keyboard
MOST_PEOPLE = 100_000


class AmssRoomBooking(models.Model):
    _inherit = "amss.room.booking"

    def _check_rules(self, moved=True, ignore=None):
        """Hold drafts of bookings to the rules of their rooms, all of them or none.

        :param bool moved: whether room or time are new
        :param ignore: bookings that hold no room, since they are what is moved
        :raise ValidationError: naming each room and day, and who holds it
        """
        problems = []
        if moved:
            problems += self.env["amss.room"]._problems(self._wishes(), ignore)
        problems += [booking._headcount_problem() for booking in self]
        problems = list(dict.fromkeys(filter(None, problems)))
        if problems:
            raise ValidationError("\n".join(problems))

    def _wishes(self):
        """Give the bookings as wishes, see ``tools.when.Wish``."""
        return [
            Wish(booking.room_id, booking.date, booking.start, booking.stop)
            for booking in self
            if booking.room_id and booking.date
        ]

    def _headcount_problem(self):
        """Say that more people come than there are seats, if the room refuses that."""
        self.ensure_one()
        if problem := self._people_problem(self.headcount):
            return problem
        if self.room_id.over_capacity != "refuse":
            return None
        return self.room_id._seats_problem(self.headcount, self.layout_id)

    @api.model
    def _people_problem(self, headcount):
        """Say that so many people cannot be meant."""
        if headcount <= MOST_PEOPLE:
            return None
        return self.env._(
            "%s people cannot be meant. Correct how many come.", headcount
        )

    def _check_may_change(self, vals):
        """Let people change their own bookings in time, keepers any with a note.

        :raise UserError: naming the booking, why not, and who can
        """
        if not vals.keys() - self._fields_of_chatter():
            return
        now = fields.Datetime.now()
        for booking in self:
            booking._check_running()
            if booking.can_decide:
                if booking.needs_note and not (vals.get("change_note") or "").strip():
                    raise UserError(
                        self.env._(
                            "%s: say why you change this booking in “Note on the "
                            "change”; the requester is told.",
                            booking.display_name,
                        )
                    )
            elif booking.user_id != self.env.user:
                raise AccessError(
                    self.env._(
                        "%(booking)s is another person's booking. Its requester can "
                        "change it, or the keeper of the room: %(keepers)s.",
                        booking=booking.display_name,
                        keepers=booking.room_id._keeper_names(),
                    )
                )
            else:
                booking._check_in_time(now)
            if "user_id" in vals and not booking.can_decide:
                raise AccessError(
                    self.env._("The requester of a booking is changed by a keeper.")
                )

    def _fields_of_chatter(self):
        """Fields that following and discussing a booking writes."""
        return {
            "message_follower_ids",
            "message_ids",
            "message_main_attachment_id",
            "activity_ids",
        }

    def _check_running(self):
        """:raise UserError: for a booking that is over, refused or cancelled"""
        for booking in self:
            if booking.state not in ("requested", "approved"):
                raise UserError(
                    self.env._(
                        "%(booking)s: %(state)s. It cannot be changed any more; book "
                        "anew.",
                        booking=booking.display_name,
                        state=booking._state_label(),
                    )
                )

    def _check_in_time(self, now):
        """:raise UserError: when requesters may no longer change it themselves"""
        for booking in self:
            if not booking._is_before_deadline(now):
                raise UserError(
                    self.env._(
                        "%(booking)s: it is too late to change or cancel it yourself. "
                        "Ask the keeper of the room: %(keepers)s.",
                        booking=booking.display_name,
                        keepers=booking.room_id._keeper_names(),
                    )
                )

    def _check_may_decide(self):
        """:raise AccessError: for who is no keeper of one of the rooms"""
        for booking in self:
            if not booking.room_id.is_kept:
                raise AccessError(
                    self.env._(
                        "%(booking)s is decided by the keeper of the room: "
                        "%(keepers)s.",
                        booking=booking.display_name,
                        keepers=booking.room_id._keeper_names(),
                    )
                )

    def _state_label(self):
        self.ensure_one()
        return dict(self._fields["state"]._description_selection(self.env))[self.state]
