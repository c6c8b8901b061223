# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from .amss_room_links import find_by_token


class ResUsers(models.Model):
    _inherit = "res.users"

    # opens the user's own bookings without a login; the dialog shows it, nothing else
    amss_rooms_token = fields.Char(
        string="Secret of My Calendar Link", copy=False, groups=fields.NO_ACCESS
    )

    _amss_rooms_token_uniq = models.UniqueIndex("(amss_rooms_token)")

    @api.model
    def _user_of_rooms_feed_sudo(self, token):
        """Give the user whose bookings a secret link opens, if still of the staff.

        :param str token: as it stands in the address
        """
        # sudo: who has the secret link may read the bookings of this user
        user = find_by_token(self.sudo(), "amss_rooms_token", token)
        is_staff = user and user.has_group("amss_rooms.group_rooms_user")
        return user if is_staff else self.browse()

    def _rooms_feed(self):
        """Give the calendar of the user's own bookings, in the user's language.

        :return: its name and a list of ``tools.ics.Entry``
        """
        self.ensure_one()
        bookings = self.env["amss.room.booking"].with_context(lang=self.lang)
        entries = bookings._feed_entries(
            [
                ("user_id", "=", self.id),
                ("company_id", "in", self.company_ids.ids),
            ],
            own=True,
        )
        return bookings.env._("My Room Bookings"), entries
