# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL
from odoo.tools.misc import hmac

WINDOW = timedelta(hours=1)
# How many sign-ups an hour, by what they have in common. A whole office stands
# behind one address. System parameters of the same name change them.
LIMITS = {
    "amss_base.signup_limit_per_id": 5,
    "amss_base.signup_limit_per_address": 60,
    "amss_base.signup_limit_total": 300,
}


class AmssSignupAttempt(models.Model):
    """Sign-ups of the last hour, counted where all server processes see them.

    The IDs are not here: only six hexadecimal digits of a keyed hash, which
    tens of thousands of IDs share.
    """

    _name = "amss.signup.attempt"
    _description = "Staff Sign-up Attempt"
    _log_access = False

    attempted_at = fields.Datetime(required=True, index=True, readonly=True)
    id_key = fields.Char(required=True, readonly=True)
    address = fields.Char(required=True, readonly=True)

    @api.model
    def _take_turn(self, number, address):
        """Count one attempt, unless there have been too many.

        :param str number: the citizen ID, known to the office or not
        :param str address: the IP address it comes from
        :return: whether the attempt may go on
        :rtype: bool
        """
        key = hmac(self.env(su=True), "amss_base.signup", number)[:6]
        now = fields.Datetime.now()
        self.flush_model()
        [counts] = self.env.execute_query(
            SQL(
                """SELECT count(*) FILTER (WHERE id_key = %s),
                          count(*) FILTER (WHERE address = %s),
                          count(*)
                     FROM amss_signup_attempt
                    WHERE attempted_at > %s""",
                key,
                address,
                now - WINDOW,
            )
        )
        # sudo: nobody has rights on this model, and it holds only these counts
        get_param = self.env["ir.config_parameter"].sudo().get_param
        limits = [int(get_param(name, default)) for name, default in LIMITS.items()]
        if any(count >= limit for count, limit in zip(counts, limits, strict=True)):
            return False
        self.sudo().create({"attempted_at": now, "id_key": key, "address": address})
        return True

    @api.autovacuum
    def _gc_attempts(self):
        """Forget the attempts that no longer count."""
        outdated = fields.Datetime.now() - WINDOW
        self.sudo().search([("attempted_at", "<=", outdated)]).unlink()
