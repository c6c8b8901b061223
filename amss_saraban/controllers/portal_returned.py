# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Letters of the agency that came back: accept the return, put it right, go on."""

from odoo.http import request, route

from .portal import typed_text
from .portal_sent import LETTER, SchoolSent
from .portal_write import URL

RETURNED = "/my/letters/returned"


class SchoolReturned(SchoolSent):
    @route(
        [RETURNED, f"{RETURNED}/page/<int:page>"],
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_returned(self, page=1, **kw):
        """What addressees sent back and nobody has dealt with (หนังสือที่ถูกส่งคืน)."""
        domain = self._returned_domain(self._get_agency_sudo())
        rows, pager = self._page_of("amss.recipient", domain, RETURNED, page)
        values = self._school_values("amss_returned", rows=rows, pager=pager)
        return request.render("amss_saraban.portal_returned", values)

    @route(
        f"{LETTER}/accept-return",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_accept_return(self, document_id, **post):
        """Accept all returns of a letter; the page shows what to do next."""
        document = self._get_document_sudo(document_id)
        return self._do(
            document._returned()._accept_return,
            request.env._("The return is accepted. The letter shows what to do next."),
            f"{URL}/{document.id}",
        )

    @route(
        f"{LETTER}/take-off", type="http", auth="user", website=True, methods=["POST"]
    )
    def portal_take_off(self, document_id, reason="", **post):
        """Take the letter back from who said that it is not for them."""
        document = self._get_document_sudo(document_id)
        return self._do(
            lambda: document._returned("take_off")._recall(typed_text(reason)),
            request.env._("The addressee was taken off the letter."),
            f"{URL}/{document.id}",
        )

    @route(
        f"{LETTER}/returned-again",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_returned_again(self, document_id, **post):
        """Send the letter again to who could not open its files."""
        document = self._get_document_sudo(document_id)
        return self._do(
            document._returned("send_again")._send_again,
            request.env._("The letter was sent again."),
            f"{URL}/{document.id}",
        )

    @route(f"{LETTER}/anew", type="http", auth="user", website=True, methods=["POST"])
    def portal_write_anew(self, document_id, reason="", **post):
        """Void the letter and open its copy as a draft; see ``_new_version``."""
        document = self._get_document_sudo(document_id)
        drafts = []
        problem = self._try(
            lambda: drafts.append(document._new_version(typed_text(reason)))
        )
        if problem:
            self._tell(problem, "danger")
            return request.redirect(f"{URL}/{document.id}")
        self._tell(
            request.env._("This is the new draft. Correct it, then issue and send it.")
        )
        return request.redirect(f"{URL}/{drafts[0].id}/edit")
