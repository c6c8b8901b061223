# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import secrets

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.amss_base.tools import locks

from ..tools.when import WEEKDAYS

KEEPER = "amss_rooms.group_rooms_keeper"
ADMINISTRATOR = "amss_rooms.group_rooms_admin"


class AmssRoom(models.Model):
    """A meeting room of an office."""

    _name = "amss.room"
    _description = "Meeting Room"
    _inherit = ["mail.thread", "image.mixin"]
    _order = "sequence, name, id"

    name = fields.Char(string="Room", required=True, tracking=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True, tracking=True)
    color = fields.Integer()
    company_id = fields.Many2one(
        "res.company",
        string="Office",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    department_id = fields.Many2one(
        "hr.department",
        string="Owner Group",
        domain="[('company_id', 'in', (company_id, False))]",
        help="The group that looks after the room.",
    )
    location = fields.Char(string="Place", help="Building and floor.")
    capacity = fields.Integer(string="Seats", tracking=True)
    over_capacity = fields.Selection(
        [("refuse", "Refuse the Booking"), ("warn", "Warn Only")],
        string="More people than seats",
        required=True,
        default="warn",
    )
    equipment_ids = fields.Many2many("amss.room.equipment", string="Equipment")
    layout_ids = fields.One2many("amss.room.layout", "room_id", string="Layouts")
    note = fields.Text(
        string="For those who book", help="Such as where to fetch the key."
    )

    # Who decides, and within which limits
    keeper_ids = fields.Many2many(
        "res.users",
        "amss_room_keeper_rel",
        "room_id",
        "user_id",
        string="Keepers",
        domain="[('share', '=', False), ('company_ids', '=?', company_id)]",
        help="They approve and refuse bookings of this room, and change them.",
    )
    needs_approval = fields.Boolean(default=True, tracking=True)
    notice_hours = fields.Integer(
        string="Book at least (hours before)",
        help="Keepers may book later than that.",
    )
    horizon_days = fields.Integer(
        string="Book at most (days ahead)",
        default=365,
        help="0 means without limit. Keepers may book further ahead.",
    )
    change_hours = fields.Integer(
        string="Own changes until (hours before)",
        help="Until then people change and cancel their own bookings; later the "
        "keeper does.",
    )
    public_detail = fields.Selection(
        [("all", "Purpose and group"), ("busy", "Only that it is taken")],
        string="The public sees",
        required=True,
        default="all",
    )
    checkin_minutes = fields.Integer(
        string="Release after (minutes without check-in)",
        help="Who has not checked in at the door so many minutes after the beginning "
        "loses the room. 0 means that nobody has to check in.",
    )

    # When it is open
    open_from = fields.Float(string="Open from", default=6.0, required=True)
    open_to = fields.Float(string="Open until", default=20.0, required=True)
    mon = fields.Boolean(default=True)
    tue = fields.Boolean(default=True)
    wed = fields.Boolean(default=True)
    thu = fields.Boolean(default=True)
    fri = fields.Boolean(default=True)
    sat = fields.Boolean(default=True)
    sun = fields.Boolean(default=True)
    resource_id = fields.Many2one(
        "resource.resource",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        ondelete="restrict",
        help="What closures of the room are entered for, as time off.",
    )

    # Secret links: who has one needs no login
    feed_token = fields.Char(
        copy=False, groups=fields.NO_ACCESS, default=lambda self: self._token()
    )
    door_token = fields.Char(
        copy=False, groups=fields.NO_ACCESS, default=lambda self: self._token()
    )

    is_kept = fields.Boolean(
        string="Kept by Me",
        compute="_compute_is_kept",
        search="_search_is_kept",
        help="Whether you decide about bookings of this room.",
    )

    _name_uniq = models.UniqueIndex(
        "(company_id, name) WHERE active",
        "This office has a room of that name already.",
    )
    _feed_token_uniq = models.UniqueIndex("(feed_token)")
    _door_token_uniq = models.UniqueIndex("(door_token)")
    _sense = models.Constraint(
        "CHECK (capacity >= 0 AND notice_hours BETWEEN 0 AND 8760"
        " AND horizon_days BETWEEN 0 AND 3650 AND change_hours BETWEEN 0 AND 8760"
        " AND checkin_minutes BETWEEN 0 AND 1440)",
        "Seats, hours, days and minutes of a room cannot be negative. Check-in is "
        "within a day, notice within a year, and a room is booked ten years ahead at "
        "most.",
    )

    @api.model
    def _token(self):
        return secrets.token_urlsafe(32)

    @api.depends("keeper_ids", "company_id")
    @api.depends_context("uid")
    def _compute_is_kept(self):
        is_admin = self.env.user.has_group(ADMINISTRATOR)
        for room in self:
            room.is_kept = is_admin or self.env.user in room.keeper_ids

    def _search_is_kept(self, operator, value):
        if operator != "in":
            return NotImplemented
        if self.env.user.has_group(ADMINISTRATOR):
            return [("id", "!=" if True in value else "=", False)]
        wanted = "in" if True in value else "not in"
        return [("keeper_ids", wanted, self.env.uid)]

    @api.constrains("name")
    def _check_name(self):
        for room in self:
            if not (room.name or "").strip():
                raise ValidationError(self.env._("A room needs a name. Fill it in."))

    @api.constrains("department_id", "keeper_ids", "company_id")
    def _check_people_of_office(self):
        for room in self:
            office, group = room.company_id, room.department_id
            if group.company_id and group.company_id != office:
                raise ValidationError(
                    self.env._(
                        "The group is none of %s, whose room this is. Choose another "
                        "group.",
                        office.name,
                    )
                )
            if any(
                user.share or office not in user.company_ids for user in room.keeper_ids
            ):
                raise ValidationError(
                    self.env._(
                        "Keepers of %(room)s work for %(office)s. Leave out who does "
                        "not.",
                        room=room.name,
                        office=office.name,
                    )
                )

    @api.constrains("open_from", "open_to")
    def _check_opening_hours(self):
        for room in self:
            if not 0 <= room.open_from < room.open_to <= 24:
                raise ValidationError(
                    self.env._(
                        "%s has to open before it closes, within one day. Correct its "
                        "opening hours.",
                        room.name,
                    )
                )

    @api.constrains(*WEEKDAYS)
    def _check_open_some_day(self):
        for room in self:
            if not any(room[day] for day in WEEKDAYS):
                raise ValidationError(
                    self.env._(
                        "%s is open on no day of the week. Choose a day, or archive "
                        "the room.",
                        room.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        self.check_access("create")
        # sudo: checked above; nobody else than rooms' administrators makes resources
        # of rooms, and they have no right on those of people
        resources = (
            self.env["resource.resource"]
            .sudo()
            .create([self._resource_values(vals) for vals in vals_list])
        )
        rooms = super().create(
            [
                {**vals, "resource_id": resource.id}
                for vals, resource in zip(vals_list, resources, strict=True)
            ]
        )
        rooms._grant_keeper_role()
        return rooms

    @api.model
    def _resource_values(self, vals):
        """Give the values of the resource of a room that is made with these."""
        office = self.env["res.company"].browse(vals.get("company_id"))
        office = office or self.env.company
        return {
            "name": vals.get("name") or "?",
            "resource_type": "material",
            "company_id": office.id,
            "calendar_id": False,
            "tz": office.partner_id._agency_timezone().zone,
        }

    def write(self, vals):
        if "resource_id" in vals:
            # a person's would be renamed and archived with the room
            raise UserError(self.env._("A room keeps the resource made for it."))
        if "company_id" in vals and (booked := self._booked([])):
            raise UserError(
                self.env._(
                    "%s has bookings, so it stays with its office. Archive it, and "
                    "make a new room.",
                    ", ".join(booked.mapped("name")),
                )
            )
        if vals.get("active") is False:
            # whoever is booking holds these rows too, and may have booked meanwhile
            locks.lock_rows(self)
            with locks.fresh_cursor(self.env) as cr:
                self.with_env(self.env(cr=cr))._check_nothing_ahead()
        result = super().write(vals)
        if "name" in vals or "active" in vals:
            # sudo: who may write the room; the resource follows it
            for room in self.sudo():
                room.resource_id.write({"name": room.name, "active": room.active})
        if "keeper_ids" in vals:
            self._grant_keeper_role()
        return result

    def copy_data(self, default=None):
        """A copy has a name of its own."""
        result = super().copy_data(default)
        if "name" not in (default or {}):
            for room, vals in zip(self, result, strict=True):
                vals["name"] = self.env._("%s (copy)", room.name)
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_booked(self):
        if booked := self._booked([]):
            raise UserError(
                self.env._(
                    "%s has bookings, which stay for the reports. Archive it instead.",
                    ", ".join(booked.mapped("name")),
                )
            )

    def unlink(self):
        # sudo: what create made goes with the room; who may delete that may do this
        resources = self.sudo().resource_id
        result = super().unlink()
        resources.unlink()
        return result

    def _booked(self, domain):
        """Give those of the rooms that have bookings of a domain."""
        # sudo: of people in other offices too; only the rooms are given
        found = (
            self.env["amss.room.booking"]
            .sudo()
            ._read_group([("room_id", "in", self.ids), *domain], ["room_id"])
        )
        return self.browse(room.id for [room] in found)

    def _check_nothing_ahead(self):
        """:raise UserError: when somebody still counts on one of the rooms"""
        ahead = [
            ("state", "in", ("requested", "approved")),
            ("stop", ">", fields.Datetime.now()),
        ]
        if booked := self._booked(ahead):
            raise UserError(
                self.env._(
                    "%s is booked in the days to come. Move or cancel these bookings "
                    "first, then archive it.",
                    ", ".join(booked.mapped("name")),
                )
            )

    def _grant_keeper_role(self):
        """Give those named as keepers the role that shows them the keepers' menu.

        The right itself hangs on each room's list of keepers.
        """
        group = self.env.ref(KEEPER)
        # sudo: only who may write rooms comes here, and a keeper's role alone is given
        lacking = self.sudo().keeper_ids.filtered(
            lambda user: group not in user.all_group_ids
        )
        lacking.write({"group_ids": [fields.Command.link(group.id)]})

    def _tz(self):
        """Give the zone in which the rooms' days and hours are meant.

        :return: pytz zone of the office, of the current one where no room is chosen
        """
        office = self.company_id[:1] or self.env.company
        return office.sudo().partner_id._agency_timezone()
