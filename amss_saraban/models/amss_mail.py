# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Internal mail (ไปรษณีย์): letters among the people of one office.

A mail has no number, no book and no approval. It is read by its writer and by those
addressed, whatever anybody's role.
"""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from odoo.addons.amss_base.tools import guard, locks

#: what a mail says; fixed once it is sent
MAIL_TEXT = {
    "subject",
    "summary",
    "letter_date",
    "sender_text",
    "addressee_text",
    "user_id",
    "mail_department_ids",
    "mail_user_ids",
    "reply_to_id",
    "reference_ids",
}


class AmssDocument(models.Model):
    _inherit = "amss.document"

    mail_department_ids = fields.Many2many(
        "hr.department",
        "amss_document_mail_department_rel",
        "document_id",
        "department_id",
        string="To groups",
        copy=False,
        context={"active_test": False},
        domain="[('company_id', '=', company_id)]",
        help="All who are employed in the group and its sections get the mail.",
    )
    mail_user_ids = fields.Many2many(
        "res.users",
        "amss_document_mail_user_rel",
        "document_id",
        "user_id",
        string="To persons",
        copy=False,
        context={"active_test": False},
        domain="[('share', '=', False), ('company_id', '=', company_id)]",
    )
    mail_all_groups = fields.Boolean(
        string="All groups", compute="_compute_mail_all_groups", readonly=False
    )
    mail_to = fields.Char(string="To whom", compute="_compute_mail_to")
    person_ids = fields.One2many(
        "amss.recipient",
        "document_id",
        string="Persons",
        domain=[("user_id", "!=", False)],
        copy=False,
    )
    person_count = fields.Integer(
        string="Sent to persons",
        compute="_compute_person_count",
        help="Persons to whom the user has sent or circulated it.",
    )
    read_count = fields.Integer(
        string="Read by persons", compute="_compute_person_count"
    )
    person_progress = fields.Char(string="Read by", compute="_compute_person_count")

    _mails = models.Index("(create_uid, id DESC) WHERE doc_type = 'mail'")

    # ------------------------------------------------------------------
    # Computes
    # ------------------------------------------------------------------
    @api.depends("mail_department_ids")
    def _compute_mail_all_groups(self):
        groups = self._all_groups()
        for document in self:
            chosen = document.mail_department_ids._origin
            document.mail_all_groups = bool(groups) and not groups - chosen

    @api.onchange("mail_all_groups")
    def _onchange_mail_all_groups(self):
        """Choose all groups of the office, or none of them, with one click."""
        groups = self._all_groups()
        if self.mail_all_groups:
            self.mail_department_ids |= groups
        elif not groups - self.mail_department_ids._origin:
            self.mail_department_ids = False

    @api.model
    def _all_groups(self):
        """Return the groups of the user's office, without their sections."""
        return self.env["hr.department"].search(
            [
                ("company_id", "=", self.env.user.company_id.id),
                ("parent_id", "=", False),
            ]
        )

    @api.depends("addressee_text", "mail_department_ids", "mail_user_ids")
    def _compute_mail_to(self):
        for document in self:
            document.mail_to = document.addressee_text or document._mail_names()

    def _mail_names(self):
        """Return the names of groups and persons to whom a mail is written."""
        groups = self.mail_department_ids.mapped("name")
        return ", ".join(groups + self.mail_user_ids.mapped("name"))

    @api.depends_context("uid", "lang")
    @api.depends("person_ids.state")
    def _compute_person_count(self):
        groups = self.env["amss.recipient"]._read_group(
            [
                ("document_id", "in", self.ids),
                ("user_id", "!=", False),
                ("sent_by_id", "=", self.env.uid),
                ("state", "!=", "recalled"),
            ],
            ["document_id", "state"],
            ["__count"],
        )
        counts = {(document.id, state): count for document, state, count in groups}
        for document in self:
            read = counts.get((document.id, "opened"), 0)
            total = read + counts.get((document.id, "sent"), 0)
            document.read_count, document.person_count = read, total
            document.person_progress = False
            if total:
                document.person_progress = self.env._(
                    "%(read)s of %(total)s", read=read, total=total
                )

    def _compute_display_name(self):
        result = super()._compute_display_name()
        for document in self:
            if document.doc_type == "mail" and not document.subject:
                document.display_name = self.env._("New mail")
        return result

    # ------------------------------------------------------------------
    # Checks
    # ------------------------------------------------------------------
    @api.constrains("reply_to_id", "doc_type")
    def _check_mail_reply(self):
        for document in self.filtered("reply_to_id"):
            replied = document.reply_to_id
            if (document.doc_type == "mail") != (replied.doc_type == "mail"):
                raise ValidationError(
                    self.env._(
                        "“%s”: internal mail replies to internal mail, and a letter "
                        "to a letter. Refer to the other instead.",
                        document.subject or document.display_name,
                    )
                )

    def _check_frozen(self, vals):
        for document in self:
            if document.doc_type == "mail" and document.sent_at:
                if fixed := MAIL_TEXT & set(vals):
                    field = self._fields[min(fixed)]
                    raise UserError(
                        self.env._(
                            "Mail “%(name)s” was sent, so “%(field)s” cannot change "
                            "any more. Write another mail.",
                            name=document.display_name,
                            field=field._description_string(self.env),
                        )
                    )
        return super()._check_frozen(vals)

    def _check_sort(self, vals):
        """Raise when a letter would become internal mail, or mail a letter."""
        if "doc_type" not in vals:
            return
        for document in self:
            if (document.doc_type == "mail") != (vals["doc_type"] == "mail"):
                raise UserError(
                    self.env._(
                        "“%s”: a letter does not become internal mail, nor mail a "
                        "letter. Write it anew.",
                        document.display_name,
                    )
                )

    def _check_no_mail(self):
        """Raise for mail, which has no number and goes to persons alone."""
        if mails := self.filtered(lambda document: document.doc_type == "mail"):
            raise UserError(
                self.env._(
                    "“%s” is internal mail: it has no register number and goes to "
                    "people of the office alone. Use “Send” on the mail.",
                    mails[0].display_name,
                )
            )

    def _check_may_issue(self):
        self._check_no_mail()
        return super()._check_may_issue()

    def _check_complete(self, origin):
        self._check_no_mail()
        return super()._check_complete(origin)

    def _check_sendable(self, agencies):
        self._check_no_mail()
        return super()._check_sendable(agencies)

    def _check_own_mail(self):
        """Raise unless these are mails that the user wrote."""
        self.check_access("read")
        own = all(
            document.doc_type == "mail" and document.create_uid == self.env.user
            for document in self
        )
        if not own and not self.env.su:
            raise AccessError(self.env._("Only who wrote the mail may do this."))

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------
    @api.model_create_multi
    def create(self, vals_list):
        sort = self.env.context.get("default_doc_type")
        for vals in vals_list:
            if vals.get("doc_type", sort) == "mail":
                vals |= {
                    "origin": "written",
                    "user_id": self.env.uid,
                    "sender_text": self.env.user.name,
                    "addressee_text": False,
                    "is_circular": False,
                    "reserved_entry_id": False,
                }
        return super().create(vals_list)

    def write(self, vals):
        self._check_sort(vals)
        return super().write(vals)

    @api.model
    def _letter_types(self):
        """Return the types of official letters (ข้อ 10), without internal mail."""
        options = self._fields["doc_type"]._description_selection(self.env)
        return [option for option in options if option[0] != "mail"]

    # ------------------------------------------------------------------
    # Steps
    # ------------------------------------------------------------------
    def _send_mail(self):
        """Send this mail to the persons it is written to, each once.

        A second click finds it sent and does nothing. Rights are the caller's to check.

        :return: number of persons, and the groups in which nobody uses the system
        :raises UserError: without subject, or when nobody is addressed
        """
        self.ensure_one()
        # sudo: the caller has checked who wrote it
        document = guard.stepping(self.sudo())
        locks.claim(document)  # from the second click of the same person
        groups = self.mail_department_ids
        if document.sent_at:
            return 0, groups.browse()
        if not (self.subject or "").strip():
            raise UserError(self.env._("Write what the mail is about, then send it."))
        agency = document.agency_id
        recipients = self.env["amss.recipient"]
        persons, empty = recipients._persons_of(agency, groups, self.mail_user_ids)
        now = fields.Datetime.now()
        document.write(
            {
                "state": "registered",
                "sent_at": now,
                "sent_by_id": self.env.uid,
                "user_id": self.env.uid,
                "letter_date": agency._agency_now().date(),
                "sender_text": self.env.user.name,
                "addressee_text": self._mail_names(),
            }
        )
        rows = recipients._address_persons(document, persons, now, agency=agency)
        return len(rows), empty

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------
    def action_send_mail(self):
        """Send the mail (ส่ง)."""
        self._check_own_mail()
        count, empty = self._send_mail()
        message = self.env._("Sent to %s persons.", count)
        if not count:
            message = self.env._("This mail was sent before; nothing was sent twice.")
        return self.env["amss.recipient"]._tell_persons(message, empty)

    def action_remind_persons(self):
        """Tell those again who have not read what the user sent or circulated."""
        self.check_access("read")
        return self._own_person_rows().action_remind()

    def action_open_persons(self):
        """Open who of those addressed has read it and when (read receipts)."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "amss_saraban.amss_recipient_action_receipts"
        )
        return action | {"domain": [("id", "in", self._own_person_rows().ids)]}

    def action_open_thread(self):
        """Open the mails and letters of this thread that the user reads."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "amss_saraban.amss_document_action_thread"
        )
        return action | {"domain": [("id", "in", (self | self.thread_ids).ids)]}

    def _own_person_rows(self):
        """Return the persons to whom the user has sent or circulated these letters."""
        return self.env["amss.recipient"].search(
            [
                ("document_id", "in", self.ids),
                ("user_id", "!=", False),
                ("sent_by_id", "=", self.env.uid),
            ]
        )

    def _own_row(self):
        """Return the row by which this letter came to the user as a person."""
        self.ensure_one()
        return self.env["amss.recipient"].search(
            [("document_id", "=", self.id), ("user_id", "=", self.env.uid)], limit=1
        )

    def action_open(self):
        """Open mail as who it came to sees it; a circulated letter counts as read."""
        self.ensure_one()
        row = self._own_row()
        if self.doc_type == "mail" and row:
            return row.action_open_document()
        row.action_mark_read()
        return super().action_open()

    def _as_received(self):
        """Open a letter that is neither the office's nor work as it was circulated."""
        came = super()._as_received()
        row = self._own_row()
        return came or (row.action_open_document() if row else None)

    def get_formview_id(self, access_uid=None):
        """Open mail with its own form."""
        if len(self) == 1 and self.doc_type == "mail":
            return self.env.ref("amss_saraban.amss_document_view_form_mail").id
        return super().get_formview_id(access_uid=access_uid)


class IrAttachment(models.Model):
    _inherit = "ir.attachment"

    def _check_letter_draft(self):
        """Say of mail what fits mail: its files are fixed since it was sent."""
        for document in self._letters().exists():
            if document.doc_type == "mail" and document.state != "draft":
                raise UserError(
                    self.env._(
                        "Mail “%s” was sent, so its files cannot change any more. "
                        "Write another mail.",
                        document.display_name,
                    )
                )
        return super()._check_letter_draft()
