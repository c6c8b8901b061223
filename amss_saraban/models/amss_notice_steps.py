# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Who is told of which step. It hangs on the rows, so that no step is forgotten."""

from odoo import api, models

COUNTS = "amss_saraban.counts"
#: what an inbox counts follows from these
ASSIGNMENT_FIELDS = {"state", "stand_in_id", "return_handled_at"}
RECIPIENT_FIELDS = {"state", "return_accepted_at"}


class AmssAssignment(models.Model):
    _inherit = "amss.assignment"

    @api.model_create_multi
    def create(self, vals_list):
        rows = super().create(vals_list)
        rows._tell_assignees("assigned", "assigned_group")
        rows._counts_change()
        return rows

    def write(self, vals):
        if "stand_in_id" in vals:
            # sudo: who stood in until now
            self.env["res.users"]._amss_counts_change(users=self.sudo().stand_in_id.ids)
        result = super().write(vals)
        if ASSIGNMENT_FIELDS & set(vals):
            self._counts_change()
        if vals.get("stand_in_id"):
            self._tell_assignees("assigned", "assigned_group")
        if "state" in vals:
            # what is approved or to be corrected is told by where it goes next
            rows = self.sudo().filtered(lambda row: not row.approval_step_id)
            {
                "returned": rows._tell_assigners,
                "withdrawn": rows._tell_withdrawn,
                "done": rows._tell_reported,
            }.get(vals["state"], lambda: None)()
        return result

    def _counts_change(self):
        self.env["res.users"]._amss_counts_change(assignments=self.ids)

    def _tell_assignees(self, kind, group_kind):
        """Tell who has these letters: the person or who stands in, or the group.

        :param str kind: of notice to persons; that for approvals is its own
        :param str group_kind: of notice to heads and registrars of groups
        """
        rows = self.sudo()  # sudo: who has them, nothing of the letters
        for person, mine in rows.grouped(
            lambda row: row.stand_in_id or row.user_id
        ).items():
            for its_kind, some in mine.grouped(
                lambda row: row._notice_kind(kind)
            ).items():
                person._amss_tell(its_kind, some)
        keepers = rows.department_id._amss_keepers()
        for group, mine in (
            rows.filtered("department_id").grouped("department_id").items()
        ):
            keepers[group.id]._amss_tell(group_kind, mine)

    def _notice_kind(self, kind):
        """Return of what its person is told: approvals and corrections are others."""
        if kind == "assigned" and self.kind == "approval":
            return "approval"
        if kind == "assigned" and self.approval_step_id:
            return "refused"
        return kind

    def _tell_withdrawn(self):
        self._tell_assignees("withdrawn", "withdrawn_group")

    def _tell_assigners(self):
        """Tell to whom these letters go back: a person, a group, the registry."""
        rows = self.sudo()  # sudo: from whom they came
        keepers = rows.parent_department_id._amss_keepers()
        top = rows.filtered(lambda row: not row.parent_id)
        registrars = top.agency_id._amss_registrars() if top else {}
        for row in rows:
            users = row.parent_id.user_id | row.parent_id.stand_in_id
            if row.parent_department_id:
                users |= keepers[row.parent_department_id.id]
            if not row.parent_id:
                users |= row.assigned_by_id
                users |= registrars.get(row.agency_id.id, users)
            users._amss_tell("sent_back", row)

    def _tell_reported(self):
        """Tell who assigned them that these letters are done."""
        # sudo: who assigned them
        tasks = self.sudo().filtered(lambda row: row.kind == "task")
        for user, rows in tasks.grouped("assigned_by_id").items():
            user._amss_tell("reported", rows)


class AmssDocument(models.Model):
    _inherit = "amss.document"

    def _move_on(self, plan, passed=None):
        signed = super()._move_on(plan, passed)
        signed._tell_signed()
        return signed

    def _tell_signed(self):
        """Tell who wrote these letters that they are signed, and who numbers them."""
        registrars = self.agency_id._amss_registrars() if self else {}
        for letter in self.sudo():  # sudo: whose letters they are
            letter.proposed_by_id._amss_tell("approved", letter)
            if letter.agency_id.id in registrars:
                registrars[letter.agency_id.id]._amss_tell("to_number", letter)
        self.env["res.users"]._amss_counts_change(agencies=self.agency_id.ids)

    def _issue(self):
        signed = self.filtered(lambda letter: letter.approval_state == "approved")
        result = super()._issue()
        if signed:
            agencies = signed.agency_id.ids
            self.env["res.users"]._amss_counts_change(agencies=agencies)
        return result


class AmssRecipient(models.Model):
    _inherit = "amss.recipient"

    def write(self, vals):
        result = super().write(vals)
        if RECIPIENT_FIELDS & set(vals):
            self._counts_change()
        return result

    def _counts_change(self):
        self.env["res.users"]._amss_counts_change(recipients=self.ids)

    def _queue_notices(self):
        result = super()._queue_notices()
        self._tell_offices()
        return result

    def _tell_offices(self):
        """Tell the registrars of offices in this database what came to them."""
        rows = self.filtered(lambda row: row.state in ("sent", "opened"))
        rows._counts_change()
        registrars = rows.agency_id._amss_registrars()
        for agency, mine in rows.grouped("agency_id").items():
            if agency.id in registrars:
                registrars[agency.id]._amss_tell("inbox", mine)
