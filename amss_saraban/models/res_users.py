# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a user may read and do with letters; the letters of who leaves."""

from odoo import api, fields, models

from odoo.addons.amss_base.tools import guard

from .amss_assignment import OPEN


class ResUsers(models.Model):
    _inherit = "res.users"

    amss_reader_keys = fields.Json(
        compute="_compute_amss_reader_keys",
        compute_sudo=True,
        help="The keys of letters that the user may read.",
    )

    @property
    def SELF_READABLE_FIELDS(self):
        return super().SELF_READABLE_FIELDS + ["amss_reader_keys"]

    @api.depends(
        "agency_id", "department_ids", "registrar_department_ids", "all_group_ids"
    )
    def _compute_amss_reader_keys(self):
        for user in self:
            agency = user.agency_id.id
            keys = [f"u{user.id}"]
            keys += [f"r{group.id}" for group in user.registrar_department_ids]
            keys += [f"m{group_id}" for group_id in user._member_department_ids()]
            if user.has_group("amss_saraban.group_saraban_central") or user.has_group(
                "amss_saraban.group_saraban_director"
            ):
                keys.append("a")
            user.amss_reader_keys = [f"{agency}{key}" for key in keys]

    def _member_department_ids(self):
        """Return the ids of groups whose circulated letters are for this user.

        Those of employment with their sections, and the groups above them.
        """
        self.ensure_one()
        return sorted(
            {
                int(part)
                for group in self.department_ids
                for part in group.parent_path.split("/")
                if part
            }
        )

    @api.model
    def _invalidate_user_departments(self):
        result = super()._invalidate_user_departments()
        self.invalidate_model(["amss_reader_keys"])
        return result

    def _amss_may_route_anywhere(self):
        """Tell whether this user assigns letters to any group of the office.

        Central registrars and directors do, and who stands in for a director.
        """
        self.ensure_one()
        return self.has_group("amss_saraban.group_saraban_central") or any(
            user.has_group("amss_saraban.group_saraban_director")
            # sudo: the role of the colleague whom the user stands in for
            for user in self._amss_with_absent().sudo()
        )

    def action_archive(self):
        """Send the letters of who leaves back to who assigned them.

        What waits for their approval stays in “In approval”, where the proposal can be
        withdrawn.
        """
        self.check_access("write")
        # sudo: who may archive a user has no right on letters, and reads none here
        rows = self.env["amss.assignment"].sudo()
        rows = rows.search([("user_id", "in", self.ids), ("state", "in", OPEN)])
        work = rows.filtered(lambda row: row.kind != "approval")
        if work:
            work._return("other", self.env._("The person has left the office."))
        guard.stepping((rows - work).activity_ids).unlink()
        return super().action_archive()
