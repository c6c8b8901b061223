# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a draft remembers before it is issued and sent."""

from odoo import fields, models


class AmssDocument(models.Model):
    _inherit = "amss.document"

    planned_agency_ids = fields.Many2many(
        "res.partner",
        "amss_document_planned_agency_rel",
        "document_id",
        "agency_id",
        string="To be sent to",
        copy=False,
        domain=[("is_agency", "=", True)],
        help="The agencies chosen on the draft; sending makes them addressees.",
    )
    form_key = fields.Char(
        readonly=True,
        copy=False,
        help="Marks the portal form that made this draft, so that a form sent twice "
        "makes one letter.",
    )

    _form_key = models.UniqueIndex(
        "(form_key) WHERE form_key IS NOT NULL",
        "This form was sent already.",
    )
