# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class CalendarPopoverDeleteWizard(models.TransientModel):
    _inherit = "calendar.popover.delete.wizard"

    def action_send_mail_and_delete(self):
        """The mail written here is the one that says it; no second one follows."""
        told = self.with_context(no_mail_to_attendees=True)
        return super(CalendarPopoverDeleteWizard, told).action_send_mail_and_delete()
