# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.amss_base.tools import guard

#: fixed from the moment the letter has its number
FROZEN = {
    "origin",
    "agency_id",
    "company_id",
    "doc_type",
    "is_circular",
    "letter_number",
    "letter_date",
    "subject",
    "sender_id",
    "sender_text",
    "addressee_text",
    "secrecy",
    "reply_to_id",
    "reference_ids",
}
#: fixed from the moment the letter was sent
FROZEN_ONCE_SENT = {"summary", "urgency", "reply_by"}
#: changed by the letter's own steps alone
STEP_ONLY = {
    "state",
    "entry_id",
    "entry_ids",
    "sent_at",
    "sent_by_id",
    "recipient_ids",
    "person_ids",
}
#: what letter and register line say alike, whichever of the two is written
ON_THE_LINE = {"department_id", "user_id", "remark"}

URGENCIES = [
    ("normal", "Normal"),
    ("urgent", "Urgent"),
    ("very_urgent", "Very urgent"),
    ("most_urgent", "Most urgent"),
]


class AmssDocument(models.Model):
    """An official letter: one, however many read it (ข้อ 9–10)."""

    _name = "amss.document"
    _description = "Official Letter"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "id desc"
    _rec_name = "subject"

    origin = fields.Selection(
        [("written", "Written here"), ("outside", "From outside the system")],
        required=True,
        default="written",
    )
    state = fields.Selection(
        [("draft", "Draft"), ("registered", "Registered"), ("void", "Void")],
        required=True,
        readonly=True,
        default="draft",
        copy=False,
    )
    agency_id = fields.Many2one(
        "res.partner",
        string="Kept by",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self.env.user.agency_id,
        help="The agency that wrote the letter, or that registered it from outside.",
    )
    company_id = fields.Many2one(
        "res.company",
        string="Hosting office",
        required=True,
        readonly=True,
        # the office that the user works for, whichever is ticked in the switcher
        default=lambda self: self.env.user.company_id,
    )
    doc_type = fields.Selection(
        [
            ("external", "External letter"),
            ("internal", "Internal letter"),
            ("stamped", "Stamped letter"),
            ("order", "Order or rule"),
            ("publicity", "Announcement or news"),
            ("record", "Record made or kept as evidence"),
            ("mail", "Internal mail"),
        ],
        string="Type of letter",
        required=True,
        default="external",
        help="The six types of official letters of ข้อ 10.",
    )
    is_circular = fields.Boolean(
        string="Circular (ว)",
        help="The same text goes to many addressees; ว stands before the number "
        "(ข้อ 32).",
    )
    letter_number = fields.Char(string="Letter no.", copy=False)
    letter_date = fields.Date(string="Dated", copy=False, default=lambda s: s._today())
    subject = fields.Char(tracking=False)
    summary = fields.Text()
    urgency = fields.Selection(URGENCIES, required=True, default="normal")
    secrecy = fields.Selection(
        [
            ("normal", "Not secret"),
            ("confidential", "Confidential"),
            ("secret", "Secret"),
            ("top_secret", "Top secret"),
        ],
        required=True,
        default="normal",
    )
    sender_id = fields.Many2one(
        "res.partner",
        string="From (agency)",
        index="btree_not_null",
        ondelete="restrict",
        domain=[("is_agency", "=", True)],
    )
    sender_text = fields.Char(
        string="From",
        compute="_compute_sender_text",
        store=True,
        precompute=True,
        readonly=False,
    )
    addressee_text = fields.Char(string="To")
    department_id = fields.Many2one(
        "hr.department",
        string="Responsible group",
        index="btree_not_null",
        default=lambda self: self.env.user.department_ids[:1],
    )
    user_id = fields.Many2one(
        "res.users",
        string="Responsible person",
        index="btree_not_null",
        default=lambda self: self.env.user if self.env.user._is_internal() else False,
        domain=[("share", "=", False)],
    )
    remark = fields.Text(string="Remarks")
    entry_id = fields.Many2one(
        "amss.register.entry",
        string="Register line",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="The line of this letter in the book of the agency that keeps it.",
    )
    entry_ids = fields.One2many(
        "amss.register.entry", "document_id", string="Lines in all books", copy=False
    )
    reserved_entry_id = fields.Many2one(
        "amss.register.entry",
        string="Use reserved number",
        copy=False,
        domain="[('state', '=', 'reserved'), ('agency_id', '=', agency_id), "
        "('kind', '=', 'sent')]",
    )
    register_number = fields.Integer(related="entry_id.number")
    recipient_ids = fields.One2many(
        "amss.recipient",
        "document_id",
        string="Addressees",
        domain=[("user_id", "=", False)],
        copy=False,
    )
    sent_at = fields.Datetime(readonly=True, copy=False)
    sent_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    reply_to_id = fields.Many2one(
        "amss.document", string="Replies to", index="btree_not_null"
    )
    reference_ids = fields.Many2many(
        "amss.document",
        "amss_document_reference_rel",
        "document_id",
        "reference_id",
        string="Refers to",
    )
    recipient_count = fields.Integer(
        string="Sent to", compute="_compute_recipient_count"
    )
    waiting_count = fields.Integer(
        string="Not opened", compute="_compute_recipient_count"
    )
    opened_count = fields.Integer(string="Opened", compute="_compute_recipient_count")
    accepted_count = fields.Integer(
        string="Accepted", compute="_compute_recipient_count"
    )
    returned_count = fields.Integer(
        string="Returned", compute="_compute_recipient_count"
    )

    # ------------------------------------------------------------------
    # Defaults and computes
    # ------------------------------------------------------------------
    def _today(self):
        """Return today in the user's agency; others date their letters themselves."""
        if self.env.context.get("default_origin") == "outside":
            return False
        agency = self.env.user.agency_id
        return agency._agency_now().date() if agency else fields.Date.today()

    @api.depends("sender_id", "origin", "agency_id")
    def _compute_sender_text(self):
        for document in self:
            sender = document.sender_id
            if document.origin == "written":
                sender = sender or document.agency_id
            document.sender_text = sender.name or document.sender_text

    @api.depends("recipient_ids.state")
    def _compute_recipient_count(self):
        groups = self.env["amss.recipient"]._read_group(
            [("document_id", "in", self.ids), ("user_id", "=", False)],
            ["document_id", "state"],
            ["__count"],
        )
        counts = {(doc.id, state): count for doc, state, count in groups}
        for document in self:
            by_state = {
                state: counts.get((document.id, state), 0)
                for state in ("sent", "opened", "accepted", "returned")
            }
            document.waiting_count = by_state["sent"]
            document.accepted_count = by_state["accepted"]
            document.returned_count = by_state["returned"]
            document.opened_count = by_state["opened"] + by_state["accepted"]
            document.recipient_count = sum(by_state.values())

    @api.depends("letter_number", "subject")
    def _compute_display_name(self):
        for document in self:
            parts = [document.letter_number, document.subject]
            document.display_name = " ".join(filter(None, parts)) or self.env._(
                "New letter"
            )

    # ------------------------------------------------------------------
    # Checks
    # ------------------------------------------------------------------
    @api.constrains("secrecy")
    def _check_secrecy(self):
        if any(document.secrecy != "normal" for document in self):
            raise ValidationError(
                self.env._(
                    "Secret letters cannot be kept in the system yet. Register them "
                    "in the paper book of the secret registrar."
                )
            )

    @api.constrains("reply_to_id")
    def _check_reply_to(self):
        if self._has_cycle("reply_to_id"):
            raise ValidationError(
                self.env._("A letter cannot reply to itself or to its own reply.")
            )

    def _check_frozen(self, vals):
        """Raise when ``vals`` would change what a number or a sending has fixed."""
        names = set(vals)
        for document in self:
            fixed = names & STEP_ONLY
            if document.state != "draft":
                fixed |= names & FROZEN
            if document.sent_at:
                fixed |= names & FROZEN_ONCE_SENT
            if fixed:
                field = self._fields[min(fixed)]
                raise UserError(
                    self.env._(
                        "Letter %(name)s has its number, so “%(field)s” cannot change "
                        "any more. Void the number with a reason and write the letter "
                        "anew.",
                        name=document.display_name,
                        field=field._description_string(self.env),
                    )
                )

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------
    @api.model_create_multi
    def create(self, vals_list):
        if not guard.is_step(self.env):
            for vals in vals_list:
                # set, not left out: a default in the context would fill it in
                vals |= {"state": "draft"} | dict.fromkeys(STEP_ONLY - {"state"}, False)
                origin = vals.get("origin") or self.env.context.get("default_origin")
                if origin != "outside":
                    vals["letter_number"] = False
        # the letter says who wrote it and when; a follower and a note "created" in
        # its chatter would say it again at the cost of two rows
        quiet = {"mail_create_nosubscribe": True, "mail_create_nolog": True}
        documents = super(AmssDocument, self.with_context(**quiet)).create(vals_list)
        return documents.with_env(self.env)

    def write(self, vals):
        if not guard.is_step(self.env):
            self._check_frozen(vals)
        result = super().write(vals)
        self._sync_line(ON_THE_LINE & set(vals))
        return result

    def _sync_line(self, names):
        """Carry what letter and line say alike over to the line.

        :param set names: fields of ``ON_THE_LINE`` that were written on the letter
        """
        if not names:
            return
        # sudo: who may write the letter keeps its line in step
        for document in self.sudo().filtered("entry_id"):
            entry = guard.stepping(document.entry_id)
            values = {
                name: document._fields[name].convert_to_write(document[name], document)
                for name in names
                if entry[name] != document[name]
            }
            if values:
                entry.write(values)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_numbered(self):
        for document in self:
            if document.state != "draft":
                raise UserError(
                    self.env._(
                        "Letter %s has a number and is never deleted. Void it with a "
                        "reason instead.",
                        document.display_name,
                    )
                )

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------
    def action_issue(self):
        """Give the letter its number and enter it in the sent register (ข้อ 43)."""
        self._check_may_issue()
        self._issue()

    def action_register_outside(self):
        """Enter a letter from outside in the received register (ข้อ 38).

        :return: an action that shows the number large, to write on the paper
        """
        self._check_may_receive()
        self._register_outside()
        return self.action_show_number()

    def action_show_number(self):
        """Show the register number large, to be written on the paper (ข้อ 37)."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Register number"),
            "res_model": self._name,
            "res_id": self.id,
            "target": "new",
            "views": [
                (self.env.ref("amss_saraban.amss_document_view_form_number").id, "form")
            ],
        }

    def action_open_send(self):
        """Open “send to schools” for this letter."""
        self.ensure_one()
        self._check_may_issue()
        return self.env["amss.send"]._ask(self)

    def action_open_recipients(self):
        """Open the list of addressees with what each has done."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "amss_saraban.amss_recipient_action_of_document"
        )
        return action | {
            "domain": [("document_id", "=", self.id), ("user_id", "=", False)],
            "context": {"default_document_id": self.id},
        }

    def action_ask_void(self):
        """Ask for the reason, then void the letter's number."""
        return self.entry_id.action_ask_void()
