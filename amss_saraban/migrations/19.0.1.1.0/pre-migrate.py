# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tools import SQL

NAMES = ("letter_number", "subject", "sender_text", "addressee_text")


def migrate(cr, version):
    """Drop the indexes of single texts: one index of all texts took their place."""
    for name in NAMES:
        index = SQL.identifier(f"amss_document__{name}_index")
        cr.execute(SQL("DROP INDEX IF EXISTS %s", index))
