# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A letter goes to the public page of an office, and comes off it."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from odoo.addons.amss_base.tools import locks


class AmssDocument(models.Model):
    _inherit = "amss.document"

    is_published = fields.Boolean(
        string="On the public page",
        compute="_compute_is_published",
        help="Whether the user's agency has published the letter.",
    )
    may_publish = fields.Boolean(
        compute="_compute_may_publish",
        help="Whether the user may put the letter on the public page.",
    )

    @api.depends_context("uid")
    def _compute_is_published(self):
        # sudo: yes or no, which everybody may see on the public page
        groups = (
            self.env["amss.announcement"]
            .sudo()
            ._read_group(self._live_announcement_domain(), ["document_id"])
        )
        published = {document.id for [document] in groups}
        for document in self:
            document.is_published = document._origin.id in published

    @api.depends_context("uid")
    @api.depends("state")
    def _compute_may_publish(self):
        for document in self:
            line = document._publishable_line()
            document.may_publish = document._may_user_publish(line)

    def _may_user_publish(self, line):
        """Tell whether the user publishes letters that stand in this line.

        The central registrar does; a group registrar those of the groups kept, where
        the office lets group registrars issue.

        :param line: ``amss.register.entry``, sudo, of the user's agency, or empty
        """
        user = self.env.user
        if not line or user.has_group("amss_saraban.group_saraban_central"):
            return bool(line)
        # sudo: a setting of the user's own office
        return (
            user.has_group("amss_saraban.group_saraban_unit")
            and user.company_id.sudo().amss_unit_may_issue
            and line.department_id in user.registrar_department_ids
        )

    def _publishable_line(self):
        """Return the line by which the user's agency may publish this letter.

        Whatever stands in a central book may be: written there, from outside,
        or accepted from another agency; not secret, not void, no internal mail.

        :return: ``amss.register.entry``, sudo; empty if there is none
        """
        # sudo: only to see whether there is such a line
        document = self.sudo()
        lines = document.entry_ids
        if (
            document.state != "registered"
            or document.secrecy != "normal"
            or document.doc_type == "mail"
        ):
            return lines.browse()
        agency = self.env.user.agency_id
        return lines.filtered(
            lambda line: line.agency_id == agency
            and line.state == "registered"
            and not line.book_department_id
            # a letter that went back to its sender keeps its line
            and (not line.recipient_id or line.recipient_id.entry_id == line)
            and line.recipient_id.state in (False, "accepted")
        )[:1]

    def _live_announcement_domain(self):
        return Domain("withdrawn_at", "=", False) & Domain(
            [
                ("document_id", "in", self.ids),
                ("agency_id", "=", self.env.user.agency_id.id),
            ]
        )

    def _live_announcement(self):
        """Return what the user's agency has published of this letter now, if so."""
        # sudo: the domain holds the user's agency
        announcements = self.env["amss.announcement"].sudo()
        return announcements.search(self._live_announcement_domain(), limit=1)

    # ------------------------------------------------------------------
    # Who may
    # ------------------------------------------------------------------
    def _check_may_publish(self):
        """Raise unless the user may publish these letters for the own agency."""
        self.check_access("read")
        for document in self:
            line = document._publishable_line()
            if not line:
                raise UserError(
                    self.env._(
                        "Letter “%s” cannot be published: only a letter that is not "
                        "secret and has a number in the registers of this office can.",
                        document.display_name,
                    )
                )
            if not document._may_user_publish(line):
                raise self._publish_error()

    def _publish_error(self):
        return AccessError(
            self.env._(
                "Only the central registrar may publish letters here, or withdraw "
                "them. Tell the central registry."
            )
        )

    # ------------------------------------------------------------------
    # Steps
    # ------------------------------------------------------------------
    def action_open_publish(self):
        """Open the dialog to publish this letter, or to change what is published."""
        self.ensure_one()
        self._check_may_publish()
        return self.env["amss.publish"]._ask(self)

    def action_open_announcement(self):
        """Open what the user's agency has published of this letter."""
        self.ensure_one()
        self.check_access("read")
        announcement = self._live_announcement()
        if announcement.sudo(False).has_access("read"):
            return announcement.sudo(False).get_formview_action()
        return announcement.action_open_public()

    def _publish(self, title, sender_text, note, files):
        """Put this letter on the public page of the user's agency, or change it there.

        Rights are the caller's to check.

        :param str title: what the public reads as its subject
        :param str sender_text: from whom, as the public reads it; may be empty
        :param str note: may be empty
        :param files: ``ir.attachment`` to give out, files of the letter as it is now
        :return: the ``amss.announcement``, sudo
        :raises UserError: without a title, or for a file that is not the letter's
        """
        self.ensure_one()
        self._check_public(title, files)
        line = self._publishable_line()
        locks.claim(line)  # from who makes it void at this moment
        values = {
            "title": title.strip(),
            "sender_text": (sender_text or "").strip(),
            "note": (note or "").strip(),
            "attachment_ids": [fields.Command.set(files.ids)],
            "updated_at": fields.Datetime.now(),
        }
        announcement = self._live_announcement()
        # sudo: names of files that the caller chose to give out
        names = files.sudo().mapped("name")
        self._record_event(
            "published", "\n".join([values["title"], *names]), agency=line.agency_id
        )
        if announcement:
            announcement.write(values)
            return announcement
        announcement = announcement.create(values | self._announced_letter(line))
        self.invalidate_recordset(["is_published"])
        return announcement

    def _announced_letter(self, line):
        """Return what an announcement of this letter keeps of it for good."""
        # sudo: the caller has checked who publishes
        document = self.sudo()
        return {
            "document_id": document.id,
            "entry_id": line.id,
            "agency_id": line.agency_id.id,
            "letter_number": document.letter_number,
            "letter_date": document.letter_date,
            "published_at": fields.Datetime.now(),
            "published_by_id": self.env.uid,
        }

    def _check_public(self, title, files):
        """Raise unless title and files can be shown to the public."""
        if not (title or "").strip():
            raise UserError(
                self.env._(
                    "Write the title under which letter %s is published.",
                    self.display_name,
                )
            )
        # sudo: which files the letter has now; corrected ones are none of them
        others = files.sudo() - self.sudo().attachment_ids
        if others:
            raise UserError(
                self.env._(
                    "File “%(file)s” is not a file of letter %(name)s any more. Open "
                    "the dialog again and choose the files.",
                    file=others[0].name,
                    name=self.display_name,
                )
            )

    # ------------------------------------------------------------------
    # Off the page by itself
    # ------------------------------------------------------------------
    def write(self, vals):
        result = super().write(vals)
        if vals.get("state") == "void" or vals.get("secrecy", "normal") != "normal":
            self._unpublish_where([("document_id", "in", self.ids)])
        return result

    @api.model
    def _unpublish_where(self, domain):
        """Withdraw what is published of letters that no office may publish any more.

        :param list domain: which announcements
        """
        live = Domain("withdrawn_at", "=", False) & Domain(domain)
        # sudo: follows from the step that the caller was let take
        self.env["amss.announcement"].sudo().search(live)._withdraw()


class AmssRegisterEntry(models.Model):
    _inherit = "amss.register.entry"

    def write(self, vals):
        result = super().write(vals)
        if vals.get("state") == "void":
            # a letter that is in no book of the office any more
            documents = self.env["amss.document"]
            documents._unpublish_where([("entry_id", "in", self.ids)])
        return result


class AmssRecipient(models.Model):
    _inherit = "amss.recipient"

    is_published = fields.Boolean(related="document_id.is_published")
    may_publish = fields.Boolean(related="document_id.may_publish")

    def action_open_publish(self):
        """Open the dialog to publish the letter that was accepted."""
        return self.document_id.action_open_publish()

    def action_open_announcement(self):
        """Open what the user's agency has published of the letter."""
        return self.document_id.action_open_announcement()

    def _before_return(self, text):
        result = super()._before_return(text)
        documents = self.env["amss.document"]
        documents._unpublish_where([("entry_id", "in", self.entry_id.ids)])
        return result
