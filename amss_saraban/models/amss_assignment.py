# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from odoo.addons.amss_base.tools import guard, locks

from .amss_recipient import RETURN_KINDS

OPEN = ("new", "accepted")


class AmssAssignment(models.Model):
    """Who inside an office works on a letter: central → group → person (ข้อ 39–40).

    A row without group and person is with the central registry. Each open one of a
    person is an activity of that person; finishing either finishes both.
    """

    _name = "amss.assignment"
    _description = "Assignment of a Letter"
    _inherit = ["mail.activity.mixin", "amss.turn"]
    _order = "assigned_at desc, id desc"
    _lock_space = locks.ASSIGNMENT

    document_id = fields.Many2one(
        "amss.document", required=True, readonly=True, index=True, ondelete="restrict"
    )
    agency_id = fields.Many2one(
        "res.partner",
        string="Office",
        required=True,
        readonly=True,
        ondelete="restrict",
    )
    recipient_id = fields.Many2one(
        "amss.recipient",
        string="Came as",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        help="The letter as it came in the system; empty for all others.",
    )
    entry_id = fields.Many2one(
        "amss.register.entry",
        string="Register line",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        help="The line of the letter in the book of the office.",
    )
    parent_id = fields.Many2one(
        "amss.assignment",
        string="Assigned from",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    parent_department_id = fields.Many2one(
        related="parent_id.department_id",
        store=True,
        precompute=True,
        string="Assigned by group",
    )
    parent_user_id = fields.Many2one(
        related="parent_id.user_id", store=True, string="Assigned by person"
    )
    child_ids = fields.One2many("amss.assignment", "parent_id", string="Passed on to")
    kind = fields.Selection(
        [
            ("task", "To do"),
            ("info", "For information"),
            ("approval", "For approval"),
        ],
        required=True,
        readonly=True,
        default="task",
    )
    is_owner = fields.Boolean(
        string="Owner (เจ้าของเรื่อง)",
        readonly=True,
        help="Whose matter it is; the register names this group and person (ข้อ 39).",
    )
    department_id = fields.Many2one(
        "hr.department", string="Group", readonly=True, ondelete="restrict"
    )
    user_id = fields.Many2one(
        "res.users", string="Person", readonly=True, ondelete="restrict"
    )
    stand_in_id = fields.Many2one(
        "res.users",
        string="Stands in",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        help="Who does it while the person is away.",
    )
    assignee = fields.Char(string="With", compute="_compute_assignee")
    instruction = fields.Text(readonly=True)
    date_deadline = fields.Date(string="Due", readonly=True)
    assigned_by_id = fields.Many2one("res.users", readonly=True)
    assigned_at = fields.Datetime(string="Assigned on", required=True, readonly=True)
    state = fields.Selection(
        [
            ("new", "Not accepted"),
            ("accepted", "In work"),
            ("done", "Done"),
            ("returned", "Sent back"),
            ("withdrawn", "Withdrawn"),
        ],
        required=True,
        readonly=True,
        default="new",
    )
    opened_at = fields.Datetime(string="Opened on", readonly=True)
    accepted_at = fields.Datetime(string="Accepted on", readonly=True)
    accepted_by_id = fields.Many2one("res.users", readonly=True)
    unit_entry_id = fields.Many2one(
        "amss.register.entry",
        string="Line in the group's book",
        readonly=True,
        index="btree_not_null",
        help="The receive number in the group's own book, if it keeps one (ข้อ 40).",
    )
    report = fields.Text(string="What was done", readonly=True)
    done_at = fields.Datetime(string="Done on", readonly=True)
    done_by_id = fields.Many2one("res.users", readonly=True)
    return_kind = fields.Selection(RETURN_KINDS, string="Why sent back", readonly=True)
    return_reason = fields.Char(string="Reason", readonly=True)
    returned_at = fields.Datetime(string="Sent back on", readonly=True)
    returned_by_id = fields.Many2one("res.users", readonly=True)
    return_handled_at = fields.Datetime(
        readonly=True, help="When who had assigned it dealt with it."
    )
    withdrawn_at = fields.Datetime(readonly=True)
    withdrawn_by_id = fields.Many2one("res.users", readonly=True)
    withdraw_reason = fields.Char(readonly=True)
    # Columns of the letter
    letter_number = fields.Char(related="document_id.letter_number")
    letter_date = fields.Date(related="document_id.letter_date", string="Dated")
    sender_text = fields.Char(related="document_id.sender_text", string="From")
    addressee_text = fields.Char(related="document_id.addressee_text", string="To")
    subject = fields.Char(related="document_id.subject")
    urgency = fields.Selection(related="document_id.urgency")
    file_count = fields.Integer(related="document_id.file_count")
    # of who may read the letter still
    summary = fields.Text(compute="_compute_contents")
    attachment_ids = fields.One2many(
        "ir.attachment", string="Files", compute="_compute_contents"
    )

    # inboxes of a group, a person and the central registry, at any size
    _group_box = models.Index(
        "(department_id, assigned_at DESC, id DESC) WHERE state IN ('new', 'accepted')"
    )
    _person_box = models.Index(
        "(user_id, assigned_at DESC, id DESC) WHERE state IN ('new', 'accepted')"
    )
    # what is new, for the counts beside the menu
    _group_new = models.Index("(department_id) WHERE state = 'new'")
    _person_new = models.Index("(user_id) WHERE state = 'new'")
    _group_all = models.Index("(department_id, assigned_at DESC, id DESC)")
    _person_all = models.Index("(user_id, assigned_at DESC, id DESC)")
    _parent_group = models.Index(
        "(parent_department_id, assigned_at DESC, id DESC)"
        " WHERE parent_department_id IS NOT NULL"
    )
    _office = models.Index("(agency_id, assigned_at DESC, id DESC)")
    _due = models.Index("(agency_id, date_deadline) WHERE state IN ('new', 'accepted')")
    _sent_back = models.Index(
        "(agency_id, parent_id) WHERE state = 'returned' AND return_handled_at IS NULL"
    )
    # a double click assigns nothing twice
    _one_group = models.UniqueIndex(
        "(document_id, agency_id, department_id) WHERE department_id IS NOT NULL"
        " AND state IN ('new', 'accepted')",
        "The letter is with this group already.",
    )
    _one_person = models.UniqueIndex(
        "(document_id, agency_id, user_id, kind) WHERE user_id IS NOT NULL"
        " AND state IN ('new', 'accepted')",
        "The letter is with this person already.",
    )

    @api.depends("department_id.name", "user_id.name", "stand_in_id.name")
    def _compute_assignee(self):
        central = self.env._("Central registry")
        for row in self:
            # sudo: the name of a colleague or group
            row_sudo = row.sudo()
            name = row_sudo.user_id.name or row_sudo.department_id.name or central
            if row_sudo.stand_in_id:
                name = self.env._(
                    "%(stand_in)s for %(person)s",
                    stand_in=row_sudo.stand_in_id.name,
                    person=name,
                )
            row.assignee = name

    @api.depends("document_id.display_name")
    def _compute_display_name(self):
        for row in self:
            # sudo: who reads the assignment reads the letter
            row.display_name = row.document_id.sudo().display_name

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
        if guard.is_step(self.env):
            return  # with the draft that it was about
        raise UserError(
            self.env._("An assignment is never deleted. Withdraw it with a reason.")
        )

    def _check_step(self):
        if not guard.is_step(self.env):
            raise UserError(
                self.env._(
                    "An assignment is changed by its own buttons: accept, assign, "
                    "report, send back, withdraw."
                )
            )

    def message_subscribe(self, partner_ids=None, subtype_ids=None):
        """Let nobody follow: Odoo's activities would subscribe each person."""
        return True

    # ------------------------------------------------------------------
    # Who may
    # ------------------------------------------------------------------
    @api.model
    def _mine_domain(self):
        """Return the domain of assignments that the user acts on.

        One's own, those one stands in for, those of groups that one keeps, and for
        central registrars those with the central registry.
        """
        user = self.env.user
        mine = Domain("user_id", "=", user.id) | Domain("stand_in_id", "=", user.id)
        mine |= Domain("department_id", "in", user.registrar_department_ids.ids)
        if user.has_group("amss_saraban.group_saraban_central"):
            mine |= Domain(
                [
                    ("agency_id", "=", user.agency_id.id),
                    ("department_id", "=", False),
                    ("user_id", "=", False),
                ]
            )
        return mine

    def _check_mine(self):
        """Raise unless these assignments are the user's, or of groups kept.

        :raises AccessError: naming whose they are
        """
        self.check_access("read")
        others = self - self.filtered_domain(self._mine_domain())
        if others and not self.env.su:
            raise AccessError(
                self.env._(
                    "Letter “%(name)s” is with %(whom)s, who alone can do this.",
                    name=others[0].display_name,
                    whom=others[0].assignee,
                )
            )

    def _check_assigned_by_me(self):
        """Raise unless the user assigned these, or keeps the place they came from.

        :raises AccessError: naming the letter
        """
        self.check_access("read")
        user = self.env.user
        if self.env.su or user.has_group("amss_saraban.group_saraban_central"):
            return
        # sudo: only whose the places above are
        places = self.parent_id.sudo().filtered_domain(self._mine_domain())
        for row in self:
            if row.assigned_by_id != user and row.parent_id not in places.sudo(False):
                raise AccessError(
                    self.env._(
                        "Letter “%s” was assigned by somebody else, who alone can do "
                        "this.",
                        row.display_name,
                    )
                )


class AmssRecipient(models.Model):
    _inherit = "amss.recipient"

    def _before_return(self, text):
        """Take the letter back from all in the office who have it."""
        result = super()._before_return(text)
        # sudo: the right to return was checked; work on these letters
        rows = self.env["amss.assignment"].sudo()
        rows = rows.search([("recipient_id", "in", self.ids)])
        rows._handle_return()
        rows._withdraw_all(text)
        return result


class AmssRegisterEntry(models.Model):
    _inherit = "amss.register.entry"

    def _void(self, reason):
        """Take letters whose number is void back from all who have them."""
        result = super()._void(reason)
        # sudo: the right to void was checked; work on the letters of these lines
        rows = self.env["amss.assignment"].sudo()
        rows.search([("entry_id", "in", self.ids)])._withdraw_all(reason)
        return result
