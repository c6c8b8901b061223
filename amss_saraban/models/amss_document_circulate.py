# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Circulate a letter among the people of the office (แจ้งเวียน): nothing is copied."""

from odoo import fields, models
from odoo.exceptions import AccessError, UserError


class AmssDocument(models.Model):
    _inherit = "amss.document"

    def _check_may_circulate(self):
        """Raise unless the user may show these letters to others of the office.

        Mail: all who read it. Letters: central registrars and directors, and heads and
        registrars of groups those of their groups.

        :raises UserError: for a draft, and for what has no receive number here yet
        """
        self.check_access("read")
        letters = self.filtered(lambda document: document.doc_type != "mail")
        if letters:
            letters._check_circulating_role()
            letters._check_received_here()
        for document in self:
            if document.state == "draft":
                raise UserError(
                    self.env._(
                        "“%s” is a draft. Finish it first, then circulate it.",
                        document.display_name,
                    )
                )

    def _check_circulating_role(self):
        user = self.env.user
        if (
            self.env.su
            or user.has_group("amss_saraban.group_saraban_central")
            or user.has_group("amss_saraban.group_saraban_director")
        ):
            return
        groups = user.registrar_department_ids
        # sudo: only by which fact the user, who reads these letters, reads them
        mine = (
            self.env["amss.document.reader"]
            .sudo()
            .search(
                [
                    ("document_id", "in", self.ids),
                    ("key", "in", [f"{user.agency_id.id}r{one.id}" for one in groups]),
                ]
            )
            .document_id
        )
        if others := self - mine.sudo(False):
            raise AccessError(
                self.env._(
                    "Only central registrars, directors, and the head or registrars of "
                    "the group that has letter “%s” may circulate it.",
                    others[0].display_name,
                )
            )

    def _check_received_here(self):
        """Raise for a letter of another agency that has no receive number here."""
        agency = self.env.user.agency_id
        others = self.filtered(lambda document: document.agency_id != agency)
        if not others:
            return
        # sudo: whether the own agency has accepted what the user reads
        accepted = (
            self.env["amss.recipient"]
            .sudo()
            .search(
                [
                    ("document_id", "in", others.ids),
                    ("agency_id", "=", agency.id),
                    ("user_id", "=", False),
                    ("state", "=", "accepted"),
                ]
            )
            .document_id
        )
        if waiting := others - accepted.sudo(False):
            raise UserError(
                self.env._(
                    "Accept letter “%s” first, so that it has its receive number, then "
                    "circulate it.",
                    waiting[0].display_name,
                )
            )

    def _circulate(self, groups, users, note=None):
        """Show these letters to groups and persons of the user's office.

        Who has a letter already keeps it and is not told again. Rights are the
        caller's to check.

        :param groups: ``hr.department``
        :param users: ``res.users``
        :param str note: written to it
        :return: the new rows, and the groups in which nobody uses the system
        :raises UserError: when nobody is addressed, or somebody who is not there
        """
        agency = self.env.user.agency_id
        recipients = self.env["amss.recipient"]
        persons, empty = recipients._persons_of(agency, groups, users)
        note = (note or "").strip()
        rows = recipients._address_persons(
            self, persons, fields.Datetime.now(), agency=agency, note=note
        )
        letters = rows.document_id.filtered(lambda one: one.doc_type != "mail")
        if letters:
            names = ", ".join(groups.mapped("name") + users.mapped("name"))
            letters._record_event("circulated", note, agency=agency, to_text=names)
        return rows, empty

    def action_circulate(self):
        """Ask to whom these letters are circulated (แจ้งเวียน)."""
        self._check_may_circulate()
        return self.env["amss.circulate"]._ask(self)


class AmssRecipient(models.Model):
    _inherit = "amss.recipient"

    def action_circulate(self):
        """Ask to whom the letters of these rows are circulated."""
        self.check_access("read")
        return self.document_id.action_circulate()


class AmssRegisterEntry(models.Model):
    _inherit = "amss.register.entry"

    def action_circulate(self):
        """Ask to whom the letters of these lines are circulated."""
        self.check_access("read")
        return self.document_id.action_circulate()


class AmssAssignment(models.Model):
    _inherit = "amss.assignment"

    def action_circulate(self):
        """Ask to whom the letters of these assignments are circulated."""
        self.check_access("read")
        return self.document_id.action_circulate()
