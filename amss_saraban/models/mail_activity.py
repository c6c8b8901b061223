# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.exceptions import UserError

from odoo.addons.amss_base.tools import guard

from .amss_assignment import OPEN

#: what an assignment says and its activity repeats
REPEATED = {"active", "date_deadline", "user_id", "res_id", "res_model_id"}


class MailActivity(models.Model):
    """The activity of an assignment: finishing either finishes both."""

    _inherit = "mail.activity"

    def _of_assignments(self):
        """Return those of these activities that stand for an assignment."""
        return self.filtered(lambda activity: activity.res_model == "amss.assignment")

    def _action_done(self, feedback=False, attachment_ids=None):
        ours = self._of_assignments()
        if ours:
            rows = self.env["amss.assignment"].browse(ours.mapped("res_id"))
            rows._check_mine()
            waiting = rows.filtered(
                lambda row: row.state == "new" and row.kind == "info"
            )
            waiting._accept()
            (rows - waiting).filtered(lambda row: row.state in OPEN)._report(
                feedback or self.env._("Done")
            )
        others = self - ours
        if not others:
            return self.env["mail.message"], self.env["mail.activity"]
        return super(MailActivity, others)._action_done(feedback, attachment_ids)

    def write(self, vals):
        if REPEATED & set(vals):
            self._check_step()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_assignment(self):
        self._check_step()

    def _check_step(self):
        """Raise when an assignment would change behind its back."""
        if not guard.is_step(self.env) and self._of_assignments():
            raise UserError(
                self.env._(
                    "This activity is an assigned letter. Open the letter to finish "
                    "it, to send it back or to have its due date changed by who "
                    "assigned it."
                )
            )
