# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The display at the door of a room, for a tablet: opened by a secret link.

Who has the link sees what everybody may see of the room's bookings, and may check
in. For a link that opens nothing the answer is “not found”, whatever is wrong.
"""

from odoo import http
from odoo.http import request, route

from ..models.amss_room_links import DOOR

ONE_DOOR = f"{DOOR}/<string:token>"
#: of no use to search engines, shared caches, or the sites that are linked to
HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
}


class RoomDoor(http.Controller):
    @route(
        ONE_DOOR,
        type="http",
        auth="public",
        website=True,
        multilang=False,
        readonly=True,
        methods=["GET"],
    )
    def rooms_door(self, token, late=None, **kw):
        """What goes on in a room now, and today's bookings; the page renews itself.

        :param late: says that nobody can check in any more for what was tapped
        """
        room = self._get_room_sudo(token)
        if not room:
            return self._render("amss_rooms.door_missing", status=404)
        return self._render(
            "amss_rooms.door",
            **room._door(),
            url=f"{DOOR}/{token}",
            is_late=bool(late),
        )

    @route(
        f"{ONE_DOOR}/check-in",
        type="http",
        auth="public",
        website=True,
        multilang=False,
        methods=["POST"],
    )
    def rooms_door_check_in(self, token, booking="", **kw):
        """Note that somebody has come, then show the door again.

        :param booking: id of a booking of the room
        """
        room = self._get_room_sudo(token)
        if not room:
            return self._render("amss_rooms.door_missing", status=404)
        found = room._door_booking(booking)
        done = bool(found) and found._check_in()
        again = request.redirect(f"{DOOR}/{token}{'' if done else '?late=1'}")
        again.headers.update(HEADERS)
        return again

    def _get_room_sudo(self, token):
        return request.env["amss.room"]._room_of_token_sudo("door_token", token)

    def _render(self, template, status=200, **values):
        response = request.render(template, values, status=status)
        response.headers.update(HEADERS)
        return response
