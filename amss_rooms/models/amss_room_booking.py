# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import re
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.amss_base.tools import guard, locks

#: the states in which a booking holds its room
OCCUPYING = ("requested", "approved", "held")
STATES = [
    ("requested", "Requested"),
    ("approved", "Approved"),
    ("held", "Held"),
    ("refused", "Refused"),
    ("cancelled", "Cancelled"),
    ("no_show", "Nobody Came"),
]
SLOTS = [
    ("morning", "Morning"),
    ("afternoon", "Afternoon"),
    ("day", "Morning-Afternoon"),
    ("times", "Other Hours"),
]
#: what the steps alone write, and what a new booking has there
AT_FIRST = {
    "state": "requested",
    "request_id": False,
    "event_id": False,
    "decided_by_id": False,
    "decided_at": False,
    "reason": False,
    "checked_in_at": False,
}
STEP_FIELDS = AT_FIRST.keys()
TIME_FIELDS = {"room_id", "date", "slot", "hour_from", "hour_to"}
#: what the rules of a room look at
RULE_FIELDS = (*TIME_FIELDS, "headcount", "layout_id")
_EXISTING_KEY = re.compile(r'=\(\[(\d+),\d+\), \["([^"]+)","([^"]+)"\)\)\.?$')


def _taken_message(env, diagnostics):
    """Name who holds the room, for who comes second (the transaction is over)."""
    found = _EXISTING_KEY.search((diagnostics and diagnostics.message_detail) or "")
    holder = env["amss.room.booking"]
    if found:
        room_id, start, stop = found.groups()
        # sudo as in _problems: tells only what all of the office may read
        holder = holder.sudo().search(
            [
                ("room_id", "=", int(room_id)),
                ("start", "=", start),
                ("stop", "=", stop),
                ("state", "in", OCCUPYING),
            ],
            limit=1,
        )
    if holder:
        return holder.with_env(env)._holder_text()
    return env._(
        "Somebody has booked this room for that time a moment ago. Look at its "
        "timetable and choose another time or room."
    )


