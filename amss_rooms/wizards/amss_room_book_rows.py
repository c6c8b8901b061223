# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Which rooms and days the dialog asks for, and what stands against each."""

from odoo import models

from ..tools.repeat import days_of
from ..tools.when import WEEKDAYS, day_text
from .amss_room_book import LONGEST, MOST_ROWS


class AmssRoomBook(models.TransientModel):
    _inherit = "amss.room.book"

    def _weekdays(self):
        return [name for name in WEEKDAYS if self[name]]

    def _days(self):
        """The days of the request, one more than may be booked at most."""
        self.ensure_one()
        return days_of(
            self.date_from,
            self.date_to,
            self.until,
            self.repeat,
            self.every,
            self._weekdays(),
            limit=MOST_ROWS,
        )

    def _rows(self):
        """Give each room and day with what stands against it.

        :return: list of (wish, text or ``None``)
        """
        self.ensure_one()
        rooms = self.room_ids._origin
        refused = {
            room: room._seats_problem(self.headcount, self.layout_id)
            for room in rooms.filtered(lambda room: room.over_capacity == "refuse")
        }
        wishes = [
            room._wish(day, *self._hours()) for day in self._days() for room in rooms
        ]
        problems = self.env["amss.room"]._problems(wishes)
        return [
            (wish, problem or refused.get(wish.room))
            for wish, problem in zip(wishes, problems, strict=True)
        ]

    def _obstacle(self):
        """Say why nothing can be booked like this, ``None`` if nothing is in the way.

        Must run before anything is made of the days: it bounds how many there are.
        """
        self.ensure_one()
        if not self.room_ids:
            return self.env._("Choose a room.")
        return self._obstacle_of_days() or self._obstacle_of_hours()

    def _obstacle_of_days(self):
        repeats = self.repeat != "none"
        last = self.until if repeats else self.date_to
        if not self.date_from or not self.date_to or not last:
            return self.env._("Choose the first and the last day.")
        if min(self.date_to, last) < self.date_from:
            return self.env._(
                "The last day, %(last)s, lies before the first, %(first)s. Correct "
                "the days.",
                first=day_text(self.env, self.date_from),
                last=day_text(self.env, min(self.date_to, last)),
            )
        if repeats and self.every < 1:
            return self.env._("It has to repeat every 1 or more: correct “every”.")
        if (max(last, self.date_to) - self.date_from).days > LONGEST:
            return self.env._(
                "From %(first)s to %(last)s is more than two years. Choose an earlier "
                "last day.",
                first=day_text(self.env, self.date_from),
                last=day_text(self.env, last),
            )
        days = self._days()
        if not days:
            return self.env._(
                "No day is left between %(first)s and %(last)s. Choose other weekdays, "
                "or a later last day.",
                first=day_text(self.env, self.date_from),
                last=day_text(self.env, last),
            )
        if len(days) * len(self.room_ids) > MOST_ROWS:
            return self._too_many()
        return None

    def _too_many(self):
        return self.env._(
            "These would be more than %(most)s bookings at once. Choose an earlier "
            "last day, or fewer rooms.",
            most=MOST_ROWS,
        )

    def _summary(self):
        """Say how many days can be had, and how many cannot."""
        self.ensure_one()
        total = len(self.line_ids)
        lost = len(self.line_ids.filtered("problem"))
        if not lost:
            return ""
        if lost == total:
            return self.env._("Nothing of this can be had.")
        return self.env._(
            "%(lost)s of %(total)s cannot be had: they are left out.",
            lost=lost,
            total=total,
        )
