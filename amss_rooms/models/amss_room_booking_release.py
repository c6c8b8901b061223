# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""At the door: who came, and whose room is released since nobody did.

A schedule releases rooms and closes what is over. It takes small batches, each in a
fresh snapshot, and leaves to its next run what somebody changes at that moment.
"""

from contextlib import suppress
from datetime import timedelta

from psycopg2.errors import SerializationFailure

from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.amss_base.tools import guard

from ..tools import notices

#: bookings that one run of a schedule takes
BATCH = 200
#: how long before the beginning people can check in
EARLY = timedelta(minutes=30)


class AmssRoomBooking(models.Model):
    _inherit = "amss.room.booking"

    # ------------------------------------------------------------------
    # Checking in
    # ------------------------------------------------------------------
    def _check_in(self):
        """Note that somebody came. Repeating it changes nothing.

        :return: whether somebody has checked in for this booking, now or before
        """
        self.ensure_one()
        self._lock_states()
        if not self.checked_in_at and self._can_check_in(fields.Datetime.now()):
            guard.stepping(self).checked_in_at = fields.Datetime.now()
        return bool(self.checked_in_at)

    def _can_check_in(self, now):
        """Tell whether people can check in: from half an hour before the beginning
        until the room is released, or the end.

        :param datetime now: naive UTC
        """
        self.ensure_one()
        return (
            self.state == "approved"
            and self.start - EARLY <= now < self.stop
            and not self._is_missed(now)
        )

    def _checkin_deadline(self):
        """Give the moment at which the room is released unless somebody has come.

        Who is approved after the beginning has the time from then on.

        :return: naive UTC, nothing where nobody has to check in
        """
        self.ensure_one()
        minutes = self.room_id.checkin_minutes
        if not minutes or self.state != "approved" or self.checked_in_at:
            return None
        since = max(self.start, self.decided_at or self.start)
        return since + timedelta(minutes=minutes)

    def _is_missed(self, now):
        """Tell whether nobody came in time; the schedule releases the room soon."""
        deadline = self._checkin_deadline()
        return bool(deadline) and deadline <= now

    # ------------------------------------------------------------------
    # Schedule
    # ------------------------------------------------------------------
    @api.model
    def _cron_release(self):
        """Release rooms nobody came to, close what is over.

        A request that nobody decided before its time was over is refused. People are
        told of both.
        """
        now = fields.Datetime.now()
        over = Domain("stop", "<=", now)
        self._in_batches(
            Domain("state", "=", "approved")
            & Domain("checked_in_at", "=", False)
            & Domain("room_id.checkin_minutes", ">", 0)
            & Domain("start", "<=", now)
            & Domain("stop", ">", now),
            lambda bookings: bookings._release(),
            lambda booking: booking._is_missed(now),
        )
        self._in_batches(
            over & Domain("state", "=", "approved"),
            lambda bookings: guard.stepping(bookings).write({"state": "held"}),
        )
        self._in_batches(
            over & Domain("state", "=", "requested"),
            lambda bookings: bookings._refuse_undecided(),
        )

    def _in_batches(self, domain, step, condition=None):
        """Take a step with all bookings of a domain, committing after each batch.

        What somebody else is changing is left to the next run, and so is a batch in
        which somebody changed one since it was read.

        :param callable step: takes the bookings of a batch
        :param callable condition: which bookings of the domain, beside it
        """
        condition = condition or bool
        found = self.search(domain).filtered(condition)
        for start in range(0, len(found), BATCH):
            some = found[start : start + BATCH]
            with suppress(SerializationFailure), self.env.cr.savepoint():
                some = some.try_lock_for_update().filtered_domain(domain)
                some = some.filtered(condition)
                if some:
                    step(some)
            if not self.env["ir.cron"]._commit_progress(len(some)):
                return

    def _release(self):
        """Free the rooms of bookings nobody came to, and tell who had booked."""
        self._set_ended_saying("no_show", notices.NOBODY_CAME)
        self._tell_requesters(notices.RELEASED)

    def _refuse_undecided(self):
        """Refuse requests whose time is over, and tell who had asked."""
        self._set_ended_saying("refused", notices.NOBODY_DECIDED)
        self._tell_requesters(notices.REFUSED)

    def _set_ended_saying(self, state, reason):
        """End bookings with a reason in the words of their requesters."""
        for lang, some in self.grouped(lambda booking: booking.user_id.lang).items():
            some = some.with_context(lang=lang or self.env.lang)
            some._set_ended(state, some.env._(reason))
