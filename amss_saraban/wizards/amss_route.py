# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date

from odoo.addons.amss_base.tools import locks

from ..models.amss_document_event import DECISIONS
from .amss_reason import MOST_NAMED


class AmssRoute(models.TransientModel):
    """Assigns letters: to groups and persons, with an instruction and a due date.

    Who directs the office or a group endorses with it as well (เกษียน).
    """

    _name = "amss.route"
    _description = "Assign Letters"

    res_model = fields.Char(required=True, readonly=True)
    res_ids = fields.Json(required=True, readonly=True)
    record_names = fields.Text(readonly=True)
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    may_endorse = fields.Boolean(readonly=True)
    allowed_department_ids = fields.Many2many(
        "hr.department", compute="_compute_allowed"
    )
    allowed_user_ids = fields.Many2many("res.users", compute="_compute_allowed")
    list_id = fields.Many2one(
        "amss.route.list",
        string="Routing list",
        domain="[('company_id', '=', company_id)]",
    )
    owner_department_id = fields.Many2one("hr.department", string="Owner: group")
    owner_user_id = fields.Many2one("res.users", string="Owner: person")
    info_department_ids = fields.Many2many(
        "hr.department",
        "amss_route_department_rel",
        string="For information: groups",
    )
    info_user_ids = fields.Many2many(
        "res.users", "amss_route_user_rel", string="For information: persons"
    )
    phrase_id = fields.Many2one(
        "amss.phrase",
        string="Ready phrase",
        domain="[('company_id', 'in', (company_id, False))]",
    )
    instruction = fields.Text()
    decision = fields.Selection(DECISIONS)
    date_deadline = fields.Date(string="Due")
    list_name = fields.Char(
        string="Keep as routing list", help="Type a name to use these again."
    )
    is_done = fields.Boolean(readonly=True)

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------
    @api.model_create_multi
    def create(self, vals_list):
        wizards = super().create(vals_list)
        wizards._check_readable()
        return wizards

    def write(self, vals):
        result = super().write(vals)
        self._check_readable()
        return result

    def _check_readable(self):
        """Raise when a forged call names a list or phrase of another office."""
        self.list_id.check_access("read")
        self.phrase_id.check_access("read")

    # ------------------------------------------------------------------
    # Open
    # ------------------------------------------------------------------
    @api.model
    def _ask(self, records):
        """Open the dialog for letters, whatever list they were chosen in."""
        records.check_access("read")
        letters = records if records._name == "amss.document" else records.document_id
        wizard = self.create(
            {
                "res_model": records._name,
                "res_ids": records.ids,
                "record_names": "\n".join(
                    # sudo: the rows that name the letters were checked above
                    letters.sudo()[:MOST_NAMED].mapped("display_name")
                ),
                "company_id": self.env.user.company_id.id,
                "may_endorse": self._may_endorse(),
                "date_deadline": self._default_deadline(letters.sudo()),
            }
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Assign"),
            "res_model": self._name,
            "res_id": wizard.id,
            "views": [(False, "form")],
            "target": "new",
        }

    @api.model
    def _may_endorse(self):
        """Tell whether the user directs the office or one of its groups.

        Or stands in for who does.
        """
        user = self.env.user
        # sudo: whether the user, or whom the user stands in for, is head of a group
        users = user._amss_with_absent().sudo()
        heads = user.registrar_department_ids.sudo().manager_id.user_id
        return bool(users & heads) or any(
            person.has_group("amss_saraban.group_saraban_director") for person in users
        )

    @api.model
    def _default_deadline(self, letters):
        """Return the due date that the most urgent of them asks for (ข้อ 28)."""
        # sudo: settings of the user's own office
        company = self.env.user.company_id.sudo()
        today = self.env.user.agency_id._agency_now().date()
        days = [company._amss_due_days(letter.urgency) for letter in letters]
        days = [count for count in days if count is not None]
        return fields.Date.add(today, days=min(days)) if days else False

    @api.depends("company_id")
    def _compute_allowed(self):
        user = self.env.user
        departments = self.env["hr.department"].search(
            [("company_id", "=", user.company_id.id)]
        )
        if not user._amss_may_route_anywhere():
            departments &= user.registrar_department_ids
        users = self._users_of(departments)
        for wizard in self:
            wizard.allowed_department_ids = departments
            wizard.allowed_user_ids = users

    @api.model
    def _users_of(self, departments):
        """Return the active users of the office, or those employed in these groups."""
        user = self.env.user
        domain = [("share", "=", False), ("company_id", "=", user.company_id.id)]
        users = self.env["res.users"].search(domain)
        if user._amss_may_route_anywhere():
            return users
        # sudo: who works in the user's own groups
        employees = self.env["hr.employee"].sudo()
        employees = employees.search([("department_id", "in", departments.ids)])
        return users & employees.user_id.sudo(False)

    @api.onchange("list_id")
    def _onchange_list_id(self):
        if self.list_id:
            for name in (
                "owner_department_id",
                "owner_user_id",
                "info_department_ids",
                "info_user_ids",
            ):
                self[name] = self.list_id[name]

    @api.onchange("phrase_id")
    def _onchange_phrase_id(self):
        if self.phrase_id:
            texts = (self.instruction, self.phrase_id.name)
            self.instruction = "\n".join(filter(None, texts))
            self.phrase_id = False

    def action_all_groups(self):
        """Put in all groups, for information."""
        self.ensure_one()
        self.info_department_ids = (
            self.allowed_department_ids.filtered(lambda group: not group.parent_id)
            - self.owner_department_id
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Assign"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
        }

    # ------------------------------------------------------------------
    # Confirm
    # ------------------------------------------------------------------
    def action_confirm(self):
        """Assign the letters, with the endorsement if there is one, once."""
        self.ensure_one()
        locks.claim(self)  # from the second click of the same person
        if self.is_done:
            return {"type": "ir.actions.act_window_close"}
        targets = self._targets()
        self._check_sense(targets)
        if self.decision and not self._may_endorse():
            raise AccessError(
                self.env._("Only directors and heads of groups decide on letters.")
            )
        places = self._places()
        made = self.env["amss.assignment"]
        if targets:
            made = made._assign(
                places,
                targets,
                instruction=(self.instruction or "").strip() or False,
                date_deadline=self.date_deadline,
            )
        letters = made.document_id
        if self.decision:
            letters = letters.browse(place["document_id"] for place in places)
        self._record(letters)
        self._keep_list()
        self.is_done = True
        return self._tell_result(made, len(places) * len(targets) - len(made))

    def _record(self, letters):
        """Write what was decided, or to whom it went, into the letters' history."""
        letters._record_event(
            "endorsed" if self.decision else "assigned",
            (self.instruction or "").strip() or None,
            agency=self.env.user.agency_id,
            decision=self.decision,
            to_text=", ".join(self._target_names()) or False,
        )

    def _tell_result(self, made, left_out):
        message = self.env._("Assigned: %s", len(made))
        if not made and not self.decision:
            message = self.env._("All of these have the letter already.")
        elif not made:
            message = self.env._("The endorsement is recorded.")
        elif left_out:
            message = self.env._(
                "Assigned: %(new)s; left out, because they have it already: %(old)s",
                new=len(made),
                old=left_out,
            )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success" if made or self.decision else "warning",
                "message": message,
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def _targets(self):
        """Return the addressees as values of assignments."""
        owner = {"kind": "task", "is_owner": True}
        info = {"kind": "info", "is_owner": False}
        targets = []
        if self.owner_department_id and not self.owner_user_id:
            targets.append(owner | {"department_id": self.owner_department_id.id})
        if self.owner_user_id:
            targets.append(owner | {"user_id": self.owner_user_id.id})
        for group in self.info_department_ids - self.owner_department_id:
            targets.append(info | {"department_id": group.id})
        for person in self.info_user_ids - self.owner_user_id:
            targets.append(info | {"user_id": person.id})
        return targets

    def _target_names(self):
        owner = self.owner_user_id or self.owner_department_id
        groups = self.info_department_ids - self.owner_department_id
        persons = self.info_user_ids - self.owner_user_id
        return [*owner.mapped("name"), *groups.mapped("name"), *persons.mapped("name")]

    def _check_sense(self, targets):
        """Raise for no addressee, one that is not possible, or a past due date."""
        if not targets and not (self.decision or (self.instruction or "").strip()):
            raise UserError(
                self.env._("Choose a group or a person to whom the letter goes.")
            )
        if not targets and not self.decision:
            raise UserError(
                self.env._(
                    "Choose to whom the instruction goes, or a decision if it is an "
                    "endorsement for all who read the letter."
                )
            )
        self._check_targets()
        today = self.env.user.agency_id._agency_now().date()
        if self.date_deadline and self.date_deadline < today:
            raise UserError(
                self.env._(
                    "The due date %s is past. Choose today or a later day.",
                    format_date(self.env, self.date_deadline),
                )
            )

    def _check_targets(self):
        """Raise for an addressee that is archived or not the user's to assign to."""
        persons = self.owner_user_id | self.info_user_ids
        groups = self.owner_department_id | self.info_department_ids
        gone = [record.name for record in (*persons, *groups) if not record.active]
        if gone:
            raise UserError(
                self.env._(
                    "%s is archived, so no letter can go there. Choose another.",
                    gone[0],
                )
            )
        foreign = (persons - self.allowed_user_ids).mapped("name")
        foreign += (groups - self.allowed_department_ids).mapped("name")
        if foreign:
            raise UserError(
                self.env._(
                    "You can assign letters inside your own groups; %s is not in "
                    "them. Send the letter back to the central registry instead.",
                    foreign[0],
                )
            )

    def _keep_list(self):
        """Keep the addressees under the name typed, to be used again."""
        name = (self.list_name or "").strip()
        if not name:
            return
        self.env["amss.route.list"].create(
            {
                "name": name,
                "company_id": self.company_id.id,
                "owner_department_id": self.owner_department_id.id,
                "owner_user_id": self.owner_user_id.id,
                "info_department_ids": [(6, 0, self.info_department_ids.ids)],
                "info_user_ids": [(6, 0, self.info_user_ids.ids)],
            }
        )
