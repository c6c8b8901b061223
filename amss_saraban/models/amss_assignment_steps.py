# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The steps of an assignment: assign, accept, report."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.amss_base.tools import guard, locks

from .amss_assignment import OPEN


class AmssAssignment(models.Model):
    _inherit = "amss.assignment"

    # ------------------------------------------------------------------
    # Assign
    # ------------------------------------------------------------------
    @api.model
    def _assign(self, places, targets, **common):
        """Assign letters to groups and persons: one batch for any number of them.

        Who has a letter already is left as it is, so a double click assigns once.
        Rights are the caller's to check.

        :param list places: for each letter its ``document_id``, ``agency_id`` and, as
            far as there are, ``entry_id``, ``recipient_id``, ``parent_id``
        :param list targets: for each addressee ``department_id`` or ``user_id``,
            ``kind`` and ``is_owner``
        :param common: ``instruction``, ``date_deadline`` of all
        :return: the new assignments
        """
        self._claim_places(places)
        now = fields.Datetime.now()
        rows = [
            {**place, **target, **common, "assigned_at": now}
            | {"assigned_by_id": self.env.uid}
            for place in places
            for target in targets
        ]
        for row in rows:
            if row["kind"] == "info":  # nothing is to be done by then
                row["date_deadline"] = False
        rows = self._without_doubles(rows)
        self._keep_owner(rows)
        made = self._put(rows)
        made._be_the_owner()
        return made

    @api.model
    def _claim_places(self, places):
        """Keep who returns, withdraws or finishes letters at this moment from it.

        Else they would not see, and so leave open, what is assigned just now.

        :param list places: as ``_assign`` takes them
        """
        for model, name in (
            ("amss.recipient", "recipient_id"),
            ("amss.assignment", "parent_id"),
        ):
            ids = {place[name] for place in places if place.get(name)}
            if ids:
                locks.claim(self.env[model].browse(sorted(ids)))

    @api.model
    def _put(self, rows):
        """Create assignments, each with its stand-in, activity and readers.

        Every assignment comes into being here. Rights are the caller's to check.

        :param list rows: values of the assignments
        :return: the new assignments, sudo, writable
        """
        self._put_stand_ins(rows)
        # sudo: the caller has checked who may assign
        made = guard.stepping(self.sudo()).create(rows)
        made._schedule()
        made._name_owner_in_register()
        made.document_id._refresh_readers()
        made._handle_returned()
        return made

    @api.model
    def _without_doubles(self, rows):
        """Return those of ``rows`` whose group or person has not got the letter.

        Who has it for information gets it anew to do something with it.
        """
        # sudo: whether there is such a row, nothing of it
        there = self.sudo().search_fetch(
            [
                ("document_id", "in", [row["document_id"] for row in rows]),
                ("state", "in", OPEN),
                ("kind", "!=", "approval"),
            ],
            ["document_id", "agency_id", "department_id", "user_id", "kind"],
        )
        places = ("document_id", "agency_id", "department_id", "user_id")
        have = there.grouped(lambda row: tuple(row[name].id for name in places))
        new, told = [], there.browse()
        for row in rows:
            mine = have.get(tuple(row.get(name, False) for name in places), told[:0])
            if not mine:
                new.append(row)
            elif row["kind"] == "task" and set(mine.mapped("kind")) == {"info"}:
                new.append(row)
                told |= mine
        told._put_aside()
        return new

    def _put_aside(self):
        """Finish what was for information only and is to be worked on from now."""
        if self:
            now = fields.Datetime.now()
            rows = guard.stepping(self)
            rows.write({"state": "done", "done_at": now, "done_by_id": self.env.uid})
            rows._unschedule()
            rows.flush_recordset(["state"])  # before the new row of the same group

    @api.model
    def _keep_owner(self, rows):
        """Let only the owner of a letter make another its owner."""
        above = self.browse({row["parent_id"] for row in rows if row.get("parent_id")})
        # sudo: whether the letter is theirs, which the caller has checked
        owners = set(above.sudo().filtered("is_owner").ids)
        for row in rows:
            if row.get("parent_id") and row["parent_id"] not in owners:
                row["is_owner"] = False

    def _be_the_owner(self):
        """Let a letter have one owner: who had been it at the same place works with it.

        The register names the new one.
        """
        owners = self.filtered("is_owner")
        others = self.search(
            [
                ("document_id", "in", owners.document_id.ids),
                ("agency_id", "in", owners.agency_id.ids),
                ("is_owner", "=", True),
                ("state", "in", OPEN),
                ("id", "not in", owners.ids),
            ]
        )
        places = {(row.document_id, row.agency_id, row.parent_id) for row in owners}
        late = others.filtered(
            lambda row: (row.document_id, row.agency_id, row.parent_id) in places
        )
        (late | late._open_below()).write({"is_owner": False})

    def _schedule(self):
        """Make the activity of each person's assignment: nothing of the letter in it.

        Nobody is mailed by Odoo: who is told how is decided by the notices.
        """
        rows = self.filtered("user_id")
        kind = self.env.ref("amss_saraban.mail_activity_type_letter")
        model = self.env["ir.model"]._get_id(self._name)
        quiet = {"mail_activity_quick_update": True}
        # sudo: an activity of a colleague; the caller has checked who may assign
        activities = guard.stepping(self.env["mail.activity"].sudo())
        activities.with_context(**quiet).create(
            [
                {
                    "res_model_id": model,
                    "res_id": row.id,
                    "activity_type_id": kind.id,
                    "user_id": (row.stand_in_id or row.user_id).id,
                    "date_deadline": row.date_deadline
                    or row.agency_id._agency_now().date(),
                }
                for row in rows
            ]
        )
        rows.invalidate_recordset(["activity_ids"])

    def _unschedule(self):
        """Take the activities of these assignments off: they are done or gone."""
        # sudo: activities of others as well; the step was checked
        activities = guard.stepping(self.sudo().activity_ids)
        activities.with_context(mail_activity_quick_update=True).action_archive()

    def _name_owner_in_register(self):
        """Write whose matter each letter is on its line of the register (ข้อ 39)."""
        by_values = {}
        for row in self.filtered(lambda r: r.is_owner and r.entry_id):
            group, person = row.department_id, row.user_id
            if person:
                group = row.parent_id.department_id or person.department_ids[:1]
            values = (group.id, person.id)
            entries = by_values.setdefault(values, row.entry_id.browse())
            by_values[values] = entries | row.entry_id
        for (group_id, person_id), entries in by_values.items():
            names = {"department_id": group_id}
            names |= {"user_id": person_id} if person_id else {}
            guard.stepping(entries.sudo()).write(names)

    # ------------------------------------------------------------------
    # Accept
    # ------------------------------------------------------------------
    def _mark_opened(self):
        """Record that the addressee has seen these; what a person opens is accepted.

        What is only for a person's information is done with reading it.
        """
        user = self.env.user
        # sudo: who reads a row writes when it was seen first
        seen = self.sudo().filtered(lambda row: not row.opened_at)
        guard.stepping(seen).write({"opened_at": fields.Datetime.now()})
        mine = self.filtered(
            lambda row: user in (row.user_id, row.stand_in_id)
            and row.kind != "approval"
        )
        waiting = mine.filtered(lambda row: row.state == "new")
        if waiting:
            waiting._accept()

    def _accept(self):
        """Take these letters on; a group that keeps a book numbers them (ข้อ 40).

        :return: the lines in the books of the groups
        :raises UserError: when one was accepted, sent back or withdrawn before
        """
        rows = self._wait_turn(("new",), self.env._("Accept"))
        entries = rows._enter_group_books()
        now = fields.Datetime.now()
        done = rows.filtered(lambda row: row.kind == "info")
        values = {"accepted_at": now, "accepted_by_id": self.env.uid}
        (rows - done).write(values | {"state": "accepted"})
        done.write(
            values | {"state": "done", "done_at": now, "done_by_id": self.env.uid}
        )
        rows.filtered(lambda row: not row.opened_at).write({"opened_at": now})
        done._unschedule()
        rows._record("taken")
        return entries

    def _enter_group_books(self):
        """Enter letters into the own books of those groups that keep one."""
        # sudo: lines of the group's own book; the step was checked
        entries = self.env["amss.register.entry"].sudo()
        registers = self.env["amss.register"]._for_departments(self.department_id)
        for register in registers:
            rows = self.filtered(
                lambda row, group=register.department_id: row.department_id == group
                and not row.unit_entry_id
            )
            lines = entries._enter_lines(
                register,
                [
                    {
                        "document_id": r.document_id.id,
                        "department_id": r.department_id.id,
                    }
                    for r in rows
                ],
            )
            for row, line in zip(rows, lines, strict=True):
                row.unit_entry_id = line
            entries |= lines
        return entries

    def _unaccept(self):
        """Let a group accept anew whose line in its own book was made void."""
        # sudo: the right to make the line void was checked
        rows = guard.stepping(self.sudo())
        rows.write({"unit_entry_id": False})
        rows.filtered(lambda row: row.state == "accepted").write(
            {"state": "new", "accepted_at": False, "accepted_by_id": False}
        )

    # ------------------------------------------------------------------
    # Report
    # ------------------------------------------------------------------
    def _report(self, text=None):
        """Finish these assignments with what was done; those above follow.

        :param str text: what was done; required for what was to be done
        :raises UserError: without text, or when one was finished before
        """
        text = (text or "").strip()
        if not text and any(row.kind == "task" for row in self):
            raise UserError(
                self.env._("Write what was done with the letter, then finish it.")
            )
        rows = self._wait_turn_below(OPEN, self.env._("Finish"))
        now = fields.Datetime.now()
        rows.write(
            {
                "state": "done",
                "report": text or False,
                "done_at": now,
                "done_by_id": self.env.uid,
            }
        )
        rows.filtered(lambda row: not row.opened_at).write({"opened_at": now})
        rows._unschedule()
        rows._record("done", text or None)
        rows._note_report(text)
        rows._finish_above(text)

    def _wait_turn_below(self, allowed, action):
        """Wait for one's turn at these and at what they were assigned from.

        Of several that finish what came from one place at the same moment, the last
        sees that nothing is left. What is above is locked first, as those who send
        back and withdraw do.
        """
        # sudo: only to lock what these came from
        parents = above = self.sudo().parent_id
        lineage = above
        while above:
            above = above.parent_id
            lineage |= above
        if lineage:
            locks.lock(self.env, self._lock_space, self.ids + lineage.ids)
            locks.claim(parents)
        return self._wait_turn(allowed, action)

    def _note_report(self, text):
        """Write what the owner reported on the line of the register (การปฏิบัติ)."""
        # sudo: the line of a letter that the user has
        entries = self.filtered(lambda r: r.is_owner and r.entry_id).entry_id.sudo()
        if text and (empty := entries.filtered(lambda line: not line.action_note)):
            guard.stepping(empty).write({"action_note": text})

    def _finish_above(self, text):
        """Finish what these were assigned from, when nothing of it is left open."""
        above = self.parent_id.filtered(lambda row: row.state in OPEN)
        left = above.child_ids.filtered(lambda r: r.kind == "task" and r.state in OPEN)
        above -= left.parent_id
        if above:
            above._report(text or self.env._("Done"))

    # ------------------------------------------------------------------
    # Records
    # ------------------------------------------------------------------
    def _record(self, kind, text=None):
        """Write a step of these assignments into the history of their letters."""
        self.env["amss.document.event"]._log(
            kind,
            [
                {
                    "document_id": document.id,
                    "agency_id": agency.id,
                    "text": text,
                    "to_text": assignee,
                }
                for document, agency, assignee in dict.fromkeys(
                    (row.document_id, row.agency_id, row.assignee) for row in self
                )
            ],
        )

    def _late_message(self, action):
        """Return what happened to this assignment, for who came too late."""
        by_state = {
            "accepted": (self.accepted_by_id, self.accepted_at),
            "done": (self.done_by_id, self.done_at),
            "returned": (self.returned_by_id, self.returned_at),
            "withdrawn": (self.withdrawn_by_id, self.withdrawn_at),
            "new": (self.assigned_by_id, self.assigned_at),
        }
        return self.env._(
            "“%(action)s” is not possible: letter %(name)s with %(whom)s is "
            "“%(state)s” since %(when)s by %(user)s.",
            action=action,
            name=self.document_id.display_name,
            whom=self.assignee,
            **self._last_step(*by_state[self.state]),
        )
