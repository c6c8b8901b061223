# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import SUPERUSER_ID, api

#: letters at a time
BATCH = 50_000


def migrate(cr, version):
    """Write down who may read the letters that are there already."""
    documents = api.Environment(cr, SUPERUSER_ID, {})["amss.document"]
    ids = documents.search([]).ids
    for start in range(0, len(ids), BATCH):
        documents.browse(ids[start : start + BATCH])._refresh_readers()
