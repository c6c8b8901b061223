# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Calendars to subscribe to: of a room, and of one's own bookings.

Who has the secret link needs no login. A link that opens nothing says so in the same
words whatever the reason, so nothing can be learnt from trying.
"""

from hashlib import sha256

from odoo.http import Controller, request, route

from ..models.amss_room_links import FEEDS
from ..tools import ics

#: programs that fetch calendars say no language
LANGS = ("th_TH", "en_US")
HEADERS = {
    "X-Robots-Tag": "noindex, nofollow",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


class RoomFeeds(Controller):
    @route(
        f"{FEEDS}/room/<string:token>.ics",
        type="http",
        auth="public",
        methods=["GET"],
        readonly=True,
        save_session=False,
    )
    def room_feed(self, token, **kw):
        """The bookings of a room with purpose and group."""
        room = request.env["amss.room"]._room_of_token_sudo("feed_token", token)
        return self._answer(*room._feed()) if room else self._nothing()

    @route(
        f"{FEEDS}/my/<string:token>.ics",
        type="http",
        auth="public",
        methods=["GET"],
        readonly=True,
        save_session=False,
    )
    def my_feed(self, token, **kw):
        """The bookings of one requester in all rooms."""
        user = request.env["res.users"]._user_of_rooms_feed_sudo(token)
        return self._answer(*user._rooms_feed()) if user else self._nothing()

    def _answer(self, name, entries):
        """Give a calendar, or say that it is the one that the client has.

        :param str name: what programs call it
        :param list entries: of ``tools.ics.Entry``
        """
        tag = sha256(repr((name, entries)).encode()).hexdigest()[:32]
        if tag in request.httprequest.if_none_match:
            response = request.make_response("")
            response.status_code = 304
        else:
            response = request.make_response(ics.calendar(name, entries))
            response.headers["Content-Type"] = "text/calendar; charset=utf-8"
            response.headers["Content-Disposition"] = 'inline; filename="rooms.ics"'
        response.set_etag(tag)
        response.headers["Cache-Control"] = "private, no-cache"
        response.headers.update(HEADERS)
        return response

    def _nothing(self):
        """Say that the link opens nothing, in English, and in Thai if it is loaded."""
        languages = request.env["res.lang"]
        langs = [
            lang for lang in LANGS if lang == "en_US" or languages._get_data(code=lang)
        ]
        texts = (
            request.env(context={"lang": lang})._(
                "There is no calendar here. The link may have been renewed: ask the "
                "keeper of the room for the new one, or open “My Calendar Link” in the "
                "meeting rooms."
            )
            for lang in langs
        )
        response = request.make_response("\n\n".join(dict.fromkeys(texts)) + "\n")
        response.status_code = 404
        response.headers["Content-Type"] = "text/plain; charset=utf-8"
        response.headers["Cache-Control"] = "no-store"
        response.headers.update(HEADERS)
        return response
