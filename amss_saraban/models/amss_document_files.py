# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The files of a letter: ordinary attachments, marked as the letter's own."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.amss_base.tools import guard


class AmssDocument(models.Model):
    _inherit = "amss.document"

    attachment_ids = fields.One2many(
        "ir.attachment",
        "res_id",
        string="Files",
        domain=[
            ("res_model", "=", "amss.document"),
            ("letter_file", "=", True),
            ("letter_superseded_at", "=", False),
        ],
        context={"default_res_model": "amss.document", "default_letter_file": True},
        copy=False,
    )
    file_count = fields.Integer(compute="_compute_file_count")

    @api.depends("attachment_ids")
    def _compute_file_count(self):
        # sudo: a count only, for letters that the reader may read
        groups = (
            self.env["ir.attachment"]
            .sudo()
            ._read_group(
                [
                    ("res_model", "=", self._name),
                    ("res_id", "in", self.ids),
                    ("letter_file", "=", True),
                    ("letter_superseded_at", "=", False),
                ],
                ["res_id"],
                ["__count"],
            )
        )
        counts = dict(groups)
        for document in self:
            document.file_count = counts.get(document.id, 0)

    def _correct_file(self, old, name, content, reason):
        """Put a corrected file in the place of one; the old one is kept.

        :param old: the ``ir.attachment`` that was wrong
        :param str name: name of the new file
        :param bytes content: the new file
        :param str reason: why, for the history
        :return: the new attachment
        """
        self.ensure_one()
        if old not in self.attachment_ids or not (reason or "").strip():
            raise UserError(
                self.env._(
                    "Choose a file of letter %s and write why it is corrected.",
                    self.display_name,
                )
            )
        # sudo: the caller has checked who may correct
        files = guard.stepping(self.env["ir.attachment"].sudo())
        new = files.create(
            {
                "name": name,
                "raw": content,
                "description": old.description,
                "res_model": self._name,
                "res_id": self.id,
                "letter_file": True,
            }
        )
        # sudo: as above
        guard.stepping(old.sudo()).letter_superseded_at = fields.Datetime.now()
        text = self.env._(
            "File “%(old)s” was corrected by “%(new)s”: %(reason)s",
            old=old.name,
            new=new.name,
            reason=reason.strip(),
        )
        self._record_event("corrected", text)
        self.invalidate_recordset(["attachment_ids", "file_count"])
        return new
