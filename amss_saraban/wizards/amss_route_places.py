# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""From where letters are assigned: inbox, book, letter, or what one was assigned."""

from odoo import api, models
from odoo.exceptions import AccessError, UserError

from ..models.amss_assignment import OPEN
from ..models.amss_recipient_steps import WAITING

#: what letters can be assigned from; each has a method that gives their places
SOURCES = ("amss.recipient", "amss.register.entry", "amss.assignment", "amss.document")


class AmssRoute(models.TransientModel):
    _inherit = "amss.route"

    def _places(self):
        """Return from where each letter is assigned; what waits is accepted first.

        :return: list of values for ``amss.assignment._assign``
        :raises AccessError: when the letters are not the user's to assign
        """
        if self.res_model not in SOURCES:
            raise UserError(self.env._("There is no such step."))
        records = self.env[self.res_model].browse(self.res_ids).exists()
        records.check_access("read")
        name = self.res_model.removeprefix("amss.").replace(".", "_")
        return getattr(self, f"_places_of_{name}")(records)

    def _places_of_recipient(self, rows):
        rows._check_may_receive()
        waiting = rows.filtered(lambda row: row.state in WAITING)
        if waiting:
            waiting._accept()
        gone = rows.filtered(lambda row: row.state != "accepted")
        if gone:
            raise UserError(gone[0]._late_message(self.env._("Assign")))
        return [
            {
                "document_id": row.document_id.id,
                "agency_id": row.agency_id.id,
                "recipient_id": row.id,
                "entry_id": row.entry_id.id,
            }
            for row in rows
        ]

    def _places_of_register_entry(self, lines):
        self._check_may_route_all()
        # sudo: lines that the user reads; which letter and row each stands for
        lines = lines.sudo()
        for line in lines:
            if not self._has_letter(line):
                raise UserError(
                    self.env._(
                        "Line %s has no letter that could be assigned here.",
                        line.display_name,
                    )
                )
        return [
            {
                "document_id": line.document_id.id,
                "agency_id": line.agency_id.id,
                "recipient_id": line.recipient_id.id,
                "entry_id": line.id,
            }
            for line in lines
        ]

    @api.model
    def _has_letter(self, line):
        """Tell whether the office has the letter of a line of its own books, sudo.

        A letter that went back to its sender leaves its line registered.
        """
        row = line.recipient_id
        here = not row or (row.state, row.entry_id) == ("accepted", line)
        return line.state == "registered" and not line.book_department_id and here

    def _places_of_document(self, letters):
        self._check_may_route_all()
        agency = self.env.user.agency_id
        # sudo: the lines of these letters in the office's own books
        lines = self.env["amss.register.entry"].sudo()
        lines = lines.search(
            [("document_id", "in", letters.ids), ("agency_id", "=", agency.id)]
        )
        lines = lines.filtered(self._has_letter)
        by_letter = lines.grouped(lambda line: line.document_id.id)
        for letter in letters:
            if letter.id not in by_letter:
                raise UserError(
                    self.env._(
                        "Letter “%s” is in no register of the office yet. Register it "
                        "first.",
                        letter.display_name,
                    )
                )
        ids = [by_letter[letter.id][:1].id for letter in letters]
        return self._places_of_register_entry(
            self.env["amss.register.entry"].browse(ids)
        )

    def _places_of_assignment(self, rows):
        rows._check_mine()
        rows._check_no_approval()
        may_all = self.env.user._amss_may_route_anywhere()
        for row in rows:
            if not may_all and not self.env.user.registrar_department_ids:
                raise AccessError(
                    self.env._("Only heads and registrars of groups assign letters on.")
                )
            # what one was told of may be passed on after it was read, as long as it was
            # not taken back
            kept = (*OPEN, "done") if row.kind == "info" else OPEN
            if row.state not in kept:
                raise UserError(row._late_message(self.env._("Assign")))
        new = rows.filtered(lambda row: row.state == "new" and row.kind != "approval")
        if new:
            new._accept()
        return [
            {
                "document_id": row.document_id.id,
                "agency_id": row.agency_id.id,
                "recipient_id": row.recipient_id.id,
                "entry_id": row.entry_id.id,
                "parent_id": row.id,
            }
            for row in rows.sudo()  # sudo: checked above to be the user's own
        ]

    def _check_may_route_all(self):
        if not self.env.user._amss_may_route_anywhere():
            raise AccessError(
                self.env._(
                    "Only the central registrar and the director assign letters from "
                    "here. Use the inbox of your group."
                )
            )
