# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Steps of approval: whom a letter has to pass before it gets its number (ข้อ 43)."""

from odoo import api, fields, models, tools
from odoo.exceptions import UserError, ValidationError

#: what only offices that have steps see
MENUS = ("menu_my_approvals", "menu_in_approval", "menu_to_number")


class AmssApprovalStep(models.Model):
    """One step of approval of an office; an office without steps needs no approval."""

    _name = "amss.approval.step"
    _description = "Step of Approval"
    _order = "sequence, id"

    name = fields.Char(
        required=True, help="As the letter's history says it, such as Deputy director."
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        string="Office",
        required=True,
        index=True,
        ondelete="cascade",
        default=lambda self: self.env.user.company_id,
    )
    who = fields.Selection(
        [("head", "Head of the letter's group"), ("person", "A named person")],
        string="Who approves",
        required=True,
        default="head",
        help="The head is that of the responsible group of the letter; where it has "
        "none, of the group above.",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Person",
        ondelete="restrict",
        domain="[('share', '=', False), ('company_id', '=', company_id)]",
    )
    department_ids = fields.Many2many(
        "hr.department",
        string="Only letters of groups",
        domain="[('company_id', '=', company_id)]",
        help="With their sections. Empty: letters of all groups. Use it where each "
        "deputy looks after some groups.",
    )
    days = fields.Integer(
        string="Days allowed",
        default=1,
        help="After that it counts as late; an urgent letter may be due earlier. A "
        "negative number means that there is no due date.",
    )

    @api.constrains("who", "user_id", "company_id", "active")
    def _check_person(self):
        for step in self.filtered(lambda row: row.active and row.who == "person"):
            if not step.user_id:
                raise ValidationError(
                    self.env._("Choose the person who approves “%s”.", step.name)
                )
            if not step._may_approve(step.user_id):
                raise ValidationError(
                    self.env._(
                        "%(person)s is archived or works for another office, so "
                        "“%(step)s” needs somebody else.",
                        person=step.user_id.name,
                        step=step.name,
                    )
                )

    @api.constrains("department_ids", "company_id")
    def _check_groups(self):
        for step in self:
            if step.department_ids.company_id - step.company_id:
                raise ValidationError(
                    self.env._("“%s” names a group of another office.", step.name)
                )

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------
    @api.model_create_multi
    def create(self, vals_list):
        steps = super().create(vals_list)
        self.env.registry.clear_cache()
        return steps

    def write(self, vals):
        result = super().write(vals)
        self.env.registry.clear_cache()
        return result

    def unlink(self):
        result = super().unlink()
        self.env.registry.clear_cache()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        # sudo: whether a letter passed here, nothing of it
        rows = self.env["amss.assignment"].sudo()
        used = rows.search([("approval_step_id", "in", self.ids)], limit=1)
        if used:
            raise UserError(
                self.env._(
                    "Letters have passed “%s”, so it is archived instead of deleted.",
                    used.approval_step_id.name,
                )
            )

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------
    def action_add_usual(self):
        """Set up the usual two steps: head of the group, then director.

        :return: the list, with the new steps
        :raises UserError: when there are steps, or no one director
        """
        company = self.env.user.company_id
        steps = self.with_context(active_test=False)
        if steps.search_count([("company_id", "=", company.id)], limit=1):
            raise UserError(
                self.env._("There are steps already. Change them in the list.")
            )
        # sudo: who directs the administrator's own office
        directors = self.env.ref("amss_saraban.group_saraban_director").sudo()
        directors = directors.all_user_ids.filtered(
            lambda user: user.active and user.company_id == company
        )
        if len(directors) != 1:
            raise UserError(
                self.env._(
                    "%s persons of the office have the role Director. Add the steps "
                    "in the list and name the one who signs.",
                    len(directors),
                )
            )
        self.create(
            [
                {"name": self.env._("Head of group"), "who": "head", "sequence": 10},
                {
                    "name": self.env._("Director signs"),
                    "who": "person",
                    "user_id": directors.id,
                    "sequence": 30,
                },
            ]
        )
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    # ------------------------------------------------------------------
    # Which steps, and who
    # ------------------------------------------------------------------
    @api.model
    @tools.ormcache()
    def _agencies_asking(self):
        """Return the ids of agencies that have steps.

        Asked at each number: kept in memory, so that offices without steps pay
        nothing for them.
        """
        # sudo: which offices have steps, nothing more
        groups = self.sudo()._read_group([("active", "=", True)], ["company_id"])
        return frozenset(company.partner_id.id for (company,) in groups)

    @api.model
    def _of(self, documents):
        """Return the steps that each of these letters has to pass, in their order.

        Letters from outside, internal mail and letters of schools pass none.

        :param documents: ``amss.document``
        :return: dict: letter → its steps, sudo
        """
        asking = self._agencies_asking()
        asked = documents.filtered(
            lambda document: document.agency_id.id in asking
            and document.origin == "written"
            and document.doc_type != "mail"
        )
        # sudo: staff know their office's steps; groups and heads are read here alone
        steps = self.sudo()
        found = dict.fromkeys(documents, steps.browse())
        if asked:
            steps = steps.search([("company_id.partner_id", "in", asked.agency_id.ids)])
            # sudo: which steps concern the letter; nothing of it is given out
            for document in asked.sudo():
                found[document] = steps.filtered(
                    lambda step, letter=document: step._concerns(letter)
                )
        return found

    def _concerns(self, document):
        """Tell whether that letter passes this step."""
        if self.company_id.partner_id != document.agency_id:
            return False
        above = (document.department_id.parent_path or "").split("/")
        return not self.department_ids or bool(
            {str(group_id) for group_id in self.department_ids.ids} & set(above)
        )

    def _is_after(self, other):
        """Tell whether this step comes after another, which may be archived."""
        return (self.sequence, self.id) > (other.sequence, other.id)

    def _may_approve(self, user):
        return user.active and not user.share and user.company_id == self.company_id

    def _approver(self, document):
        """Return who approves that letter in this step.

        :param document: one ``amss.document``, sudo
        :return: ``res.users``
        :raises UserError: when there is nobody, naming the remedy
        """
        group = document.department_id
        if self.who == "person":
            user = self.user_id
        elif not group:
            raise UserError(
                self.env._(
                    "Letter “%s” has no responsible group, whose head approves it. "
                    "Choose the group on the letter.",
                    document.display_name,
                )
            )
        else:
            while group.parent_id and not group.manager_id:
                group = group.parent_id
            user = group.manager_id.user_id
        if not user or not self._may_approve(user):
            raise UserError(
                self.env._(
                    "Nobody can approve letter “%(name)s” in step “%(step)s”: "
                    "%(whom)s is missing or archived. Ask the administrator of the "
                    "office to name the head of the group or another person, or to "
                    "archive the step.",
                    name=document.display_name,
                    step=self.name,
                    whom=user.name or self.env._("the head of %s", group.name),
                )
            )
        return user

    def _deadline(self, document):
        """Return until when a letter that comes to this step today is due.

        :param document: one ``amss.document``, sudo
        """
        days = [self.days] if self.days >= 0 else []
        if document.urgency != "normal":
            urgent = self.company_id._amss_due_days(document.urgency)
            days += [] if urgent is None else [urgent]
        today = document.agency_id._agency_now().date()
        return fields.Date.add(today, days=min(days)) if days else False


class IrUiMenu(models.Model):
    _inherit = "ir.ui.menu"

    def _load_menus_blacklist(self):
        """Hide the lists of approval where the office has no steps."""
        hidden = super()._load_menus_blacklist()
        asking = self.env["amss.approval.step"]._agencies_asking()
        if self.env.user.agency_id.id not in asking:
            hidden += [
                menu.id
                for name in MENUS
                if (menu := self.env.ref(f"amss_saraban.{name}", False))
            ]
        return hidden
