# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from psycopg2.errors import ExclusionViolation

from odoo import Command, api, fields, models
from odoo.exceptions import ConcurrencyError, UserError
from odoo.tools.misc import clean_context

from ..tools.when import WEEKDAYS

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
    room_note = fields.Text(
        compute="_compute_room_note", help="What the rooms tell those who book."
    )
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
            layout, equipment = dialog.layout_id, dialog.equipment_ids._origin
            found = [
                room._warnings(dialog.headcount, layout, equipment)
                for room in dialog.room_ids._origin
            ]
            dialog.warning = "\n".join(filter(None, found))

    @api.depends("room_ids")
    def _compute_room_note(self):
        for dialog in self:
            dialog.room_note = "\n".join(
                f"{room.name}: {room.note}" for room in dialog.room_ids if room.note
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
