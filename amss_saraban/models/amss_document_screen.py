# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the screens of a letter need beside the letter itself."""

from odoo import api, fields, models
from odoo.fields import Domain

AREA_OFFICES = ("area_primary", "area_secondary")
#: what the form of a letter only shows; its screens never send it
LINES = ("entry_id", "entry_ids", "recipient_ids", "person_ids")


class AmssDocument(models.Model):
    _inherit = "amss.document"

    channel = fields.Selection(
        [
            ("hand", "Brought by hand"),
            ("post", "By post"),
            ("email", "By e-mail"),
            ("other", "In another way"),
        ],
        string="Came",
        help="How a letter from outside the system came in.",
    )
    is_own = fields.Boolean(
        compute="_compute_is_own",
        search="_search_is_own",
        help="Whether the user's agency keeps the letter.",
    )
    may_issue = fields.Boolean(
        compute="_compute_is_own", help="Whether the user may number and send it."
    )
    next_letter_number = fields.Char(
        compute="_compute_next_letter_number",
        help="The number that the letter would get now; somebody may take it first.",
    )
    file_rules = fields.Json(
        compute="_compute_file_rules", help="What may be attached, for early messages."
    )
    registered_at = fields.Datetime(related="entry_id.registered_at")
    action_note = fields.Char(related="entry_id.action_note", readonly=False)
    void_reason = fields.Char(related="entry_id.void_reason")
    open_count = fields.Integer(
        string="Opened, not accepted", compute="_compute_open_count"
    )

    # who writes a letter reads it; drafts; letters sent, newest first, with all that
    # tells who may read them, so that they are counted by indexes alone; to be sent
    _drafts = models.Index("(agency_id) WHERE state = 'draft'")
    _writer = models.Index("(create_uid)")
    _outbox = models.Index(
        "(agency_id, sent_at DESC) INCLUDE (id, doc_type, secrecy)"
        " WHERE sent_at IS NOT NULL"
    )
    _to_send = models.Index(
        "(agency_id) WHERE sent_at IS NULL AND state = 'registered'"
        " AND origin = 'written'"
    )

    @api.depends_context("uid")
    @api.depends("agency_id")
    def _compute_is_own(self):
        user = self.env.user
        # sudo: a setting of the user's own office
        unit_may = user.company_id.sudo().amss_unit_may_issue
        group = "unit" if unit_may else "central"
        may = user.has_group(f"amss_saraban.group_saraban_{group}")
        for document in self:
            document.is_own = document.agency_id == user.agency_id
            document.may_issue = may and document.is_own

    def _search_is_own(self, operator, value):
        if operator != "in":
            return NotImplemented
        own = Domain("agency_id", "=", self.env.user.agency_id.id)
        return Domain.OR(own if wanted else ~own for wanted in value)

    @api.depends("state", "origin", "agency_id", "is_circular", "reserved_entry_id")
    def _compute_next_letter_number(self):
        drafts = self.filtered(lambda doc: doc.state == "draft" and doc.agency_id)
        (self - drafts).next_letter_number = False
        # sudo: the next number of the writer's own book, nothing of others' letters
        registers = (
            self.env["amss.register"]
            .sudo()
            .search(
                [
                    ("agency_id", "in", drafts.agency_id.ids),
                    ("secret", "=", False),
                    ("department_id", "=", False),
                ]
            )
            .grouped(lambda register: (register.agency_id.id, register.kind))
        )
        for document in drafts:
            kind = "sent" if document.origin == "written" else "received"
            register = registers.get((document.agency_id.id, kind))
            if document.reserved_entry_id and kind == "sent":
                text = document.reserved_entry_id.letter_number
            else:
                text = register and register._next_text(document.is_circular)
            document.next_letter_number = text

    @api.depends_context("company")
    def _compute_file_rules(self):
        # sudo: two settings of the user's own office
        company = self.env.company.sudo()
        self.file_rules = {
            "types": company._letter_file_types(),
            "megabytes": company.amss_file_megabytes,
        }

    @api.depends("opened_count", "accepted_count")
    def _compute_open_count(self):
        for document in self:
            document.open_count = document.opened_count - document.accepted_count

    @api.onchange("is_circular", "origin")
    def _onchange_addressee_text(self):
        """Propose the usual addressee, so that it need not be typed each time."""
        if self.addressee_text or not self.agency_id:
            return
        if self.origin == "outside":
            self.addressee_text = self.env._("Director of %s", self.agency_id.name)
        elif self.is_circular and self.agency_id.agency_type in AREA_OFFICES:
            self.addressee_text = self.env._("Directors of schools under this office")

    @api.model_create_multi
    def create(self, vals_list):
        documents = super().create(vals_list)
        documents._check_references_readable()
        return documents

    def write(self, vals):
        result = super().write(vals)
        if {"reply_to_id", "reference_ids"} & set(vals):
            self._check_references_readable()
        return result

    def _check_references_readable(self):
        """Raise when a letter names another by its id that its writer may not read.

        Not a constraint: those run as superuser, who reads everything.
        """
        (self.reply_to_id | self.reference_ids).check_access("read")

    def onchange(self, values, field_names, fields_spec):
        """Give no column of a line or letter that a forged call names by its id."""
        named = self.browse(filter(None, [values.get("reply_to_id")]))
        named.check_access("read")
        values = {name: values[name] for name in values if name not in LINES}
        field_names = [name for name in field_names if name not in LINES]
        return super().onchange(values, field_names, fields_spec)

    def get_formview_id(self, access_uid=None):
        """Open letters from outside with the form of the received register."""
        if len(self) == 1 and self.origin == "outside":
            return self.env.ref("amss_saraban.amss_document_view_form_outside").id
        return super().get_formview_id(access_uid=access_uid)

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------
    def action_open(self):
        """Open the letter as the user's office has it: written here, or received."""
        self.ensure_one()
        self.check_access("read")
        came = not self.is_own and self._as_received()
        if came:
            return came
        return self.get_formview_action() | {"name": self.display_name}

    def _as_received(self):
        """Return the action that opens a letter of another agency as it came here.

        :return: ``None`` when it came neither to the office nor to the user
        """
        own = [
            ("document_id", "=", self.id),
            ("agency_id", "=", self.env.user.agency_id.id),
        ]
        came = self.env["amss.recipient"].search([*own, ("user_id", "=", False)])
        if came:
            return came.action_open_document()
        work = self.env["amss.assignment"].search(own)
        mine = work.filtered("is_mine") or work
        return mine[:1].action_open() if mine else None

    def action_register_next(self):
        """Open an empty form for the next letter from outside."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "amss_saraban.amss_document_action_new_received"
        )
        # a morning's letters do not pile up in the breadcrumb
        return action | {"target": "main"}

    def action_open_recipients_in_state(self):
        """Open the addressees of this letter that are in the state of the context."""
        action = self.action_open_recipients()
        name = self.env.context.get("recipient_filter")
        context = action["context"] | {f"search_default_{name}": 1}
        return action | {"context": context}

    def action_remind(self):
        """Send the notice again to addressees that have not opened the letter."""
        self._check_may_issue()
        return self.recipient_ids.filtered(lambda r: r.state == "sent").action_remind()
