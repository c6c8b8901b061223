# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.fields import Domain

from ..tools import search_text
from .amss_document_find import like


class AmssAnnouncement(models.Model):
    """A letter on the public pages of an office (S4).

    The row holds all that the public reads of the letter, as it was chosen when the
    letter was published: the pages look at nothing else. One that was withdrawn stays
    as the record of who published it and when; publishing again makes another row.
    """

    _name = "amss.announcement"
    _description = "Published Letter"
    _order = "published_at desc, id desc"
    _rec_name = "title"

    document_id = fields.Many2one(
        "amss.document",
        string="Letter",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    entry_id = fields.Many2one(
        "amss.register.entry",
        string="Register line",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
        help="The line by which the letter stands in the books of the agency.",
    )
    agency_id = fields.Many2one(
        "res.partner", required=True, readonly=True, ondelete="restrict"
    )
    # What the public reads
    title = fields.Char(required=True, readonly=True)
    sender_text = fields.Char(string="From", readonly=True)
    letter_number = fields.Char(string="Letter no.", readonly=True)
    letter_date = fields.Date(string="Dated", readonly=True)
    note = fields.Text(readonly=True)
    attachment_ids = fields.Many2many(
        "ir.attachment",
        "amss_announcement_attachment_rel",
        "announcement_id",
        "attachment_id",
        string="Public files",
        readonly=True,
    )
    # Who and when
    published_at = fields.Datetime(string="Published on", required=True, readonly=True)
    published_by_id = fields.Many2one(
        "res.users", string="Published by", required=True, readonly=True
    )
    updated_at = fields.Datetime(
        string="Last changed",
        required=True,
        readonly=True,
        help="When it was published, changed or withdrawn last.",
    )
    withdrawn_at = fields.Datetime(string="Withdrawn on", readonly=True)
    withdrawn_by_id = fields.Many2one("res.users", string="Withdrawn by", readonly=True)
    # For the screens
    state = fields.Selection(
        [("published", "Published"), ("withdrawn", "Withdrawn")],
        compute="_compute_state",
    )
    is_outdated = fields.Boolean(
        string="File corrected since",
        compute="_compute_is_outdated",
        search="_search_is_outdated",
        help="A public file was corrected, so it is no longer given out. Publish the "
        "corrected one by changing what is published.",
    )
    is_published = fields.Boolean(related="document_id.is_published")
    may_publish = fields.Boolean(
        compute="_compute_may_publish",
        help="Whether the user may change or withdraw it.",
    )
    public_url = fields.Char(string="Public page", compute="_compute_public_url")
    public_text = fields.Char(
        compute="_compute_public_text",
        store=True,
        index="trigram",
        help="What is searched: the texts as they are compared, and their skeletons.",
    )
    search_text = fields.Char(
        string="Title, number or note", store=False, search="_search_search_text"
    )

    _one_live = models.UniqueIndex(
        "(document_id, agency_id) WHERE withdrawn_at IS NULL",
        "This letter is published already. Open it again to change it.",
    )
    # the public pages: of one office, and of all
    _live_of_agency = models.Index(
        "(agency_id, published_at DESC, id DESC) WHERE withdrawn_at IS NULL"
    )
    _live = models.Index("(published_at DESC, id DESC) WHERE withdrawn_at IS NULL")
    # the list of the office, and since when the feeds are as they are
    _of_agency = models.Index("(agency_id, published_at DESC, id DESC)")
    _changes = models.Index("(updated_at DESC)")

    @api.depends("withdrawn_at")
    def _compute_state(self):
        for announcement in self:
            withdrawn = announcement.withdrawn_at
            announcement.state = "withdrawn" if withdrawn else "published"

    @api.depends("attachment_ids", "withdrawn_at")
    def _compute_is_outdated(self):
        for announcement in self:
            # sudo: yes or no, of files that the office itself has published
            files = announcement.sudo().attachment_ids
            announcement.is_outdated = not announcement.withdrawn_at and any(
                files.mapped("letter_superseded_at")
            )

    def _search_is_outdated(self, operator, value):
        if operator != "in":
            return NotImplemented
        # any!: tells only that there is such a file
        outdated = Domain("withdrawn_at", "=", False) & Domain(
            "attachment_ids", "any!", [("letter_superseded_at", "!=", False)]
        )
        return Domain.OR(outdated if wanted else ~outdated for wanted in value)

    def _compute_public_url(self):
        for announcement in self:
            announcement.public_url = (
                f"{announcement.get_base_url()}{announcement._public_path()}"
            )

    @api.depends_context("uid")
    @api.depends("entry_id")
    def _compute_may_publish(self):
        documents = self.env["amss.document"]
        for announcement in self:
            # sudo: the line that it stands in
            line = announcement.sudo().entry_id
            announcement.may_publish = documents._may_user_publish(line)

    @api.depends("title", "letter_number", "note")
    def _compute_public_text(self):
        for announcement in self:
            texts = (
                announcement.title,
                announcement.letter_number,
                announcement.note,
            )
            text = search_text.SEPARATOR.join(filter(None, texts))
            announcement.public_text = search_text.SEPARATOR.join(
                (search_text.norm(text), search_text.skeleton(text))
            )

    def _search_search_text(self, operator, value):
        if operator != "ilike":
            return NotImplemented
        return self._text_domain(value)

    @api.model
    def _text_domain(self, text):
        """Return the domain of what says all these words to the public.

        The subject is not asked: an office that writes another title means to keep
        the subject to itself.

        :param str text: as typed, with Thai or Arabic digits; empty for all
        """
        return Domain.AND(
            Domain.OR(
                Domain("public_text", "=like", like(written))
                for way in term.ways
                # a short word is found as it was typed alone
                for written in way[: 1 + (len(way[1]) >= search_text.INDEXED)]
            )
            for term in search_text.terms(text)
        )

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------
    def action_change(self):
        """Open the dialog to change what is published, or to publish again."""
        self.ensure_one()
        return self.document_id.action_open_publish()

    def action_withdraw(self):
        """Take these letters off the public pages, at once."""
        self._check_may_withdraw()
        count = self._withdraw()
        return self.env["amss.recipient"]._tell(
            self.env._("%s letters were withdrawn from the public page.", count)
        )

    def action_open_public(self):
        """Open the public page of this letter in a new tab."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": self._public_path(),
            "target": "new",
        }

    def action_open_document(self):
        """Open the letter, as the book that it stands in does."""
        self.ensure_one()
        return self.entry_id.action_open_document()

    def _check_may_withdraw(self):
        """Raise unless the user may publish, and so withdraw, these letters."""
        self.check_access("read")
        documents = self.env["amss.document"]
        # sudo: the lines that they stand in, void ones too
        if not all(map(documents._may_user_publish, self.sudo().entry_id)):
            raise documents._publish_error()

    # ------------------------------------------------------------------
    # Steps
    # ------------------------------------------------------------------
    def _withdraw(self):
        """Withdraw those of these that are published. Rights are the caller's to check.

        :return: number of letters withdrawn now
        """
        live = self.filtered(lambda announcement: not announcement.withdrawn_at)
        if not live:
            return 0
        now = fields.Datetime.now()
        # sudo: nobody writes these rows but the steps
        live = live.sudo()
        live.write(
            {
                "withdrawn_at": now,
                "withdrawn_by_id": self.env.uid,
                "updated_at": now,
            }
        )
        for agency, mine in live.grouped("agency_id").items():
            mine.document_id._record_event("unpublished", agency=agency)
        live.document_id.invalidate_recordset(["is_published"])
        return len(live)

    # ------------------------------------------------------------------
    # What the public pages ask
    # ------------------------------------------------------------------
    def _public_path(self):
        self.ensure_one()
        return f"/announcements/{self.id}"

    @api.model
    def _public_offices(self):
        """Return the agencies that have a public page: the offices hosted here."""
        # sudo: names of offices, which are public
        companies = self.env["res.company"].sudo()
        return companies.search([("partner_id.is_agency", "=", True)]).partner_id

    @api.model
    def _public_domain(self, offices, text=""):
        """Return the domain of what is published now, the only one for the public.

        :param offices: agencies whose pages are read
        :param str text: as typed in the search box
        """
        return (
            Domain("withdrawn_at", "=", False)
            & Domain("agency_id", "in", offices.ids)
            & self._text_domain(text)
        )

    def _public_files(self):
        """Return the files to give out: those chosen, unless corrected since.

        A corrected file is not what was chosen; the office looks at it and publishes
        it itself. Until then nothing is given out in its place.

        :return: ``ir.attachment``, sudo
        """
        self.ensure_one()
        # sudo: for visitors, who have been let in to this announcement
        announcement = self.sudo()
        return announcement.attachment_ids.filtered(
            lambda file: file.letter_file
            and not file.letter_superseded_at
            and file.res_model == "amss.document"
            and file.res_id == announcement.document_id.id
        ).sorted("id")
