# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""How many letters wait in each box, for the menu and Odoo's systray."""

from odoo import api, models
from odoo.fields import Domain

from .amss_notice_steps import COUNTS
from .amss_recipient_steps import WAITING

#: more than that is not counted: the screen says “99+”
CAP = 100


class ResUsers(models.Model):
    _inherit = "res.users"

    @api.model
    def amss_counts(self):
        """Return how many letters are new in each box of the current user.

        :return: dict of ``central``, ``group``, ``my_work`` … to a number, at most
            ``CAP``; without the boxes that the user has not, and empty for who has
            nothing to do with letters
        """
        if not self.env.user.has_group("amss_saraban.group_saraban_staff"):
            return {}
        boxes = {
            box: self._amss_new_letters(model, domain)
            for box, (model, domain) in self._amss_boxes().items()
        }
        letters = {letter for found in boxes.values() for letter in found}
        # a row is counted when its letter may be read as well, for each of its rules
        documents = self.env["amss.document"]
        readable = set(documents._search([("id", "in", list(letters))]))
        return {
            box: sum(letter in readable for letter in found)
            for box, found in boxes.items()
        }

    @api.model
    def _amss_new_letters(self, model, domain):
        """Return the ids of the letters of rows that the user may read, some at most.

        :param str model: of letters, or with a ``document_id``
        :param domain: of the rows
        """
        query = self.env[model]._search(domain, limit=CAP)
        name = "id" if model == "amss.document" else "document_id"
        column = self.env[model]._field_to_sql(query.table, name, query)
        return [letter for [letter] in self.env.execute_query(query.select(column))]

    @api.model
    def _amss_boxes(self):
        """Return the current user's boxes: by name the model and what is new there.

        The domains are those of the lists, for what nobody has dealt with yet.
        """
        user = self.env.user
        rows = self.env["amss.assignment"]
        new = Domain("state", "=", "new")
        to_me = Domain("user_id", "=", user.id)
        own = to_me | Domain("stand_in_id", "=", user.id)
        for_approval = Domain("kind", "=", "approval")
        to_agency = Domain("user_id", "=", False)
        back = to_agency & Domain("sender_agency_id", "=", user.agency_id.id)
        back &= Domain("state", "=", "returned")
        boxes = {
            # in the list of work as well, and counted once
            "my_work": ("amss.assignment", new & own & ~for_approval),
            "approval": ("amss.assignment", new & own & for_approval),
            "sent_back": ("amss.assignment", rows._sent_back_domain()),
            "returned": (
                "amss.recipient",
                back & Domain("return_accepted_at", "=", False),
            ),
            "mail": ("amss.recipient", to_me & Domain("state", "=", "sent")),
        }
        if groups := user.registrar_department_ids.ids:
            of_groups = Domain("department_id", "in", groups)
            boxes["group"] = ("amss.assignment", new & of_groups)
        if user.has_group("amss_saraban.group_saraban_unit"):
            signed = Domain("agency_id", "=", user.agency_id.id)
            signed &= Domain("state", "=", "draft")
            signed &= Domain("approval_state", "=", "approved")
            boxes["to_number"] = ("amss.document", signed)
        if user.has_group("amss_saraban.group_saraban_central"):
            waiting = to_agency & Domain("agency_id", "=", user.agency_id.id)
            waiting &= Domain("state", "in", WAITING)
            boxes["central"] = ("amss.recipient", waiting)
        return boxes

    # ------------------------------------------------------------------
    # Screens that show them
    # ------------------------------------------------------------------
    @api.model
    def _amss_counts_change(self, **ids):
        """Remember what changes counts; who is concerned is told at the commit.

        :param ids: ids of ``users``, ``assignments``, ``recipients``, and of
            ``agencies`` whose central registrars are concerned
        """
        data = self.env.cr.precommit.data
        if COUNTS not in data:
            data[COUNTS] = {}
            self.env.cr.precommit.add(self.env["res.users"]._amss_send_counts_change)
        for name, changed in ids.items():
            data[COUNTS].setdefault(name, set()).update(changed)

    def _amss_send_counts_change(self):
        """Let the screens of all concerned ask for their counts anew."""
        changed = self.env.cr.precommit.data.pop(COUNTS, {})
        # sudo: whose boxes these rows lie in; nothing of the letters
        users = self.sudo().browse(changed.get("users", ()))
        env = users.env
        rows = env["amss.assignment"].browse(changed.get("assignments", ()))
        came = env["amss.recipient"].browse(changed.get("recipients", ()))
        users |= rows.user_id | rows.stand_in_id | rows.parent_id.user_id
        top = rows.filtered(lambda row: not row.parent_id)
        users |= top.assigned_by_id
        groups = (rows.department_id | rows.parent_department_id)._amss_above()
        users |= groups.registrar_ids | groups.manager_id.user_id
        users |= came.user_id
        came = came.filtered(lambda row: not row.user_id)
        agencies = self.env["res.partner"].browse(changed.get("agencies", ()))
        agencies |= came.agency_id | came.sender_agency_id | top.agency_id
        if agencies:
            users = users.union(*agencies._amss_registrars().values())
        users.filtered("active")._bus_send("amss.counts/changed", {})
