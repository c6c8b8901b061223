# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from odoo.addons.amss_base.tools import guard, locks


class AmssTurn(models.AbstractModel):
    """Rows of a letter that several people may be at: of two that compete one wins."""

    _name = "amss.turn"
    _description = "Record with Steps"
    #: first key of the advisory locks of such records, of ``tools.locks``
    _lock_space = None

    def _wait_turn(self, allowed, action):
        """Lock these records and raise unless all are in one of the allowed states.

        Waits for who is at the same records, then sees what they did: of two that
        compete one wins, and the other reads who was first.

        :param tuple allowed: states in which the step can be done
        :param str action: what the user wanted, for the message
        :return: these records, sudo, writable
        """
        self.env.flush_all()
        locks.lock(self.env, self._lock_space, self.ids)
        with locks.fresh_cursor(self.env) as cr:
            cr.execute(
                SQL(
                    "SELECT id, state FROM %s WHERE id = ANY(%s)",
                    SQL.identifier(self._table),
                    self.ids,
                )
            )
            states = dict(cr.fetchall())
            late = [
                row.id for row in self if states.get(row.id, row.state) not in allowed
            ]
            if late:
                # one of this very transaction is not in the fresh snapshot yet
                env = self.env(cr=cr) if late[0] in states else self.env
                fresh = self.with_env(env).sudo().browse(late[0])
                raise UserError(fresh._late_message(action))
        # sudo: the caller has checked who may do this step
        rows = guard.stepping(self.sudo())
        rows.invalidate_recordset()
        return rows

    def _late_message(self, action):
        """Return what happened to this record, for who came too late.

        :param str action: what the user wanted
        """
        raise NotImplementedError

    def _last_step(self, user, when):
        """Return the words of what happened last to this record of a letter.

        :param user: who did it
        :param datetime when: UTC time
        :return: dict of ``state``, ``when`` (the agency's time, B.E.) and ``user``
        """
        self.ensure_one()
        states = dict(self._fields["state"]._description_selection(self.env))
        local = when and fields.Datetime.context_timestamp(
            self.with_context(tz=self.agency_id._agency_timezone().zone), when
        )
        return {
            "state": states[self.state],
            "when": local and local.strftime("%H:%M:%S %d/%m/") + str(local.year + 543),
            "user": user.name or "-",
        }

    @api.depends_context("uid")
    @api.depends("document_id.summary")
    def _compute_contents(self):
        """Give summary and files of the letter to who may read it still."""
        letters = self.document_id.sudo(False)._filtered_access("read")
        by_id = {letter.id: letter for letter in letters}
        for row in self:
            letter = by_id.get(row.document_id.id, letters.browse())
            row.summary = letter.summary
            row.attachment_ids = letter.attachment_ids
