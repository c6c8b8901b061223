# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import re
from datetime import datetime

import pytz

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import email_normalize

from ..tools.thai import buddhist_year, normalize_text, to_arabic_digits

AGENCY_TYPES = [
    ("ministry", "Ministry"),
    ("obec", "OBEC"),
    ("area_primary", "Primary Area Office"),
    ("area_secondary", "Secondary Area Office"),
    ("school", "School"),
    ("government", "Other Government Agency"),
    ("private", "Private Body"),
    ("person", "Private Person"),
]
DEFAULT_TIMEZONE = "Asia/Bangkok"

# Annex 1 of the regulation B.E. 2526: consonants of the ministry, digits of
# the department and division, "." and up to three digits for bodies below it,
# up to four letters in brackets for committees. Lenient about lengths, since
# the codes are assigned outside this system.
COMMITTEE = r"(?: ?\([ก-ฮ.]{1,8}\))?"
LETTER_PREFIX = re.compile(
    rf"[ก-ฮ][ก-ฮ.]{{0,6}}{COMMITTEE} ?\d{{1,6}}(?:\.\d{{1,4}}){{0,3}}{COMMITTEE}"
)


class ResPartner(models.Model):
    _inherit = "res.partner"

    agency_type = fields.Selection(
        AGENCY_TYPES,
        index=True,
        tracking=True,
        help="What kind of correspondent this is. Leave empty for contacts that "
        "never send or receive official letters themselves.",
    )
    is_agency = fields.Boolean(compute="_compute_is_agency", store=True, index=True)
    agency_code = fields.Char(
        copy=False,
        tracking=True,
        help="The code by which the ministry or the office knows the agency; "
        "unique, without spaces.",
    )
    letter_prefix = fields.Char(
        tracking=True,
        help="What stands before the slash of the agency's letter numbers, "
        "e.g. “ศธ 04049” or, for a school, “ศธ 04049.012”.",
    )
    parent_agency_id = fields.Many2one(
        "res.partner",
        domain=[("is_agency", "=", True)],
        index="btree_not_null",
        help="The agency above this one, e.g. the area office of a school.",
    )
    child_agency_ids = fields.One2many(
        "res.partner", "parent_agency_id", string="Agencies Below"
    )
    child_agency_count = fields.Integer(compute="_compute_child_agency_count")
    saraban_email = fields.Char(
        help="The central e-mail address for official letters, "
        "e.g. saraban@example.go.th."
    )

    _agency_code_uniq = models.UniqueIndex(
        "(agency_code) WHERE agency_code IS NOT NULL",
        "Another agency already has this agency code.",
    )

    @property
    def _rec_names_search(self):
        return [*super()._rec_names_search, "agency_code", "letter_prefix"]

    @api.depends("agency_type")
    def _compute_is_agency(self):
        for partner in self:
            partner.is_agency = bool(partner.agency_type)

    def _compute_child_agency_count(self):
        groups = self._read_group(
            [("parent_agency_id", "in", self.ids)], ["parent_agency_id"], ["__count"]
        )
        counts = {parent.id: count for parent, count in groups}
        for partner in self:
            partner.child_agency_count = counts.get(partner.id, 0)

    @api.constrains("letter_prefix", "agency_type")
    def _check_letter_prefix(self):
        for partner in self.filtered("letter_prefix"):
            prefix = partner.letter_prefix
            lenient = partner.agency_type in ("private", "person")
            if "/" in prefix or not (lenient or LETTER_PREFIX.fullmatch(prefix)):
                raise ValidationError(
                    self.env._(
                        "“%(prefix)s” cannot be the letter prefix of %(agency)s. "
                        "Write the letters and digits that stand before the slash "
                        "of its letter numbers, for example “ศธ 04049” or "
                        "“ศธ 04049.012”.",
                        prefix=prefix,
                        agency=partner.display_name,
                    )
                )

    @api.constrains("saraban_email")
    def _check_saraban_email(self):
        for partner in self.filtered("saraban_email"):
            if not email_normalize(partner.saraban_email):
                raise ValidationError(
                    self.env._(
                        "“%(email)s” is not an e-mail address. Correct the saraban "
                        "e-mail of %(agency)s.",
                        email=partner.saraban_email,
                        agency=partner.display_name,
                    )
                )

    @api.constrains("parent_agency_id")
    def _check_parent_agency(self):
        if self._has_cycle("parent_agency_id"):
            raise ValidationError(
                self.env._(
                    "An agency cannot stand below itself. Choose another parent "
                    "agency for %(agencies)s.",
                    agencies=", ".join(self.mapped("display_name")),
                )
            )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._normalize_agency_vals(vals)
            if vals.get("agency_type") and not vals.get("tz"):
                vals["tz"] = DEFAULT_TIMEZONE
        return super().create(vals_list)

    def write(self, vals):
        self._normalize_agency_vals(vals)
        result = super().write(vals)
        if vals.get("agency_type"):
            self.filtered(lambda partner: not partner.tz).tz = DEFAULT_TIMEZONE
        return result

    def action_open_child_agencies(self):
        """Show the agencies below this one.

        :return: the action
        """
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "amss_base.res_partner_action_agency"
        )
        action["domain"] = [("parent_agency_id", "=", self.id)]
        action["context"] = {
            "default_is_company": True,
            "default_parent_agency_id": self.id,
        }
        return action

    @api.model
    def _normalize_agency_vals(self, vals):
        """Write codes one way, so that the same code never gets in twice.

        :param dict vals: values for create or write, changed in place
        """
        if vals.get("agency_type", "person") not in ("person", False):
            # so that the portal users below it work for it, and not for themselves
            vals["is_company"] = True
        if vals.get("agency_code"):
            code = to_arabic_digits(vals["agency_code"])
            vals["agency_code"] = "".join(code.split()).upper() or False
        elif "agency_code" in vals:
            vals["agency_code"] = False
        if vals.get("letter_prefix"):
            prefix = normalize_text(to_arabic_digits(vals["letter_prefix"]))
            vals["letter_prefix"] = prefix.removeprefix("ที่").strip() or False
        if vals.get("saraban_email"):
            vals["saraban_email"] = vals["saraban_email"].strip() or False

    def _agency_timezone(self):
        """Give the time zone whose calendar the agency's registers follow.

        :return: the pytz zone of ``tz``, Asia/Bangkok if none is set. Convert
            with ``astimezone``; never put it into a datetime with ``replace``.
        """
        self.ensure_one()
        return pytz.timezone(self.tz or DEFAULT_TIMEZONE)

    def _agency_now(self):
        """Give the time on the agency's wall clock.

        :return: aware datetime in the agency's time zone
        """
        return datetime.now(pytz.utc).astimezone(self._agency_timezone())

    def _agency_year(self, moment=None):
        """Give the Buddhist year of the agency's local date.

        :param moment: a date (taken as local), an aware datetime or, as Odoo
            stores them, a naive datetime in UTC; now if left out
        :return: the year B.E. as int, e.g. 2569
        """
        if moment is None:
            local = self._agency_now()
        elif isinstance(moment, datetime):
            aware = moment if moment.tzinfo else pytz.utc.localize(moment)
            local = aware.astimezone(self._agency_timezone())
        else:
            local = moment
        return buddhist_year(local)
