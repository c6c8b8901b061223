# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The secret links of a room: its calendar, and the display at its door."""

import re

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import consteq

from .amss_room import KEEPER

FEEDS = "/rooms/feed"
DOOR = "/rooms/door"
_TOKEN = re.compile(r"[\w-]{20,200}", re.ASCII)


def find_by_token(records, name, token):
    """Give the one record whose secret is this, or none.

    :param records: whose rights are those of the search
    :param str name: of the field that holds the secret
    :param str token: anything that a client may send
    """
    if not _TOKEN.fullmatch(token):
        return records.browse()
    found = records.search([(name, "=", token)], limit=1)
    return found if found and consteq(found[name], token) else records.browse()


class AmssRoom(models.Model):
    _inherit = "amss.room"

    feed_url = fields.Char(
        string="Calendar Link",
        compute="_compute_links",
        groups=KEEPER,
        help="Other programs subscribe to the bookings of the room with it.",
    )
    door_url = fields.Char(
        string="Door Link",
        compute="_compute_links",
        groups=KEEPER,
        help="A tablet at the door shows today's bookings with it.",
    )

    @api.depends("feed_token", "door_token", "keeper_ids")
    @api.depends_context("uid")
    def _compute_links(self):
        for room in self:
            room.feed_url = room.door_url = False
            # sudo: the keepers of the room give its links out, nobody else
            if room.is_kept and (secrets := room.sudo()).feed_token:
                base = room.get_base_url()
                room.feed_url = f"{base}{FEEDS}/room/{secrets.feed_token}.ics"
                room.door_url = f"{base}{DOOR}/{secrets.door_token}"

    def action_renew_links(self):
        """Make the secret links of the rooms anew; the old ones open nothing.

        :raise AccessError: for who does not keep one of the rooms
        """
        for room in self:
            if not room.is_kept:
                raise AccessError(
                    self.env._(
                        "The links of %(room)s are renewed by its keeper: %(keepers)s.",
                        room=room.name,
                        keepers=room._keeper_names(),
                    )
                )
        # sudo: keepers, checked above, change nothing else of a room
        for room in self.sudo():
            room.write({"feed_token": self._token(), "door_token": self._token()})

    @api.model
    def _room_of_token_sudo(self, name, token):
        """Give the room that a secret link opens, if it and its office are in use.

        :param str name: of the field that holds the secret
        :param str token: as it stands in the address
        """
        # sudo: who has the calendar's link may read the bookings of this room, who has
        # the door's sees its display and may check in
        room = find_by_token(self.sudo(), name, token)
        return room if room.company_id.active else self.browse()

    def _feed(self):
        """Give the calendar of the room, in the language of its office.

        :return: its name and a list of ``tools.ics.Entry``
        """
        self.ensure_one()
        lang = self.company_id.partner_id.lang
        bookings = self.env["amss.room.booking"].with_context(lang=lang)
        return self.name, bookings._feed_entries([("room_id", "=", self.id)])
