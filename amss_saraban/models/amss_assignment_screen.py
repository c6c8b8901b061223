# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the inboxes and pages of assigned letters need beside the rows themselves."""

from odoo import api, fields, models
from odoo.fields import Domain

from ..tools import search_text
from .amss_assignment import OPEN


class AmssAssignment(models.Model):
    _inherit = "amss.assignment"

    search_text = fields.Char(
        string="Number, subject or agency", store=False, search="_search_search_text"
    )
    is_mine = fields.Boolean(
        compute="_compute_is_mine",
        search="_search_is_mine",
        help="Whether the user acts on it: own, stood in for, or of a group kept.",
    )
    is_my_own = fields.Boolean(
        string="My work",
        compute="_compute_is_mine",
        search="_search_is_my_own",
        help="Whether it is with the user in person.",
    )
    is_sent_back_to_me = fields.Boolean(
        compute="_compute_is_mine",
        search="_search_is_sent_back_to_me",
        help="Whether it was sent back to the user or a group kept, and waits there.",
    )
    may_route = fields.Boolean(compute="_compute_is_mine")
    may_withdraw = fields.Boolean(compute="_compute_is_mine")
    is_overdue = fields.Boolean(
        string="Overdue", compute="_compute_is_overdue", search="_search_is_overdue"
    )
    receive_number = fields.Integer(
        related="entry_id.number", string="Receive no.", aggregator=None
    )
    unit_number = fields.Integer(
        related="unit_entry_id.number", string="Group's receive no.", aggregator=None
    )
    timeline_ids = fields.One2many(
        "amss.document.event", compute="_compute_timeline_ids", string="History"
    )
    letter_assignment_ids = fields.One2many(
        "amss.assignment", compute="_compute_timeline_ids", string="Who has the letter"
    )

    def _search_search_text(self, operator, value):
        if operator != "ilike":
            return NotImplemented
        if not search_text.terms(value):
            return Domain.TRUE
        return self.env["amss.document"]._letters_saying(value)

    @api.depends_context("uid")
    @api.depends("user_id", "stand_in_id", "department_id", "state")
    def _compute_is_mine(self):
        user = self.env.user
        mine = self.filtered_domain(self._mine_domain())
        back = self.filtered_domain(self._sent_back_domain())
        may = user._amss_may_route_anywhere()
        keeps = bool(user.registrar_department_ids)
        central = user.has_group("amss_saraban.group_saraban_central")
        for row in self:
            row.is_mine = row in mine
            row.is_my_own = user in (row.user_id, row.stand_in_id)
            row.is_sent_back_to_me = row in back
            row.may_route = row in mine and (may or keeps)
            row.may_withdraw = row.kind != "approval" and (
                central or row.assigned_by_id == user
            )

    def _search_is_mine(self, operator, value):
        return self._yes_or_no(operator, value, self._mine_domain())

    def _search_is_my_own(self, operator, value):
        uid = self.env.uid
        own = Domain("user_id", "=", uid) | Domain("stand_in_id", "=", uid)
        return self._yes_or_no(operator, value, own)

    def _search_is_sent_back_to_me(self, operator, value):
        return self._yes_or_no(operator, value, self._sent_back_domain())

    @api.model
    def _yes_or_no(self, operator, value, domain):
        if operator != "in":
            return NotImplemented
        return Domain.OR(domain if wanted else ~domain for wanted in value)

    @api.model
    def _sent_back_domain(self):
        """Return the domain of what was sent back to the user and waits there."""
        user = self.env.user
        waiting = Domain("state", "=", "returned")
        waiting &= Domain("return_handled_at", "=", False)
        waiting &= Domain("agency_id", "=", user.agency_id.id)
        to_me = Domain("parent_user_id", "=", user.id)
        to_me |= Domain("parent_department_id", "in", user.registrar_department_ids.ids)
        top = Domain("parent_id", "=", False)
        if not user.has_group("amss_saraban.group_saraban_central"):
            top &= Domain("assigned_by_id", "=", user.id)
        return waiting & (to_me | top)

    @api.depends("state", "date_deadline")
    def _compute_is_overdue(self):
        today = self.env.user.agency_id._agency_now().date()
        for row in self:
            row.is_overdue = bool(
                row.state in OPEN and row.date_deadline and row.date_deadline < today
            )

    def _search_is_overdue(self, operator, value):
        today = self.env.user.agency_id._agency_now().date()
        late = Domain("state", "in", OPEN) & Domain("date_deadline", "<", today)
        return self._yes_or_no(operator, value, late)

    @api.depends_context("uid")
    @api.depends("document_id")
    def _compute_timeline_ids(self):
        # what the reader may see of it, not all that there is; nothing of what was
        # taken back
        letters = self.document_id.sudo(False)._filtered_access("read")
        for row in self:
            letter = row.document_id.sudo(False) & letters
            row.timeline_ids = letter.event_ids
            row.letter_assignment_ids = letter.assignment_ids

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------
    def action_open(self):
        """Open the letter as its addressee inside the office; it counts as seen."""
        self.ensure_one()
        if self.is_mine and self.state in OPEN:
            self._mark_opened()
        return {
            "type": "ir.actions.act_window",
            "name": self.display_name,
            "res_model": self._name,
            "res_id": self.id,
            "views": [
                (self.env.ref("amss_saraban.amss_assignment_view_form").id, "form")
            ],
        }

    def action_accept(self):
        """Take these letters on; a group's own book gives its receive numbers."""
        self._check_mine()
        entries = self._accept()
        if not entries:
            return self._tell(self.env._("Accepted: %s letters", len(self)))
        numbers = ", ".join(
            f"{line.display_name} ({line.letter_number or line.subject})"
            for line in entries
        )
        return self._tell(
            self.env._("Receive number of the group: %s", numbers), sticky=True
        )

    def action_ask_report(self):
        """Ask what was done, then finish these assignments."""
        self._check_mine()
        return self.env["amss.reason"]._ask(
            self, "_report", self.env._("Report and finish")
        )

    def action_ask_return(self):
        """Ask for the reason, then send these back one step."""
        self._check_mine()
        return self.env["amss.reason"]._ask(
            self, "_return", self.env._("Send back one step")
        )

    def action_ask_withdraw(self):
        """Ask for the reason, then take these back from who has them."""
        self._check_assigned_by_me()
        return self.env["amss.reason"]._ask(
            self, "_withdraw", self.env._("Withdraw the assignment")
        )

    def action_handle_return(self):
        """Take note of what was sent back, without assigning it anew."""
        self._check_assigned_by_me()
        self._handle_return()
        return self._tell(self.env._("Noted: %s letters", len(self)))

    def action_route(self):
        """Open “assign” for these letters."""
        # what was sent back is assigned anew from where it had come
        back = self.filtered(lambda row: row.state == "returned")
        if back and back == self and all(not row.parent_id for row in back):
            back._check_assigned_by_me()
            return self.env["amss.route"]._ask(back.document_id)
        rows = back.parent_id | (self - back)
        rows._check_mine()
        return self.env["amss.route"]._ask(rows)

    @api.model
    def _tell(self, message, sticky=False):
        """Return the action that shows ``message`` and refreshes the screen."""
        return self.env["amss.recipient"]._tell(message, sticky)


