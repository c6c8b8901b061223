# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError


class AmssOfficeSettings(models.AbstractModel):
    """A dialog with settings of the user's own office, for who administers them.

    Odoo's own settings page is for who administers the whole database. The dialog's
    fields whose names begin with ``amss_`` are those of the office.
    """

    _name = "amss.office.settings"
    _description = "Settings of an Office"
    #: XML id of the group that may set this
    _administrators = ""

    company_id = fields.Many2one(
        "res.company",
        string="Office",
        required=True,
        readonly=True,
        default=lambda self: self.env.company,
    )

    @api.model
    def _setting_names(self):
        return [name for name in self._fields if name.startswith("amss_")]

    @api.model
    def default_get(self, fields_list):
        values = super().default_get(fields_list)
        # sudo: the settings of the user's own office
        company = self.env.company.sudo()
        names = [name for name in self._setting_names() if name in fields_list]
        return values | {name: company[name] for name in names}

    def _check_administrator(self):
        """:raise AccessError: for who does not administer these settings"""
        if not self.env.user.has_group(self._administrators):
            # sudo: the name of the role, for people who may not read groups
            role = self.env.ref(self._administrators).sudo().display_name
            raise AccessError(
                self.env._("Only people with the role “%s” may do this.", role)
            )

    def action_save(self):
        """Write the settings on the office.

        :raise AccessError: for who does not administer these settings
        """
        self.ensure_one()
        self._check_administrator()
        # sudo: checked above; these settings of the user's own office and no others
        self.env.company.sudo().write(
            {name: self[name] for name in self._setting_names()}
        )
        return {"type": "ir.actions.act_window_close"}
