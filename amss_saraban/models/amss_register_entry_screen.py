# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the screens of the registers need beside the lines themselves."""

from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..tools import search_text
from .amss_register_entry import EDITABLE


class AmssRegisterEntry(models.Model):
    _inherit = "amss.register.entry"

    search_text = fields.Char(
        string="Number, subject, from or to", store=False, search="_search_search_text"
    )
    origin = fields.Selection(related="document_id.origin")
    attachment_ids = fields.One2many(related="document_id.attachment_ids")

    def _search_search_text(self, operator, value):
        """Find lines by one box over number, subject, from and to (S2).

        Two looks into indexes, joined by UNION: as one condition with OR the
        database would read the whole book.
        """
        if operator != "ilike":
            return NotImplemented
        texts = search_text.variants(value)
        if not texts:
            return Domain.TRUE
        letters = self.env["amss.document"]._text_domain(value)
        by_number = Domain.OR(Domain("letter_number", "ilike", text) for text in texts)
        by_number &= Domain("state", "=", "reserved")
        number = search_text.register_number(value)
        if number is not None:
            by_number |= Domain("number", "=", number)
        # access is that of the lines: the rules are put on the outer search
        queries = [
            self._search(domain, bypass_access=True).subselect()
            for domain in (Domain("document_id", "any!", letters), by_number)
        ]
        return Domain("id", "in", SQL("(%s UNION %s)", *queries))

    def onchange(self, values, field_names, fields_spec):
        """Give no column of another letter that a forged call names by its id."""
        values = {name: values[name] for name in values if name in EDITABLE}
        field_names = [name for name in field_names if name in EDITABLE]
        return super().onchange(values, field_names, fields_spec)

    def action_edit(self):
        """Open what the registrar may still write on the line (แก้ไข)."""
        self.ensure_one()
        view = self.env.ref("amss_saraban.amss_register_entry_view_form")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Line %s", self.display_name),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(view.id, "form")],
            "target": "new",
        }

    def action_use_reserved(self):
        """Open a new letter that will get this reserved number."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "amss_saraban.amss_document_action_new_sent"
        )
        context = {
            "default_origin": "written",
            "default_reserved_entry_id": self.id,
            "default_is_circular": self.is_circular,
            "default_department_id": self.department_id.id,
            "default_remark": self.remark,
        }
        return action | {"context": context}
