# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from psycopg2.errors import ExclusionViolation

from odoo import Command, api, fields, models
from odoo.exceptions import ConcurrencyError, UserError
from odoo.tools.misc import clean_context

from odoo.addons.amss_base.tools.dates import short_date

from ..tools.repeat import days_of
from ..tools.when import WEEKDAYS, day_text, weekday_text

#: bookings that one request makes at most
MOST_ROWS = 200
#: days between the first and the last day of one request at most
LONGEST = 2 * 366
#: of what came between, so many are named at the top; each stands by its row
MOST_TOLD = 3
REPEATS = [
    ("none", "Does not repeat"),
    ("day", "Every day"),
    ("week", "Every week"),
    ("month_day", "Every month, same day"),
    ("month_weekday", "Every month, same weekday"),
]
#: what each booking gets as it was typed
COPIED = (
    "name",
    "slot",
    "hour_from",
    "hour_to",
    "department_id",
    "headcount",
    "chair",
    "coordinator",
    "phone",
    "layout_id",
    "equipment_ids",
    "note",
    "attachment_ids",
    "participant_ids",
    "alarm_ids",
)


class AmssRoomBook(models.TransientModel):
    """The dialog in which rooms are booked: several at once, several days, repeats.

    Each room and day is shown before anything is booked, with what stands against
    it. All that is ticked is booked in one go, or nothing is.
    """

    _name = "amss.room.book"
    _inherit = "amss.room.hours"
    _description = "Book a Room"

    room_ids = fields.Many2many(
        "amss.room",
        string="Rooms",
        domain="[('company_id', '=', company_id)]",
        # one archived meanwhile is named, not lost
        context={"active_test": False},
    )

    # When
    date_from = fields.Date(
        string="First Day",
        default=lambda self: self.env["amss.room.booking"]._default_date(),
    )
    date_to = fields.Date(
        string="Last Day",
        compute="_compute_date_to",
        store=True,
        readonly=False,
    )
    repeat = fields.Selection(REPEATS, required=True, default="none")
    every = fields.Integer(default=1)
    until = fields.Date(
        string="Repeat until", compute="_compute_until", store=True, readonly=False
    )
    mon = fields.Boolean()
    tue = fields.Boolean()
    wed = fields.Boolean()
    thu = fields.Boolean()
    fri = fields.Boolean()
    sat = fields.Boolean()
    sun = fields.Boolean()

    # What for
    name = fields.Char(string="Purpose")
    department_id = fields.Many2one(
        "hr.department",
        string="Group",
        default=lambda self: self.env.user.department_ids[:1],
        domain="[('company_id', 'in', (company_id, False))]",
    )
    headcount = fields.Integer(string="People")
    chair = fields.Char(string="Chaired by")
    coordinator = fields.Char(default=lambda self: self.env.user.name)
    phone = fields.Char(default=lambda self: self.env.user.phone)
    layout_id = fields.Many2one(
        "amss.room.layout",
        string="Layout",
        compute="_compute_layout_id",
        store=True,
        readonly=False,
        domain="[('room_id', 'in', room_ids)]",
    )
    one_room = fields.Boolean(compute="_compute_one_room")
    has_layouts = fields.Boolean(compute="_compute_one_room")
    equipment_ids = fields.Many2many("amss.room.equipment", string="Equipment")
    note = fields.Text(string="Other Wishes")
    attachment_ids = fields.Many2many("ir.attachment", string="Files")
    participant_ids = fields.Many2many("res.partner", string="Participants")
    alarm_ids = fields.Many2many(
        "calendar.alarm",
        string="Reminders",
        default=lambda self: self.env["amss.room.booking"]._default_alarm_ids(),
    )

    # What comes of it
    line_ids = fields.One2many(
        "amss.room.book.line",
        "book_id",
        string="Days",
        compute="_compute_line_ids",
        store=True,
        readonly=False,
    )
    obstacle = fields.Text(
        compute="_compute_obstacle", help="Why nothing can be booked like this."
    )
    warning = fields.Text(compute="_compute_warning")
    summary = fields.Char(compute="_compute_summary")
    failure = fields.Text(
        readonly=True, help="What went wrong when it was to be booked."
    )

    # ------------------------------------------------------------------
    # What follows from what is typed
    # ------------------------------------------------------------------
    @api.depends("date_from")
    def _compute_date_to(self):
        for dialog in self:
            if not dialog.date_to or (
                dialog.date_from and dialog.date_to < dialog.date_from
            ):
                dialog.date_to = dialog.date_from

    @api.depends("date_from", "repeat")
    def _compute_until(self):
        """A month of days or weeks, half a year of months, until something is typed."""
        for dialog in self:
            if dialog.repeat == "none" or not dialog.date_from:
                dialog.until = False
            elif not dialog.until or dialog.until < dialog.date_from:
                days = 28 if dialog.repeat in ("day", "week") else 180
                dialog.until = dialog.date_from + timedelta(days=days)

    @api.depends("room_ids")
    def _compute_layout_id(self):
        for dialog in self:
            if dialog.room_ids._origin != dialog.layout_id.room_id:
                dialog.layout_id = False

    @api.depends("room_ids")
    def _compute_one_room(self):
        for dialog in self:
            dialog.one_room = len(dialog.room_ids) == 1
            dialog.has_layouts = bool(dialog.room_ids.layout_ids)

    @api.depends(lambda self: self._fields_of_rows())
    def _compute_line_ids(self):
        for dialog in self:
            left_out = {
                (line.room_id, line.date)
                for line in dialog.line_ids
                if not line.take and not line.problem
            }
            rows = [] if dialog._obstacle() else dialog._rows()
            dialog.line_ids = [Command.clear()] + [
                Command.create(
                    {
                        "room_id": wish.room.id,
                        "date": wish.date,
                        "problem": problem,
                        "take": not problem and (wish.room, wish.date) not in left_out,
                    }
                )
                for wish, problem in rows
            ]

    @api.depends(lambda self: self._fields_of_rows())
    def _compute_obstacle(self):
        for dialog in self:
            dialog.obstacle = dialog._obstacle() if dialog.room_ids else False

    @api.depends("room_ids", "headcount", "layout_id", "equipment_ids")
    def _compute_warning(self):
        for dialog in self:
            dialog.warning = "\n".join(
                filter(None, (dialog._room_warning(room) for room in dialog.room_ids))
            )

    @api.depends("line_ids.take", "line_ids.problem")
    def _compute_summary(self):
        for dialog in self:
            dialog.summary = dialog._summary()

    @api.model
    def _fields_of_rows(self):
        """Fields that say which rows there are."""
        return (
            "room_ids",
            "date_from",
            "date_to",
            "slot",
            "hour_from",
            "hour_to",
            "repeat",
            "every",
            "until",
            "headcount",
            "layout_id",
            *WEEKDAYS,
        )

    @api.onchange("date_from")
    def _onchange_date_from(self):
        """The weekday of the first day is ticked, until several are."""
        if self.date_from and len(self._weekdays()) <= 1:
            for number, name in enumerate(WEEKDAYS):
                self[name] = number == self.date_from.weekday()

    # ------------------------------------------------------------------
    # Buttons
    # ------------------------------------------------------------------
    def action_book(self):
        """Book all that is ticked, or nothing.

        :raise UserError: when what is typed cannot be booked at all
        :return: what was booked; the dialog again, where somebody was faster
        """
        self.ensure_one()
        self._check_complete()
        taken = self.line_ids.filtered("take")
        wishes = [line._wish() for line in taken]
        problems = self.env["amss.room"]._problems(wishes)
        if any(problems):
            return self._open_again(filter(None, problems))
        try:
            with self.env.cr.savepoint():
                bookings = self._bookings().create(
                    [self._booking_values(line) for line in taken]
                )
        except ExclusionViolation as error:
            # somebody was faster by a moment: try anew with a look that shows it
            raise ConcurrencyError(str(error)) from error
        return self._told(bookings)

    def _check_complete(self):
        """:raise UserError: naming what is missing or cannot be"""
        obstacle = self._obstacle()
        if obstacle:
            raise UserError(obstacle)
        taken = self.line_ids.filtered("take")
        if len(taken) > MOST_ROWS:
            raise UserError(self._too_many())
        if not (self.name or "").strip():
            raise UserError(self.env._("Say what the room is for: fill in “Purpose”."))
        if not taken:
            raise UserError(
                self.env._(
                    "Nothing is ticked, so nothing would be booked. Tick a day, or "
                    "choose another time or room."
                )
            )

    def _bookings(self):
        """The bookings, without the defaults that were meant for this dialog."""
        env = self.env(context=clean_context(self.env.context))
        return env["amss.room.booking"]

    def _booking_values(self, line):
        """Give the values of the booking of one row."""
        values = {name: self[name] for name in COPIED}
        values = self.env["amss.room.booking"]._convert_to_write(values)
        if self.slot != "times":
            values.pop("hour_from")
            values.pop("hour_to")
        return {**values, "room_id": line.room_id.id, "date": line.date}

    def _open_again(self, problems):
        """Open the dialog with all that was typed, and say what has changed."""
        self._compute_line_ids()
        told = list(dict.fromkeys(problems))
        if len(told) > MOST_TOLD:
            told = [*told[:MOST_TOLD], "…"]
        self.failure = self.env._(
            "Nothing is booked yet, since meanwhile this has come between:\n"
            "%(problems)s\nLook at the days again, and book what is left.",
            problems="\n".join(told),
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Book a Room"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
        }

    def _told(self, bookings):
        """Say what is booked, with a link to it."""
        waiting = any(booking.state == "requested" for booking in bookings)
        if len(bookings) == 1:
            message, path = bookings._when_text(), f"{bookings._name}/{bookings.id}"
        else:
            message = self.env._("%(count)s bookings", count=len(bookings))
            path = f"{bookings[0].id}/room-request"
        title = (
            self.env._("Asked for; the keeper decides: %s", self.name)
            if waiting
            else self.env._("Booked: %s", self.name)
        )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "title": title,
                "message": f"{message} · %s",
                "links": [{"label": self.env._("Show"), "url": f"/odoo/{path}"}],
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    # ------------------------------------------------------------------
    # What can be had
    # ------------------------------------------------------------------
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

    def _room_warning(self, room):
        """Say what the room lacks, for who asks for it all the same."""
        room = room._origin
        found = [
            room._seats_problem(self.headcount, self.layout_id),
            room._equipment_problem(self.equipment_ids._origin),
        ]
        return "\n".join(filter(None, found))

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
