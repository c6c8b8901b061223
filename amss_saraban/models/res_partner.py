# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError, UserError

from odoo.addons.amss_base.tools import locks

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
        if "agency_type" in vals and not vals["agency_type"]:
            self._check_no_letters()
        result = super().write(vals)
        if "agency_type" in vals:
            self._open_registers()
        return result

    def _check_no_letters(self):
        """Raise when an agency with letters would be an agency no more."""
        # sudo: whether there are letters, nothing of them
        lines = self.env["amss.register.entry"].sudo()
        rows = self.env["amss.recipient"].sudo()
        domain = [("agency_id", "in", self.ids)]
        used = (
            lines.search(domain, limit=1).agency_id
            or rows.search(domain, limit=1).agency_id
        )
        if used:
            raise UserError(
                self.env._(
                    "%s has sent or received letters, so it stays an agency. Archive "
                    "it if it is closed.",
                    used.display_name,
                )
            )

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
                " AND active AND NOT secret AND department_id IS NULL LIMIT 1",
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