class AmssDocument(models.Model):
    _inherit = "amss.document"

    assignment_ids = fields.One2many(
        "amss.assignment", "document_id", string="Who has the letter", copy=False
    )

    my_assignment_id = fields.Many2one(
        "amss.assignment", compute="_compute_my_assignment_id"
    )
    may_route = fields.Boolean(compute="_compute_my_assignment_id")

    @api.depends_context("uid")
    @api.depends("assignment_ids.state")
    def _compute_my_assignment_id(self):
        rows = self.env["amss.assignment"]
        mine = Domain("document_id", "in", self.ids) & Domain("state", "in", OPEN)
        mine = rows.search(mine & rows._mine_domain()).grouped("document_id")
        may = self.env.user._amss_may_route_anywhere()
        for document in self:
            document.my_assignment_id = mine.get(document, rows)[:1]
            document.may_route = may

    def action_route(self):
        """Open “assign” for these letters of the own office."""
        return self.env["amss.route"]._ask(self)

    def action_open_my_work(self):
        """Open the assignment by which the user has the letter."""
        self.ensure_one()
        return self.my_assignment_id.action_open()


class AmssRegisterEntry(models.Model):
    _inherit = "amss.register.entry"

    def action_route(self):
        """Open “assign” for the letters of these lines (เลือกผู้รับไปดำเนินการ)."""
        return self.env["amss.route"]._ask(self)


class AmssRecipient(models.Model):
    _inherit = "amss.recipient"

    timeline_ids = fields.One2many(
        "amss.document.event", compute="_compute_timeline_ids", string="History"
    )
    assignment_ids = fields.One2many(
        "amss.assignment", "recipient_id", string="Who has the letter"
    )

    @api.depends_context("uid")
    @api.depends("document_id")
    def _compute_timeline_ids(self):
        # nothing of a letter that went back
        letters = self.document_id.sudo(False)._filtered_access("read")
        for row in self:
            row.timeline_ids = (row.document_id.sudo(False) & letters).event_ids

    def action_route(self):
        """Open “assign” for these letters; those not accepted yet are accepted."""
        self._check_may_receive()
        return self.env["amss.route"]._ask(self)
