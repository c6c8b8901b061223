# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from odoo.addons.amss_base.tools import guard, locks

#: why a letter goes back; each leads its sender to another next step
RETURN_KINDS = [
    ("wrong_addressee", "Not for us: wrong addressee"),
    ("wrong_letter", "The letter itself is wrong or incomplete"),
    ("damaged_file", "A file is missing or cannot be opened"),
    ("other", "Another reason"),
]
#: minutes for which the buttons remind nobody of the same letter again
REMIND_PAUSE = 10


class AmssRecipient(models.Model):
    """One addressee of one letter: both sides see the same state.

    An addressee is an agency, or a person of an agency (``user_id``): of internal
    mail, or of a letter that the agency circulates among its own people.
    """

    _name = "amss.recipient"
    _inherit = ["amss.turn"]
    _description = "Addressee of a Letter"
    _order = "sent_at desc, id desc"
    _lock_space = locks.RECIPIENT

    document_id = fields.Many2one(
        "amss.document", required=True, readonly=True, ondelete="restrict"
    )
    agency_id = fields.Many2one(
        "res.partner",
        string="To agency",
        required=True,
        readonly=True,
        ondelete="restrict",
    )
    user_id = fields.Many2one(
        "res.users",
        string="To person",
        readonly=True,
        ondelete="restrict",
        help="The person addressed; empty when the agency itself is the addressee.",
    )
    sender_agency_id = fields.Many2one(
        "res.partner",
        string="From agency",
        required=True,
        readonly=True,
        ondelete="restrict",
        help="The agency that sent the letter, or that circulates it.",
    )
    state = fields.Selection(
        [
            ("sent", "Not opened"),
            ("opened", "Opened"),
            ("accepted", "Accepted"),
            ("returned", "Returned"),
            ("recalled", "Recalled"),
        ],
        required=True,
        readonly=True,
        default="sent",
    )
    sent_at = fields.Datetime(required=True, readonly=True)
    opened_at = fields.Datetime(readonly=True)
    opened_by_id = fields.Many2one("res.users", readonly=True)
    accepted_at = fields.Datetime(readonly=True)
    accepted_by_id = fields.Many2one("res.users", readonly=True)
    entry_id = fields.Many2one(
        "amss.register.entry",
        string="Receive line",
        readonly=True,
        index="btree_not_null",
    )
    receive_number = fields.Integer(
        related="entry_id.number", string="Receive no.", aggregator=None
    )
    returned_at = fields.Datetime(readonly=True)
    returned_by_id = fields.Many2one("res.users", readonly=True)
    return_kind = fields.Selection(RETURN_KINDS, string="Kind of return", readonly=True)
    return_reason = fields.Char(readonly=True)
    recalled_at = fields.Datetime(readonly=True)
    recalled_by_id = fields.Many2one("res.users", readonly=True)
    recall_reason = fields.Char(readonly=True)
    notice_state = fields.Selection(
        [("waiting", "Waiting"), ("done", "Sent"), ("none", "No address, or no need")],
        required=True,
        readonly=True,
        default="waiting",
        help="Whether the notice about this letter was sent.",
    )
    reminded_at = fields.Datetime(readonly=True)
    is_inbox = fields.Boolean(
        compute="_compute_is_inbox",
        search="_search_is_inbox",
        help="Whether the user's agency is the addressee.",
    )
    # Columns of the letter
    letter_number = fields.Char(related="document_id.letter_number")
    letter_date = fields.Date(related="document_id.letter_date", string="Dated")
    sender_text = fields.Char(related="document_id.sender_text")
    subject = fields.Char(related="document_id.subject")
    urgency = fields.Selection(related="document_id.urgency")
    file_count = fields.Integer(related="document_id.file_count")

    _one_addressee = models.UniqueIndex(
        "(document_id, agency_id, COALESCE(user_id, 0))",
        "This addressee has the letter already.",
    )
    _sent_by = models.Index(
        "(sender_agency_id, sent_at DESC, id DESC) WHERE user_id IS NULL"
    )
    _inbox = models.Index("(agency_id, sent_at DESC, id DESC) WHERE user_id IS NULL")
    _waiting = models.Index(
        "(agency_id, sent_at DESC, id DESC)"
        " WHERE state IN ('sent', 'opened') AND user_id IS NULL"
    )
    _notices = models.Index("(id) WHERE notice_state = 'waiting'")

    @api.depends_context("uid")
    @api.depends("agency_id", "user_id", "document_id")
    def _compute_display_name(self):
        for row in self:
            if row.is_inbox:
                row.display_name = row.document_id.sudo().display_name
            else:
                # sudo: the name of the letter, for who sees its addressees
                letter = row.document_id.sudo()
                name = letter.letter_number or letter.subject or ""
                row.display_name = f"{name} → {row._addressee_name()}"

    @api.depends_context("uid")
    @api.depends("agency_id", "user_id")
    def _compute_is_inbox(self):
        user = self.env.user
        for row in self:
            row.is_inbox = (
                row.user_id == user if row.user_id else row.agency_id == user.agency_id
            )

    def _search_is_inbox(self, operator, value):
        if operator not in ("in", "not in"):
            return NotImplemented
        # "not in" is answered here: a person's row is on neither side
        wanted = set(value) if operator == "in" else {True, False} - set(value)
        agency = self.env.user.agency_id.id
        agencies = Domain("user_id", "=", False)
        if len(wanted) != 1:
            return agencies & Domain(bool(wanted))
        field = "agency_id" if True in wanted else "sender_agency_id"
        return agencies & Domain(field, "=", agency)

    def _addressee_name(self):
        """Return the name of the person or agency that this row is about."""
        return self.user_id.name or self.agency_id.name

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------
    @api.model_create_multi
    def create(self, vals_list):
        self._check_step()
        return super().create(vals_list)

    def write(self, vals):
        self._check_step()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_never(self):
        raise UserError(
            self.env._("An addressee of a sent letter is never deleted. Recall it.")
        )

    def _check_step(self):
        if not guard.is_step(self.env):
            raise UserError(
                self.env._("What an addressee did is recorded by the system alone.")
            )

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------
    def action_open_document(self):
        """Open the letter; when its addressee's registrar does, it is marked opened."""
        self.ensure_one()
        if self.is_inbox and self.env.user.has_group(
            "amss_saraban.group_saraban_central"
        ):
            self._check_may_receive()
            self._mark_opened()
        if not self.is_inbox:
            return self.document_id.action_open()
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "views": [
                (self.env.ref("amss_saraban.amss_recipient_view_form").id, "form")
            ],
            "name": self.document_id.display_name,
        }

    def action_accept(self):
        """Accept these letters: each gets a number in the received register."""
        self._check_may_receive()
        entries = self._accept()
        numbers = [
            f"{entry.display_name} ({entry.letter_number or entry.subject})"
            for entry in entries
        ]
        return self._tell(
            self.env._("Receive number: %s", ", ".join(numbers)), sticky=True
        )

    def action_ask_recall(self):
        """Ask for the reason, then take the letters back."""
        self._check_may_recall()
        return self.env["amss.reason"]._ask(self, "_recall", self.env._("Recall"))

    def action_send_again(self):
        """Send a returned or recalled letter again, after the correction."""
        self._check_may_recall()
        self._send_again()
        return self._tell(self.env._("Sent again to %s addressees.", len(self)))

    def action_remind(self):
        """Send the notice again to those who have not opened the letter."""
        self._check_may_recall()
        return self._tell(
            self.env._(
                "%s addressees who have not opened the letter are reminded.",
                self._remind(),
            )
        )

    @api.model
    def _tell(self, message, sticky=False):
        """Return the action that shows ``message`` and refreshes the screen."""
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "sticky": sticky,
                "message": message,
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    # ------------------------------------------------------------------
    # Who may
    # ------------------------------------------------------------------
    def _check_may_receive(self):
        """Raise unless the user receives letters for the agency of these rows."""
        self.check_access("read")
        user = self.env.user
        own = all(row.agency_id == user.agency_id for row in self)
        if not own or not user.has_group("amss_saraban.group_saraban_central"):
            raise AccessError(
                self.env._("Only the central registrar of the addressee may do this.")
            )

    def _check_may_recall(self):
        """Raise unless the user may issue and send the letters of these rows."""
        self.check_access("read")
        self.document_id._check_may_issue()