class AmssRoomBooking(models.Model):
    """The use of one room on one day from–to."""

    _name = "amss.room.booking"
    _description = "Room Booking"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "start desc, room_id, id desc"

    name = fields.Char(string="Purpose", required=True, tracking=True)
    state = fields.Selection(
        STATES,
        required=True,
        readonly=True,
        default="requested",
        copy=False,
        tracking=True,
    )
    room_id = fields.Many2one(
        "amss.room",
        required=True,
        index=True,
        ondelete="restrict",
        tracking=True,
    )
    company_id = fields.Many2one(
        related="room_id.company_id", store=True, precompute=True
    )

    # When: a local day and its hours; start and stop in UTC are made of them
    date = fields.Date(
        required=True, default=lambda self: self._default_date(), tracking=True
    )
    slot = fields.Selection(
        SLOTS, string="Time of Day", required=True, default="morning", tracking=True
    )
    hour_from = fields.Float(
        string="From",
        compute="_compute_hours_of_slot",
        store=True,
        readonly=False,
        precompute=True,
        tracking=True,
    )
    hour_to = fields.Float(
        string="Until",
        compute="_compute_hours_of_slot",
        store=True,
        readonly=False,
        precompute=True,
        tracking=True,
    )
    # not copied: they would move a copy back to the day of the original
    start = fields.Datetime(
        compute="_compute_moments",
        store=True,
        readonly=False,
        precompute=True,
        copy=False,
        index=True,
    )
    stop = fields.Datetime(
        string="End",
        compute="_compute_moments",
        store=True,
        readonly=False,
        precompute=True,
        copy=False,
    )
    hours = fields.Float(
        string="Hours Booked",
        compute="_compute_moments",
        store=True,
        precompute=True,
        aggregator="sum",
    )

    # Who and what for
    user_id = fields.Many2one(
        "res.users",
        string="Requester",
        required=True,
        index=True,
        default=lambda self: self.env.user,
        domain="[('share', '=', False), ('company_ids', '=?', company_id)]",
        tracking=True,
    )
    department_id = fields.Many2one(
        "hr.department",
        string="Group",
        index=True,
        default=lambda self: self.env.user.department_ids[:1],
        domain="[('company_id', 'in', (company_id, False))]",
        tracking=True,
    )
    headcount = fields.Integer(string="People", aggregator="sum", tracking=True)
    chair = fields.Char(string="Chaired by", tracking=True)
    coordinator = fields.Char(help="Whom to ask about the meeting.")
    phone = fields.Char()
    layout_id = fields.Many2one(
        "amss.room.layout",
        string="Layout",
        domain="[('room_id', '=', room_id)]",
        ondelete="set null",
        tracking=True,
    )
    equipment_ids = fields.Many2many("amss.room.equipment", string="Equipment")
    note = fields.Text(string="Other Wishes")
    attachment_ids = fields.Many2many("ir.attachment", string="Files", copy=False)
    participant_ids = fields.Many2many(
        "res.partner",
        string="Participants",
        help="They are invited by Odoo's calendar when the booking is approved.",
    )
    alarm_ids = fields.Many2many(
        "calendar.alarm",
        string="Reminders",
        default=lambda self: self._default_alarm_ids(),
    )

    # What came of it; written by the steps alone
    request_id = fields.Many2one(
        "amss.room.booking",
        string="Request",
        readonly=True,
        copy=False,
        index=True,
        ondelete="set null",
        help="The first booking of those that were asked for together.",
    )
    event_id = fields.Many2one(
        "calendar.event",
        string="Meeting",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    decided_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    decided_at = fields.Datetime(readonly=True, copy=False)
    reason = fields.Char(readonly=True, copy=False, tracking=True)
    checked_in_at = fields.Datetime(readonly=True, copy=False)
    change_note = fields.Char(
        string="Note on the change",
        compute="_compute_change_note",
        inverse="_inverse_change_note",
        help="Why a keeper changes the booking of somebody else; the requester is "
        "told.",
    )

    can_decide = fields.Boolean(compute="_compute_may")
    can_change = fields.Boolean(compute="_compute_may")
    needs_note = fields.Boolean(compute="_compute_may")

    # One room, one time, one holder, however many ask at once. int4range instead of
    # the plain id: that would need the extension btree_gist.
    _no_double_booking = models.Constraint(
        "EXCLUDE USING gist (int4range(room_id, room_id, '[]') WITH =,"
        " tsrange(start, stop, '[)') WITH &&)"
        " WHERE (state IN ('requested', 'approved', 'held'))",
        _taken_message,
    )
    _ends_after_start = models.Constraint(
        "CHECK (stop > start)",
        "The end of a booking lies before its beginning. Correct the hours.",
    )
    # S3's table has a year 543, of dates without a year
    _sane_year = models.Constraint(
        "CHECK (date BETWEEN '1957-01-01' AND '2156-12-31')",
        "A booking is in no such year. Correct its date.",
    )
    _headcount_not_negative = models.Constraint(
        "CHECK (headcount >= 0)", "Fewer than no people cannot come to a booking."
    )
    _company_start_idx = models.Index("(company_id, start)")
    # nearly all are held: what waits or is to come is few among many
    _open_idx = models.Index("(state, stop) WHERE state IN ('requested', 'approved')")

    @api.model
    def _default_date(self):
        return self.env.company.partner_id._agency_now().date()

    @api.model
    def _default_alarm_ids(self):
        """Half an hour before, until the office deletes that reminder."""
        # not env.ref: that asks the database anew for each booking
        found = self.env["ir.model.data"]._xmlid_to_res_id("calendar.alarm_notif_2")
        return self.env["calendar.alarm"].browse(found or ())

    # ------------------------------------------------------------------
    # What the user may
    # ------------------------------------------------------------------
    @api.depends("state", "start", "user_id", "room_id.keeper_ids")
    @api.depends_context("uid")
    def _compute_may(self):
        now = fields.Datetime.now()
        for booking in self:
            kept = booking.room_id.is_kept
            own = booking.user_id == self.env.user
            running = booking.state in ("requested", "approved")
            in_time = own and booking._is_before_deadline(now)
            booking.can_decide = kept and running
            booking.can_change = not booking.id or (running and (kept or in_time))
            booking.needs_note = bool(booking.id and running and kept and not in_time)

    def _is_before_deadline(self, now):
        """Whether requesters may still change and cancel this booking themselves."""
        self.ensure_one()
        return not self.start or now <= self.start - timedelta(
            hours=self.room_id.change_hours
        )

    def _compute_change_note(self):
        self.change_note = False

    def _inverse_change_note(self):
        """Tell the change with its reason; it is not kept on the booking itself."""
        for booking in self:
            note = (booking.change_note or "").strip()
            if not note:
                continue
            booking.message_post(
                body=self.env._("Changed by the keeper: %(note)s", note=note),
                partner_ids=(booking.user_id - self.env.user).partner_id.ids,
            )

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------
    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [
            self._with_day_and_hours(self._with_time_of_context(vals))
            for vals in vals_list
        ]
        self = self._without_time_in_context()
        if not guard.is_step(self.env):
            for vals in vals_list:
                self._refuse_step_fields(vals)
            # said outright, or defaults of the client would stand
            vals_list = [{**vals, **AT_FIRST} for vals in vals_list]
            rooms = self.env["amss.room"].browse(
                vals["room_id"] for vals in vals_list if vals.get("room_id")
            )
            # those who ask at once wait for each other, and for who archives the room
            locks.lock_rows(rooms)
            # before the database sees them: it refuses with fewer words
            drafts = (self._add_missing_default_values(vals) for vals in vals_list)
            self.browse().concat(*map(self.new, drafts))._check_rules()
        bookings = super().create(vals_list)
        if not guard.is_step(self.env):
            bookings._link_request()
            bookings._start()
        return bookings

    def write(self, vals):
        if guard.is_step(self.env) or not self:
            return super().write(vals)
        alike = self._alike(vals)
        if len(alike) > 1:
            return all([some.write(vals) for some in alike])
        vals = self._with_day_and_hours(vals)
        self._refuse_step_fields(vals)
        self._check_may_change(vals)
        moves = bool(TIME_FIELDS & vals.keys())
        if moves:
            rooms = self.room_id | self.env["amss.room"].browse(vals.get("room_id"))
            locks.lock_rows(rooms)
        if moves or {"headcount", "layout_id"} & vals.keys():
            self._drafts_with(vals)._check_rules(moves, ignore=self)
        agreed = {booking: booking._agreed() for booking in self}
        with self.env.protecting(self._hour_fields(), self._keeping_hours(vals)):
            result = super().write(vals)
        self._follow_up(agreed)
        self._update_events(vals.keys())
        return result

    def copy_data(self, default=None):
        """A copy is a new request, on the day and in the room that are chosen."""
        return super().copy_data({"user_id": self.env.uid, **(default or {})})

    def _refuse_step_fields(self, vals):
        named = STEP_FIELDS & vals.keys()
        if named:
            labels = ", ".join(
                self._fields[name]._description_string(self.env)
                for name in sorted(named)
            )
            raise UserError(
                self.env._(
                    "%s of a booking are not typed in. Use the buttons of the booking.",
                    labels,
                )
            )
