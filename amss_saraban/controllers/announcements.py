# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The public pages: letters that an office has published, for everybody (S4).

Visitors have no right on any model. All that they get comes from the rows of
``amss.announcement`` that are published now; for everything else, and for what does
not exist, the answer is one and the same “not found”.
"""

import uuid

import pytz

from odoo import fields, http
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.http import request, route
from odoo.tools import format_date, human_size

from odoo.addons.amss_base.tools import thai

from ..tools import atom
from .portal import typed_text

URL = "/announcements"
OFFICE = f"{URL}/office/<int:office_id>"
LETTER = f"{URL}/<int:announcement_id>"
PAGE_SIZE = 20
FEED_SIZE = 50
#: no office has so many pages; a larger number is no page
MOST_PAGES = 100_000
#: no title is longer; what is typed beyond says nothing
MOST_TYPED = 200


class Announcements(http.Controller):
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
    def announcements(self, office_id=None, search="", page="1", **kw):
        """The letters that one office, or all offices here, have published."""
        offices = self._get_offices_sudo(office_id)
        search = typed_text(search)[:MOST_TYPED]
        page = int(page) if page.isdecimal() and page.isascii() else 1
        if not 0 < page <= MOST_PAGES:
            raise request.not_found()
        found = self._live_sudo().search(
            self._live_sudo()._public_domain(offices, search),
            limit=PAGE_SIZE + 1,
            offset=(page - 1) * PAGE_SIZE,
        )
        if page > 1 and not found:
            raise request.not_found()
        return self._render(
            "amss_saraban.announcements",
            announcements=found[:PAGE_SIZE],
            offices=self._get_offices_sudo(),
            office=offices if len(offices) == 1 else offices[:0],
            page_url=self._office_url(office_id),
            search=search,
            page=page,
            has_more=len(found) > PAGE_SIZE,
        )

    @route(
        LETTER,
        type="http",
        auth="public",
        website=True,
        multilang=False,
        readonly=True,
        methods=["GET"],
    )
    def announcement(self, announcement_id, **kw):
        """One published letter with its public files."""
        return self._render_letter(self._get_live_sudo(announcement_id))

    @route(
        f"{LETTER}/file/<int:file_id>",
        type="http",
        auth="public",
        website=True,
        multilang=False,
        readonly=True,
        methods=["GET"],
    )
    def announcement_file(self, announcement_id, file_id, **kw):
        """Download one public file of a published letter."""
        announcement = self._get_live_sudo(announcement_id)
        file = announcement._public_files().filtered(lambda one: one.id == file_id)
        if not file:
            raise request.not_found()
        try:
            # compares the stored file with its hash
            stream = request.env["ir.binary"]._get_stream_from(file)
        except UserError:
            return self._render_letter(announcement, damaged=file, status=503)
        response = stream.get_response(as_attachment=True)
        # kept by the browser, but asked for each time: it may be withdrawn
        response.headers["Cache-Control"] = "no-cache"
        return response

    # ------------------------------------------------------------------
    # Feed
    # ------------------------------------------------------------------
    @route(
        [f"{URL}/feed.atom", f"{OFFICE}/feed.atom"],
        type="http",
        auth="public",
        readonly=True,
        methods=["GET"],
        save_session=False,
    )
    def announcement_feed(self, office_id=None, **kw):
        """The newest published letters as an Atom feed (RFC 4287)."""
        offices = self._get_offices_sudo(office_id)
        live = self._live_sudo()
        newest = live.search(live._public_domain(offices), limit=FEED_SIZE)
        content = atom.render(
            self._feed_values(office_id, offices),
            [self._entry_values(announcement) for announcement in newest],
        )
        response = request.make_response(
            content,
            [
                ("Content-Type", atom.MEDIA_TYPE),
                ("Cache-Control", "no-cache"),
                ("X-Content-Type-Options", "nosniff"),
            ],
        )
        response.add_etag()
        return response.make_conditional(request.httprequest)

    def _feed_values(self, office_id, offices):
        # what was withdrawn has changed the feed as well
        last = self._live_sudo().search(
            [("agency_id", "in", offices.ids)], order="updated_at desc", limit=1
        )
        names = ", ".join(offices.mapped("name"))
        url = self._absolute(self._office_url(office_id))
        return {
            "id": self._lasting_id(self._office_url(office_id)),
            "title": request.env._("Announcements: %s", names),
            "updated": last.updated_at or fields.Datetime.to_datetime("1970-01-01"),
            # sudo: the name of the office, which is public
            "author": names or request.env.company.sudo().name,
            "links": [
                {
                    "rel": "self",
                    "type": "application/atom+xml",
                    "href": f"{url}/feed.atom",
                },
                {"rel": "alternate", "type": "text/html", "href": url},
            ],
        }

    def _entry_values(self, announcement):
        url = self._absolute(announcement._public_path())
        title = announcement.title
        if announcement.letter_number:
            title = f"{title} ({announcement.letter_number})"
        return {
            "id": self._lasting_id(announcement._public_path()),
            "title": title,
            "published": announcement.published_at,
            "updated": announcement.updated_at,
            "author": announcement.agency_id.name,
            "summary": announcement.note,
            "links": [
                {"rel": "alternate", "type": "text/html", "href": url},
                *(
                    {
                        "rel": "enclosure",
                        "type": file.mimetype,
                        "length": file.file_size,
                        "title": file.description or file.name,
                        "href": f"{url}/file/{file.id}",
                    }
                    for file in announcement._public_files()
                ),
            ],
        }

    def _lasting_id(self, path):
        """Return an id that stays when the server moves to another address."""
        # sudo: the id of the database alone; no letter
        parameters = request.env["ir.config_parameter"].sudo()
        database = uuid.UUID(parameters.get_param("database.uuid"))
        return uuid.uuid5(database, path).urn

    def _absolute(self, path):
        return f"{self._live_sudo().get_base_url()}{path}"

    # ------------------------------------------------------------------
    # What is public
    # ------------------------------------------------------------------
    def _live_sudo(self):
        # sudo: visitors read nothing; each search holds the domain of live rows
        return request.env["amss.announcement"].sudo()

    def _get_offices_sudo(self, office_id=None):
        """Return the offices asked for, or answer “not found”.

        :param int office_id: one of them; all if left out
        """
        offices = self._live_sudo()._public_offices()
        if office_id is None:
            return offices
        office = offices.filtered(lambda one: one.id == office_id)
        if not office:
            raise request.not_found()
        return office

    def _get_live_sudo(self, announcement_id):
        """Return a letter that is published now, or answer “not found”.

        Asks the letter itself once more: what is void or secret is never shown,
        whatever its announcement says.
        """
        if not 0 < announcement_id < 2**31:
            raise request.not_found()
        live = self._live_sudo()
        announcement = live.search(
            Domain("id", "=", announcement_id)
            & live._public_domain(live._public_offices())
            & Domain("document_id.state", "=", "registered")
            & Domain("document_id.secrecy", "=", "normal")
        )
        if not announcement:
            raise request.not_found()
        return announcement

    def _office_url(self, office_id):
        return URL if office_id is None else f"{URL}/office/{office_id}"

    # ------------------------------------------------------------------
    # How it looks
    # ------------------------------------------------------------------
    def _render_letter(self, announcement, damaged=None, status=200):
        return self._render(
            "amss_saraban.announcement",
            status=status,
            announcement=announcement,
            files=announcement._public_files(),
            office=announcement.agency_id,
            page_url=self._office_url(announcement.agency_id.id),
            damaged=damaged,
            human_size=human_size,
        )

    def _render(self, template, status=200, **values):
        values |= {
            "local_date": self._local_date,
            "published_on": self._published_on,
            "page_name": "amss_announcements",
        }
        response = request.render(template, values, status=status)
        # it may be withdrawn at any moment
        response.headers["Cache-Control"] = "private, no-cache"
        return response

    def _local_date(self, day):
        """Return a date as the reader writes it, in the Buddhist era if in Thai."""
        if not day:
            return ""
        if (request.env.lang or "").startswith("th"):
            return thai.format_thai_date(day)
        return format_date(request.env, day)

    def _published_on(self, announcement):
        """Return the day of publishing on the calendar of the office."""
        zone = announcement.agency_id._agency_timezone()
        moment = pytz.utc.localize(announcement.published_at)
        return self._local_date(moment.astimezone(zone).date())
