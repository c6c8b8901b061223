# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import hashlib
import logging

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain

from odoo.addons.amss_base.tools import guard

from ..tools import filetype

_logger = logging.getLogger(__name__)

CONTENT = {"raw", "datas", "db_datas", "store_fname", "mimetype", "type", "url"}
FIXED = CONTENT | {
    "name",
    "res_model",
    "res_id",
    "res_field",
    "letter_file",
    "letter_superseded_at",
    "letter_sha256",
    "public",
}


class IrAttachment(models.Model):
    """Files of letters: checked by content, hashed, and fixed once registered."""

    _inherit = "ir.attachment"

    letter_file = fields.Boolean(readonly=True)
    letter_superseded_at = fields.Datetime(
        readonly=True, help="When a corrected file took the place of this one."
    )
    letter_sha256 = fields.Char(string="SHA-256", readonly=True)

    @api.model_create_multi
    def create(self, vals_list):
        by_default = self.env.context.get("default_letter_file")
        letter_vals = [v for v in vals_list if v.get("letter_file", by_default)]
        for vals in letter_vals:
            vals["res_model"] = "amss.document"
            vals["name"] = filetype.short_name(vals.get("name"))
            vals |= {"public": False, "type": "binary", "access_token": False}
            vals["letter_superseded_at"] = False
        attachments = super().create(vals_list)
        if letter_vals:
            letter_files = attachments.filtered("letter_file")
            # a loose file has no letter whose rules keep administrators from it
            if not all(file.res_id for file in letter_files):
                raise UserError(self.env._("Attach the file to the letter itself."))
            letter_files._check_letter_open()
            letter_files._check_letter_content()
        return attachments

    def write(self, vals):
        if not guard.is_step(self.env):
            if vals.get("letter_file"):
                raise UserError(self.env._("Attach the file to the letter itself."))
            if FIXED & set(vals):
                self._check_letter_draft()
            if "description" in vals:
                # the addressees read it as the file's title
                self._check_letter_open()
        result = super().write(vals)
        if {"res_model", "res_id"} & set(vals):
            # moved to another letter: the same as attaching it there
            self._check_letter_open()
        if CONTENT & set(vals):
            # sudo: only to see which of them are letter files
            self.sudo().filtered("letter_file")._check_letter_content()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_registered_letter(self):
        self._check_letter_draft()

    # ------------------------------------------------------------------
    # Who reads
    # ------------------------------------------------------------------
    def _check_access(self, operation):
        """Keep what is not for the addressee inside the agency that wrote a letter.

        Who may read a letter of another agency reads its files, and neither files
        of notes nor, unless the letter was accepted before, files since corrected.
        """
        result = super()._check_access(operation)
        hidden = self.browse() if self.env.su else self._hidden_from_addressee()
        if not hidden:
            return result
        if result:
            hidden |= result[0]

        def error():
            return AccessError(
                self.env._("These files are not for you: %s", hidden.ids[:6])
            )

        return hidden, error

    def _hidden_from_addressee(self):
        """Return those of these files that the user's agency may not see."""
        # sudo: tells only whose the letters are; what to read is decided here
        files = self.sudo().filtered(
            lambda file: file.res_model == "amss.document" and file.res_id
        )
        if not files:
            return self.browse()
        agency = self.env.user.agency_id
        letters = self.env["amss.document"].sudo().browse(set(files.mapped("res_id")))
        others = letters.exists().filtered(lambda letter: letter.agency_id != agency)
        if not others:
            return self.browse()
        accepted = {
            row.document_id.id: row.accepted_at
            for row in self.env["amss.recipient"]
            .sudo()
            .search(
                [
                    ("document_id", "in", others.ids),
                    ("agency_id", "=", agency.id),
                    ("user_id", "=", False),
                ]
            )
        }
        hidden = files.filtered(
            lambda file: file.res_id in others.ids
            and not file._is_shown_since(accepted.get(file.res_id))
        )
        return self.browse(hidden.ids)

    def _is_shown_since(self, accepted_at):
        """Tell whether who accepted the letter then, or not yet, sees this file.

        :param accepted_at: UTC time of acceptance, or false
        """
        corrected = self.letter_superseded_at
        return self.letter_file and (
            not corrected or bool(accepted_at and accepted_at < corrected)
        )

    @api.model
    def _search(
        self,
        domain,
        offset=0,
        limit=None,
        order=None,
        *,
        active_test=True,
        bypass_access=False,
    ):
        domain = Domain(domain)
        models_asked = {
            value
            for condition in domain.iter_conditions()
            if condition.field_expr == "res_model"
            for value in (
                [condition.value]
                if isinstance(condition.value, str)
                else condition.value or ()
            )
        }
        if "amss.document" in models_asked and not (self.env.su or bypass_access):
            # found by their letter, files are not asked for one by one
            letters = self.env["amss.document"].sudo()
            own = letters._search([("agency_id", "=", self.env.user.agency_id.id)])
            domain &= (
                Domain("res_model", "!=", "amss.document")
                | Domain("res_id", "in", own)
                | Domain("letter_file", "=", True)
                & Domain("letter_superseded_at", "=", False)
            )
        return super()._search(
            domain,
            offset,
            limit,
            order,
            active_test=active_test,
            bypass_access=bypass_access,
        )

    def _can_return_content(self, field_name=None, access_token=None):
        """Give a letter file to who may read it: a token opens none."""
        # sudo: whether it is a letter file, nothing else
        if access_token and self.sudo().letter_file:
            access_token = None
        return super()._can_return_content(field_name, access_token)

    # ------------------------------------------------------------------
    # What may change
    # ------------------------------------------------------------------
    def _letters(self):
        """Return the letters of these attachments, those of others left out."""
        # sudo: only to see whether a letter has its number already
        files = self.sudo().filtered(
            lambda file: file.letter_file and file.res_model == "amss.document"
        )
        return (
            self.env["amss.document"]
            .sudo()
            .browse(filter(None, files.mapped("res_id")))
        )

    def _check_letter_draft(self):
        """Raise when a file of a numbered letter would change or go."""
        letters = self._letters().exists()
        letters._check_not_in_approval(self.env._("Files"))
        fixed = letters.filtered(lambda doc: doc.state != "draft")
        if fixed:
            raise UserError(
                self.env._(
                    "The files of letter %s are fixed since it has its number. "
                    "Use “Correct a file” to put another in its place.",
                    fixed[0].display_name,
                )
            )

    def _check_letter_open(self):
        """Raise when a file would be added to a letter that was sent or is void."""
        if guard.is_step(self.env):
            return
        self._letters()._check_not_in_approval(self.env._("Files"))
        for document in self._letters():
            if document.sent_at or document.state == "void":
                raise UserError(
                    self.env._(
                        "Letter %s was sent, so no file can be added. Use “Correct a "
                        "file” and send it again, or write another letter.",
                        document.display_name,
                    )
                )

    def _check_letter_content(self):  # pylint: disable=missing-return
        """Check size and type of letter files by content; keep their hash.

        :raises ValidationError: naming the file and the remedy
        """
        company = self.env.company
        allowed = company._letter_file_types()
        for file in self:
            content = file.raw or b""
            kind = file._checked_kind(content, allowed, company.amss_file_megabytes)
            # sudo: these three are the system's to write
            super(IrAttachment, file.sudo()).write(
                {
                    "letter_sha256": hashlib.sha256(content).hexdigest(),
                    "mimetype": filetype.MEDIA_TYPES[kind],
                }
            )

    def _checked_kind(self, content, allowed, megabytes):
        """Return the type of this file's content, or raise saying what is wrong."""
        problem = None
        kind = filetype.sniff(content)
        if not content:
            problem = self.env._("it is empty (0 bytes). Choose the file again.")
        elif len(content) > megabytes * 1024 * 1024:
            problem = self.env._(
                "it is larger than %s MB. Make it smaller or split it.", megabytes
            )
        elif kind not in allowed:
            problem = self.env._(
                "it is not of an allowed type (%s), or it is damaged. Save it as PDF "
                "and attach it again.",
                ", ".join(allowed),
            )
        elif not filetype.name_fits(self.name, kind):
            problem = self.env._(
                "its content is %(kind)s but its name says something else. Give it "
                "the ending .%(kind)s if that is what it is.",
                kind=kind,
            )
        if problem:
            raise ValidationError(
                self.env._(
                    "File “%(name)s” cannot be attached: %(problem)s",
                    name=filetype.short_name(self.name, 120),
                    problem=problem,
                )
            )
        return kind

    def _letter_raw(self):
        """Return the content of a letter file after checking its hash.

        :raises UserError: when the stored file is not what was registered
        """
        self.ensure_one()
        content = self.raw or b""
        if hashlib.sha256(content).hexdigest() != self.letter_sha256:
            _logger.error("letter file %s differs from its hash", self.id)
            raise UserError(
                self.env._(
                    "The stored file differs from the one that was registered. Tell "
                    "the administrator (file %s).",
                    self.id,
                )
            )
        return content

    def _to_http_stream(self):
        """Serve a letter file only as it was registered (checked by its hash)."""
        if self.letter_file and self.letter_sha256:
            self._letter_raw()
        return super()._to_http_stream()
