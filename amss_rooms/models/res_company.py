# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain


class ResCompany(models.Model):
    _inherit = "res.company"

    # S3 books by half-days; how long they are is each office's own matter
    amss_morning_from = fields.Float(string="Morning from", default=8.5, required=True)
    amss_morning_to = fields.Float(string="Morning to", default=12.0, required=True)
    amss_afternoon_from = fields.Float(
        string="Afternoon from", default=13.0, required=True
    )
    amss_afternoon_to = fields.Float(string="Afternoon to", default=16.5, required=True)
    amss_rooms_public = fields.Boolean(
        string="Public room timetable",
        default=True,
        help="Everybody sees the timetable of the rooms without logging in. What they "
        "see of a booking is set on each room.",
    )

    @api.constrains(
        "amss_morning_from",
        "amss_morning_to",
        "amss_afternoon_from",
        "amss_afternoon_to",
    )
    def _check_amss_half_days(self):
        for company in self:
            hours = (
                0.0,
                company.amss_morning_from,
                company.amss_morning_to,
                company.amss_afternoon_from,
                company.amss_afternoon_to,
                24.0,
            )
            rising = all(a <= b for a, b in zip(hours, hours[1:], strict=False))
            if not rising or hours[1] == hours[2] or hours[3] == hours[4]:
                raise ValidationError(
                    self.env._(
                        "The half-days of %s do not follow on each other. Correct the "
                        "hours: morning from, morning to, afternoon from, afternoon "
                        "to.",
                        company.name,
                    )
                )

    def _amss_holidays(self):
        """Give the domain of closures of whole offices, which close all their rooms.

        Those of another working schedule, such as a night shift's, close none.
        """
        return Domain("resource_id", "=", False) & Domain.OR(
            Domain("company_id", "=", company.id)
            & Domain("calendar_id", "in", (False, company.resource_calendar_id.id))
            # sudo: the working schedule of an office is no secret
            for company in self.sudo()
        )

    def _amss_slot_hours(self, slot):
        """Give the hours of a time of day.

        :param str slot: ``morning``, ``afternoon`` or ``day``
        :return: from and to as hours of the local day, e.g. ``(8.5, 12.0)``
        """
        self.ensure_one()
        return {
            "morning": (self.amss_morning_from, self.amss_morning_to),
            "afternoon": (self.amss_afternoon_from, self.amss_afternoon_to),
            "day": (self.amss_morning_from, self.amss_afternoon_to),
        }[slot]

    def _amss_slot_of(self, hour_from, hour_to):
        """Give the time of day that hours are, ``times`` if they are none.

        :rtype: str
        """
        self.ensure_one()
        for slot in ("morning", "afternoon", "day"):
            if self._amss_slot_hours(slot) == (hour_from, hour_to):
                return slot
        return "times"
