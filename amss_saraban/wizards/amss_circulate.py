# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


class AmssCirculate(models.TransientModel):
    """Asks to whom letters are circulated, or a mail is forwarded."""

    _name = "amss.circulate"
    _description = "Circulate Letters"

    document_ids = fields.Many2many(
        "amss.document", string="Letters", required=True, readonly=True
    )
    company_id = fields.Many2one(
        "res.company",
        string="Hosting office",
        required=True,
        default=lambda self: self.env.user.company_id,
    )
    all_groups = fields.Boolean(
        string="All groups", compute="_compute_all_groups", readonly=False
    )
    department_ids = fields.Many2many(
        "hr.department",
        string="To groups",
        context={"active_test": False},
        domain="[('company_id', '=', company_id)]",
        help="All who are employed in the group and its sections get it.",
    )
    user_ids = fields.Many2many(
        "res.users",
        string="To persons",
        context={"active_test": False},
        domain="[('share', '=', False), ('company_id', '=', company_id)]",
    )
    note = fields.Text(string="Message")

    @api.depends("department_ids")
    def _compute_all_groups(self):
        groups = self.env["amss.document"]._all_groups()
        for wizard in self:
            chosen = wizard.department_ids._origin
            wizard.all_groups = bool(groups) and not groups - chosen

    @api.onchange("all_groups")
    def _onchange_all_groups(self):
        """Choose all groups of the office, or none of them, with one click."""
        groups = self.env["amss.document"]._all_groups()
        if self.all_groups:
            self.department_ids |= groups
        elif not groups - self.department_ids._origin:
            self.department_ids = False

    @api.model_create_multi
    def create(self, vals_list):
        wizards = super().create(vals_list)
        # a forged call could name any letter and read its name from here
        wizards.document_ids.check_access("read")
        return wizards

    def write(self, vals):
        result = super().write(vals)
        self.document_ids.check_access("read")
        return result

    def onchange(self, values, field_names, fields_spec):
        """Name no letter that a forged call gives by its id."""
        values = {name: values[name] for name in values if name != "document_ids"}
        field_names = [name for name in field_names if name != "document_ids"]
        return super().onchange(values, field_names, fields_spec)

    @api.model
    def _ask(self, documents):
        """Open the dialog for these letters."""
        wizard = self.create({"document_ids": [fields.Command.set(documents.ids)]})
        mail = set(documents.mapped("doc_type")) == {"mail"}
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Forward") if mail else self.env._("Circulate"),
            "res_model": self._name,
            "res_id": wizard.id,
            "views": [(False, "form")],
            "target": "new",
        }

    def action_confirm(self):
        """Circulate; who has a letter already gets it once only."""
        self.ensure_one()
        documents = self.document_ids
        documents._check_may_circulate()
        rows, empty = documents._circulate(
            self.department_ids, self.user_ids, self.note
        )
        message = self.env._("Sent to %s persons.", len(rows.user_id))
        if not rows:
            message = self.env._("All of them have it already; nothing was sent twice.")
        return self.env["amss.recipient"]._tell_persons(message, empty)
