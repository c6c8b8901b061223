# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Who stands in for whom, from–to: letters of who is away are done meanwhile."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Domain

from odoo.addons.amss_base.tools import guard

from .amss_assignment import OPEN


class AmssSubstitute(models.Model):
    """One person stands in for another for some days."""

    _name = "amss.substitute"
    _description = "Stand-in for a Person"
    _order = "date_from desc, id desc"
    _rec_name = "user_id"

    user_id = fields.Many2one(
        "res.users",
        string="Who is away",
        required=True,
        index=True,
        ondelete="cascade",
        default=lambda self: self.env.user,
        domain="[('share', '=', False), ('company_id', '=', company_id)]",
    )
    substitute_id = fields.Many2one(
        "res.users",
        string="Who stands in",
        required=True,
        index=True,
        ondelete="cascade",
        domain="[('share', '=', False), ('company_id', '=', company_id), "
        "('id', '!=', user_id)]",
    )
    company_id = fields.Many2one(
        "res.company",
        string="Office",
        required=True,
        default=lambda self: self.env.user.company_id,
    )
    date_from = fields.Date(
        string="From", required=True, default=lambda self: self._today()
    )
    date_to = fields.Date(
        string="Until (inclusive)", required=True, default=lambda self: self._today()
    )
    note = fields.Char(string="Why", help="Such as official travel or leave.")

    @api.model
    def _today(self):
        return self.env.user.agency_id._agency_now().date()

    @api.constrains("user_id", "substitute_id", "date_from", "date_to")
    def _check_sense(self):
        for row in self:
            if row.date_to < row.date_from:
                raise ValidationError(
                    self.env._(
                        "The last day of %s lies before the first. Correct one.",
                        row.user_id.name,
                    )
                )
            if row.user_id == row.substitute_id:
                raise ValidationError(
                    self.env._("%s cannot stand in for themselves.", row.user_id.name)
                )
        self._check_one_at_a_time()

    @api.constrains("user_id", "substitute_id", "company_id")
    def _check_colleagues(self):
        for row in self:
            stands_in = row.substitute_id
            if not stands_in.active or stands_in.share:
                raise ValidationError(
                    self.env._(
                        "%s is archived or no staff of the office, so cannot stand in. "
                        "Choose a colleague.",
                        stands_in.name,
                    )
                )
            if (row.user_id | stands_in).company_id != row.company_id:
                raise ValidationError(
                    self.env._(
                        "%(person)s and %(stand_in)s do not both work for %(office)s. "
                        "Choose a colleague.",
                        person=row.user_id.name,
                        stand_in=stands_in.name,
                        office=row.company_id.name,
                    )
                )

    def _check_one_at_a_time(self):
        """Raise when somebody would have two stand-ins on one day."""
        others = self.search([("user_id", "in", self.user_id.ids)])
        for row in self:
            clash = others.filtered(
                lambda other, row=row: other != row
                and other.user_id == row.user_id
                and other.date_from <= row.date_to
                and other.date_to >= row.date_from
            )
            if clash:
                raise ValidationError(
                    self.env._(
                        "%(person)s has a stand-in for these days already: %(other)s.",
                        person=row.user_id.name,
                        other=clash[0].substitute_id.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        rows = super().create(vals_list)
        rows._check_may_set()
        rows._apply(rows.user_id)
        return rows

    def write(self, vals):
        self._check_may_set()
        users = self.user_id
        result = super().write(vals)
        self._check_may_set()
        self._apply(users | self.user_id)
        return result

    def unlink(self):
        self._check_may_set()
        users = self.user_id
        result = super().unlink()
        self._apply(users)
        return result

    def _check_may_set(self):
        """Raise unless users set their own stand-in, or keep the office's letters."""
        user = self.env.user
        may = user.has_group("amss_saraban.group_saraban_central")
        for row in self:
            own = row.user_id == user or (may and row.company_id == user.company_id)
            if not self.env.su and not own:
                raise AccessError(
                    self.env._(
                        "You can name who stands in for you, a colleague of your own "
                        "office; for others the central registrar does."
                    )
                )

    @api.model
    def _stand_ins(self, users):
        """Return who stands in today for whom of ``users``.

        :param users: ``res.users``
        :return: dict of ids: person away → who stands in
        """
        # sudo: who is away is no secret inside an office
        rows = self.sudo().search(
            [
                ("user_id", "in", users.ids),
                ("date_from", "<=", fields.Date.add(self._utc_today(), days=1)),
                ("date_to", ">=", fields.Date.subtract(self._utc_today(), days=1)),
            ]
        )
        stand_ins = {}
        for row in rows.filtered("substitute_id.active"):
            today = row.user_id.agency_id._agency_now().date()
            if row.date_from <= today <= row.date_to:
                stand_ins[row.user_id.id] = row.substitute_id.id
        return stand_ins

    @api.model
    def _utc_today(self):
        return fields.Datetime.now().date()

    @api.model
    def _apply(self, users):
        """Let who stands in today see and do what is open with these persons."""
        # sudo: the work of who is away; who may set a stand-in was checked
        rows = guard.stepping(self.env["amss.assignment"].sudo()).search(
            Domain("user_id", "in", users.ids) & Domain("state", "in", OPEN)
        )
        stand_ins = self._stand_ins(users)
        changed = rows.browse()
        for user, mine in rows.grouped("user_id").items():
            wanted = stand_ins.get(user.id, False)
            late = mine.filtered(lambda row, w=wanted: row.stand_in_id.id != w)
            late.write({"stand_in_id": wanted})
            activities = guard.stepping(late.activity_ids)
            activities.with_context(mail_activity_quick_update=True).write(
                {"user_id": wanted or user.id}
            )
            changed |= late
        changed.document_id._refresh_readers()
        # who stands in for a head or registrar keeps the group meanwhile
        self.env["res.users"]._invalidate_user_departments()

    @api.model
    def _cron_apply(self):
        """Hand work over to who stands in from today, and back (daily)."""
        today = self._utc_today()
        rows = self.search(
            [
                ("date_from", "<=", fields.Date.add(today, days=1)),
                ("date_to", ">=", fields.Date.subtract(today, days=3)),
            ]
        )
        if rows:
            self._apply(rows.user_id)

    @api.model
    def _absent(self, users):
        """Return for whom these persons stand in today.

        :param users: ``res.users``
        :return: dict of id of who stands in → ``res.users`` who are away
        """
        today = self._utc_today()
        # sudo: who is away is no secret inside an office
        rows = self.sudo().search(
            [
                ("substitute_id", "in", users.ids),
                ("date_from", "<=", fields.Date.add(today, days=1)),
                ("date_to", ">=", fields.Date.subtract(today, days=1)),
            ]
        )
        absent = {}
        for row in rows:
            today = row.user_id.agency_id._agency_now().date()
            if row.date_from <= today <= row.date_to:
                before = absent.get(row.substitute_id.id, self.env["res.users"])
                absent[row.substitute_id.id] = before | row.user_id
        return absent


class ResUsers(models.Model):
    _inherit = "res.users"

    def _compute_registrar_department_ids(self):
        """Let who stands in for a head or registrar keep the group meanwhile."""
        result = super()._compute_registrar_department_ids()
        absent = self.env["amss.substitute"]._absent(self)
        if not absent:
            return result
        away = self.browse().union(*absent.values()).ids
        groups = self.env["hr.department"]
        tops = groups.search(
            ["|", ("registrar_ids", "in", away), ("manager_id.user_id", "in", away)]
        )
        tree = groups.search([("id", "child_of", tops.ids)])
        for user in self.filtered(lambda person: person._origin.id in absent):
            persons = absent[user._origin.id]
            kept = tops.filtered(
                lambda group, p=persons: (
                    group.registrar_ids | group.manager_id.user_id
                )
                & p
            )
            paths = tuple(kept.mapped("parent_path"))
            user.registrar_department_ids |= tree.filtered(
                lambda group, p=paths: p and group.parent_path.startswith(p)
            )
        return result

    def _amss_with_absent(self):
        """Return this person and those whom the person stands in for today."""
        self.ensure_one()
        absent = self.env["amss.substitute"]._absent(self)
        return self | absent.get(self.id, self.browse())


class AmssAssignment(models.Model):
    _inherit = "amss.assignment"

    @api.model
    def _put_stand_ins(self, rows):
        """Put who stands in today into values of assignments of persons away."""
        users = self.env["res.users"].browse(
            {row["user_id"] for row in rows if row.get("user_id")}
        )
        stand_ins = self.env["amss.substitute"]._stand_ins(users)
        for row in rows:
            row["stand_in_id"] = stand_ins.get(row.get("user_id"), False)
