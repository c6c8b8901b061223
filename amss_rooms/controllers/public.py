# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The timetable of the rooms for everybody, without a login (S3).

Visitors have no right on any model. What they see is made by
``models/amss_room_public.py`` of the offices that show their timetable; for all
else, and for what does not exist, the answer is one and the same “not found”.
"""

from contextlib import suppress
from datetime import date

from odoo import fields, http
from odoo.http import STORED_SESSION_BYTES, request, route
from odoo.tools import date_utils, hmac

from odoo.addons.amss_base.tools.thai import BUDDHIST_OFFSET

from ..tools import months
from ..tools.when import month_text

URL = "/rooms"
OFFICE = f"{URL}/office/<string:office>"
BOOK = f"{URL}/book"
#: the month table of the web client
TIMETABLE = "/odoo/room-timetable"


class PublicRooms(http.Controller):
    # ------------------------------------------------------------------
    # Pages
    # ------------------------------------------------------------------
    @route(
        [URL, OFFICE],
        type="http",
        auth="public",
        website=True,
        multilang=False,
        readonly=True,
        methods=["GET"],
    )
    def rooms_years(self, office=None, **kw):
        """The bookings of an office by year and month, or a choice of offices."""
        offices, company = self._get_offices_sudo(office)
        if not offices:
            return self._missing()
        if not company:
            return self._choice(offices)
        rooms = company._amss_rooms_of()
        counts = rooms._year_counts(rooms)
        today = self._today(company)
        tag = self._tag(company.id, company.name, sorted(counts.items()), today)
        if self._is_known(tag):
            return self._not_modified(tag)
        return self._render(
            "amss_rooms.public_years",
            tag,
            title=request.env._("Bookings of the meeting rooms, %s", company.name),
            years=self._years(counts, today, self._url(offices, company)),
            months=months.month_names(request.env),
            login_url=BOOK,
        )

    @route(
        [f"{URL}/<string:month>", f"{OFFICE}/<string:month>"],
        type="http",
        auth="public",
        website=True,
        multilang=False,
        readonly=True,
        methods=["GET"],
    )
    def rooms_month(self, month, office=None, room=None, **kw):
        """The days of one month and the rooms, such as ``/rooms/2566-06``."""
        offices, company = self._get_offices_sudo(office)
        if not offices:
            return self._missing()
        now = (company or offices[0]).partner_id._agency_now()
        today = now.date()
        try:
            first = months.parse_month_key(month, today)
        except ValueError:
            return self._missing(offices)
        if not company:
            return self._choice(offices, first)
        url = self._url(offices, company)
        if month != months.month_key(first):
            query = {"room": room} if room else None
            return request.redirect_query(f"{url}/{months.month_key(first)}", query)
        rooms = company._amss_rooms_of()
        last = date_utils.end_of(first, "month")
        stamp = rooms._public_stamp(first, last)
        halves = [company._amss_slot_hours(slot) for slot in ("morning", "afternoon")]
        reach = sorted(rooms._public_reach(now).items())
        tag = self._tag(
            company.id, company.name, halves, stamp, today, reach, first, room
        )
        if self._is_known(tag):
            return self._not_modified(tag)
        return self._render_month(rooms, company, url, first, now, room, tag)

    @route(
        BOOK,
        type="http",
        auth="user",
        website=True,
        multilang=False,
        readonly=True,
        methods=["GET"],
    )
    def rooms_book(self, room=None, day=None, month=None, **kw):
        """The web client's timetable, after the login: where to book.

        What is no room, no day or no month is left out. Who is not of the staff, such
        as a school, is told so.

        :param room: id of a room, and ``day`` (ISO), for which to open the dialog
        :param month: to show, such as ``2566-06``
        """
        if not request.env.user.has_group("amss_rooms.group_rooms_user"):
            return self._render("amss_rooms.public_staff_only", status=403)
        query = {}
        if room and room.isdecimal() and room.isascii():
            query["room"] = room
        with suppress(ValueError):
            query["date"] = date.fromisoformat(day or "").isoformat()
            query["book"] = 1
        with suppress(ValueError):
            first = months.parse_month_key(month or "", fields.Date.today())
            query["month"] = first.strftime("%Y-%m")
        return request.redirect_query(TIMETABLE, query)

    # ------------------------------------------------------------------
    # What is public
    # ------------------------------------------------------------------
    def _get_offices_sudo(self, office=None):
        """Give the offices that show their timetable, and the one asked for.

        :param str office: id from the address; needed where there are several
        :return: (all, the one or none); nothing at all for an office not shown
        """
        offices = request.env["res.company"]._amss_rooms_shown()
        if office is None:
            return offices, offices if len(offices) == 1 else offices[:0]
        one = offices.filtered(lambda company: str(company.id) == office)
        return (offices, one) if one else (one, one)

    def _today(self, company):
        """Give the date on the office's calendar."""
        return company.partner_id._agency_now().date()

    def _url(self, offices, company):
        """Give the address of an office's pages: short where there is one office."""
        return URL if len(offices) == 1 else f"{URL}/office/{company.id}"

    # ------------------------------------------------------------------
    # Values
    # ------------------------------------------------------------------
    def _years(self, counts, today, url):
        """Give the rows of the table of years, each with its twelve months."""
        env = request.env
        names = months.month_names(env, short=False)
        is_thai = (env.lang or "").startswith("th")
        years = []
        for year in months.years_to_show(counts, today):
            buddhist = year + BUDDHIST_OFFSET
            count = [counts.get((year, month), 0) for month in range(1, 13)]
            years.append(
                {
                    "year": buddhist,
                    "gregorian": "" if is_thai else year,
                    "label": env._("Year %s", buddhist),
                    "total": env._("%s times", sum(count)),
                    "is_current": year == today.year,
                    "months": [
                        {
                            "url": f"{url}/{months.month_key(date(year, month, 1))}",
                            "name": names[month - 1],
                            "is_free": not many,
                            "label": env._("%s times", many) if many else env._("Free"),
                            "is_current": (year, month) == (today.year, today.month),
                        }
                        for month, many in enumerate(count, start=1)
                    ],
                }
            )
        return years

    def _render_month(self, rooms, company, url, first, now, room, tag):
        today = now.date()
        values = rooms._public_month(first, now)
        chosen = next((one for one in values["rooms"] if str(one["id"]) == room), None)
        all_rooms = values["rooms"]
        if chosen:
            values["rooms"] = [chosen]
            for day in values["days"]:
                day["cells"] = [
                    cell for cell in day["cells"] if cell["room_id"] == chosen["id"]
                ]
        response = self._render(
            "amss_rooms.public_month",
            tag,
            **values,
            all_rooms=all_rooms,
            chosen=chosen,
            title=request.env._(
                "Timetable of the meeting rooms, %(office)s, %(month)s",
                office=company.name,
                month=month_text(request.env, first),
            ),
            month_url=f"{url}/{months.month_key(first)}",
            years_url=url,
            book_url=BOOK,
            login_url=f"{BOOK}?month={months.month_key(first)}",
            is_now=first == today.replace(day=1),
            neighbours=self._neighbours(url, first, today, chosen),
        )
        if values["is_empty"] and first > today:
            # months without end: nothing for search engines
            response.headers["X-Robots-Tag"] = "noindex"
        return response

    def _neighbours(self, url, first, today, chosen):
        """Give text and address of the month before, this month and the month after;
        none where there is none to look at."""
        query = f"?room={chosen['id']}" if chosen else ""
        found = {}
        for name, month in (
            ("before", date_utils.subtract(first, months=1)),
            ("now", today.replace(day=1)),
            ("after", date_utils.add(first, months=1)),
        ):
            if month != first and months.is_likely_year(month.year, today):
                found[name] = {
                    "text": month_text(request.env, month),
                    "url": f"{url}/{months.month_key(month)}{query}",
                }
        return found

    # ------------------------------------------------------------------
    # Answers
    # ------------------------------------------------------------------
    def _choice(self, offices, first=None):
        """Let the visitor choose an office, for the same month if one is named."""
        suffix = f"/{months.month_key(first)}" if first else ""
        return self._render(
            "amss_rooms.public_offices",
            offices=[
                {"name": company.name, "url": f"{self._url(offices, company)}{suffix}"}
                for company in offices
            ],
        )

    def _missing(self, offices=()):
        """Say that there is no such page, with a way back where there is one."""
        return self._render(
            "amss_rooms.public_missing", status=404, back_url=URL if offices else "/"
        )

    def _render(self, template, tag=None, status=200, **values):
        values["page_name"] = "amss_rooms"
        response = request.render(template, values, status=status)
        self._set_caching(response, tag)
        return response

    def _set_caching(self, response, tag):
        # the page holds the visitor's session and name: for nobody else's eyes
        response.headers["Cache-Control"] = "private, no-cache"
        response.headers["Vary"] = "Cookie, Accept-Language"
        if tag:
            response.set_etag(tag, weak=True)

    def _tag(self, *parts):
        """Make the entity tag of a page of what it is made of.

        Besides the data: who reads it in which session and language, and the
        version of templates and assets, so that no page outlives an upgrade.
        """
        env, registry = request.env, request.env.registry
        versions = registry.cache_sequences
        parts += (
            env.lang,
            env.user.id,
            env.user.name,
            env.company.name,
            request.session.sid[:STORED_SESSION_BYTES],
            request.session.debug,
            registry.registry_sequence,
            versions.get("templates"),
            versions.get("assets"),
        )
        # sudo: the secret of the database, so that a tag tells nothing of the data
        return hmac(env(su=True), "amss_rooms_page", repr(parts))

    def _is_known(self, tag):
        return request.httprequest.if_none_match.contains_weak(tag)

    def _not_modified(self, tag):
        response = request.make_response("", status=304)
        self._set_caching(response, tag)
        return response
