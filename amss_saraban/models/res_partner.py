# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError

from ..tools import locks

#: agencies of these types keep books in this system from the start; the books of
#: others are opened when they first need one
KEEPS_BOOKS = ("area_primary", "area_secondary", "school")


class ResPartner(models.Model):
    _inherit = "res.partner"

    register_ids = fields.One2many("amss.register", "agency_id", string="Registers")

    @api.model_create_multi
    def create(self, vals_list):
        partners = super().create(vals_list)
        partners._open_registers()
        return partners

    def write(self, vals):
        result = super().write(vals)
        if "agency_type" in vals:
            self._open_registers()
        return result

    def _open_registers(self):
        """Give each office and school its received and its sent book."""
        agencies = self.filtered(lambda partner: partner.agency_type in KEEPS_BOOKS)
        if agencies:
            for kind in ("received", "sent"):
                self.env["amss.register"]._for_agency(agencies, kind)

    def _open_books(self, kind):
        """Open the ordinary book of that kind of agencies that have none yet.

        :param str kind: ``received`` or ``sent``
        :return: registers, sudo
        :raises ConcurrencyError: when another transaction has just opened one, so
            that the call is retried with a snapshot that shows it
        """
        locks.lock_rows(self)
        with locks.fresh_cursor(self.env) as cr:
            cr.execute(
                "SELECT 1 FROM amss_register WHERE agency_id = ANY(%s) AND kind = %s"
                " AND active AND NOT secret LIMIT 1",
                (self.ids, kind),
            )
            if cr.fetchone():
                raise ConcurrencyError("a book was opened a moment ago")
        # sudo: an agency gets its books by being one
        return (
            self.env["amss.register"]
            .sudo()
            .create([{"agency_id": partner.id, "kind": kind} for partner in self])
        )
