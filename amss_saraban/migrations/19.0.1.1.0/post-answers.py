# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Note on the letters that were answered already by which letter."""
    documents = api.Environment(cr, SUPERUSER_ID, {})["amss.document"]
    documents.search([("reply_to_id", "!=", False)])._refresh_answers()
