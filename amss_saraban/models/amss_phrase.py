# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models
from odoo.exceptions import AccessError


class AmssPhrase(models.Model):
    """What is written on letters again and again (เกษียน)."""

    _name = "amss.phrase"
    _description = "Ready Phrase"
    _order = "sequence, id"

    name = fields.Char(string="Phrase", required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", string="Office", help="Empty: for all offices here."
    )


class AmssRouteList(models.Model):
    """Groups and persons that letters go to again and again."""

    _name = "amss.route.list"
    _description = "Routing List"
    _order = "name, id"

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        string="Office",
        required=True,
        default=lambda self: self.env.user.company_id,
    )
    owner_department_id = fields.Many2one(
        "hr.department",
        string="Owner: group",
        domain="[('company_id', '=', company_id)]",
    )
    owner_user_id = fields.Many2one(
        "res.users",
        string="Owner: person",
        domain="[('share', '=', False), ('company_id', '=', company_id)]",
    )
    info_department_ids = fields.Many2many(
        "hr.department",
        "amss_route_list_department_rel",
        "list_id",
        "department_id",
        string="For information: groups",
        domain="[('company_id', '=', company_id)]",
    )
    info_user_ids = fields.Many2many(
        "res.users",
        "amss_route_list_user_rel",
        "list_id",
        "user_id",
        string="For information: persons",
        domain="[('share', '=', False), ('company_id', '=', company_id)]",
    )

    def write(self, vals):
        self._check_maker("write")
        return super().write(vals)

    def unlink(self):
        self._check_maker("unlink")
        return super().unlink()

    def _check_maker(self, operation):
        """Raise for a list of a colleague, which the record rule keeps from the user.

        :param str operation: ``write`` or ``unlink``
        :raises AccessError: naming the list and who made it
        """
        others = self._filtered_access("read") - self._filtered_access(operation)
        if others and self.has_access("read"):
            raise AccessError(
                self.env._(
                    "Routing list “%(name)s” was made by %(person)s. Only that person, "
                    "the central registrar and the director change or delete it.",
                    name=others[0].name,
                    person=others[0].create_uid.name,
                )
            )
