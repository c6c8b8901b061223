# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""From request to approval or refusal, to held, cancelled or nobody came."""

from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.amss_base.tools import guard, locks

from ..tools import notices
from .amss_room import ADMINISTRATOR

#: bookings of one notice for which free rooms are named
MOST_NAMED = 10


class AmssRoomBooking(models.Model):
    _inherit = "amss.room.booking"

    # ------------------------------------------------------------------
    # Beginning
    # ------------------------------------------------------------------
    def _link_request(self):
        """Let bookings made together for one purpose know the first of them."""
        for together in self.grouped(lambda one: (one.user_id, one.name)).values():
            if len(together) > 1:
                guard.stepping(together).request_id = together[0]

    def _start(self):
        """Approve what needs no approval, ask the keepers about the rest."""
        at_once = self.filtered(
            lambda booking: not booking.room_id.needs_approval
            or booking.room_id.is_kept
        )
        if at_once:
            at_once._set_approved()
        (self - at_once)._ask_keepers()

    def _ask_again(self):
        """A booking moved by its requester is asked for again where that is needed.

        It goes on holding its new time, and its meeting moves with it.
        """
        again = self.filtered(
            lambda booking: booking.state == "approved"
            and booking.room_id.needs_approval
            and not booking.room_id.is_kept
        )
        if again:
            guard.stepping(again).write(
                {"state": "requested", "decided_by_id": False, "decided_at": False}
            )
            again._ask_keepers()

    # ------------------------------------------------------------------
    # Decisions
    # ------------------------------------------------------------------
    def action_approve(self):
        """Approve the requests among these bookings; others are left as they are.

        :return: a notice of how many, where there are several
        :raise UserError: when none of them is a request
        :raise AccessError: for who is no keeper of one of the rooms
        """
        self._lock_states()
        requested = self.filtered(lambda booking: booking.state == "requested")
        if not requested:
            raise UserError(
                self.env._("There is nothing to approve: no request is among these.")
            )
        requested._check_may_decide()
        requested._check_not_over()
        requested._set_approved()
        requested._tell_approved()
        others = len(self - requested)
        return self._say_result(
            self.env._(
                "%(count)s approved; %(others)s were no requests and stay as they are.",
                count=len(requested),
                others=others,
            )
            if others
            else self.env._("%s approved", len(requested))
        )

    def _set_approved(self):
        guard.stepping(self).write(
            {
                "state": "approved",
                "decided_by_id": self.env.uid,
                "decided_at": fields.Datetime.now(),
                "reason": False,
            }
        )
        self._update_events()

    def _refuse(self, reason):
        """Refuse requests; their rooms are free again.

        :param str reason: told to the requesters with what is free instead
        :raise UserError: for bookings that are no requests
        """
        self._lock_states()
        self._check_running()
        self._check_may_decide()
        for booking in self:
            if booking.state != "requested":
                raise UserError(
                    self.env._(
                        "%s is approved already. Cancel it instead.",
                        booking.display_name,
                    )
                )
        self._set_ended("refused", reason)
        self._tell_refused()

    def _cancel(self, reason):
        """Cancel bookings; their rooms are free again and participants are told.

        :param str reason: needed where a keeper cancels another's booking
        :raise UserError: when it is too late, or over, or the reason is missing
        """
        self._lock_states()
        self._check_may_change({"state": "cancelled", "change_note": reason})
        self._set_ended("cancelled", reason)
        self._tell_cancelled()

    def _set_ended(self, state, reason=None):
        guard.stepping(self).write(
            {
                "state": state,
                "decided_by_id": self.env.uid,
                "decided_at": fields.Datetime.now(),
                "reason": reason,
            }
        )
        self._remove_events()

    def _lock_states(self):
        """Let one transaction alone decide about these bookings.

        Who comes second fails with a serialization error, is retried by Odoo, and
        then sees what was decided.
        """
        locks.claim(self)

    def _check_not_over(self):
        """:raise UserError: for requests whose time is past"""
        now = fields.Datetime.now()
        for booking in self:
            if booking.stop <= now:
                raise UserError(
                    self.env._(
                        "%s is past; it cannot be approved any more.",
                        booking.display_name,
                    )
                )

    # ------------------------------------------------------------------
    # Buttons
    # ------------------------------------------------------------------
    def action_open_refuse(self):
        """Ask why these requests are refused."""
        self._check_may_decide()
        return self.env["amss.room.reason"]._ask(self, "_refuse")

    def action_open_cancel(self):
        """Ask why these bookings are cancelled."""
        self._check_running()
        return self.env["amss.room.reason"]._ask(self, "_cancel")

    # ------------------------------------------------------------------
    # Telling people
    # ------------------------------------------------------------------
    def _by_request(self):
        """Give the bookings in groups that were asked for together by one person."""
        return self.grouped(
            lambda booking: (booking.request_id or booking, booking.user_id)
        )

    def _ask_keepers(self):
        """Tell the keepers of new requests, once for all that is asked together.

        A room without keepers is decided by the administrators of the rooms.
        """
        administrators = self.env.ref(ADMINISTRATOR).sudo().user_ids
        for asked in self._by_request().values():
            # sudo: who keeps a room, for people who may not read users
            for keepers, bookings in (
                asked.sudo().grouped(lambda booking: booking.room_id.keeper_ids).items()
            ):
                people = keepers or administrators.filtered(
                    lambda user, office=bookings.company_id: office <= user.company_ids
                )
                bookings.with_env(self.env)._notify(
                    (people - self.env.user).partner_id,
                    notices.ASKED,
                )

    def _tell_approved(self):
        for bookings in self.grouped(
            lambda one: (one.request_id, one.user_id)
        ).values():
            bookings._notify_requester(notices.APPROVED)

    def _tell_refused(self):
        for bookings in self.grouped(
            lambda one: (one.request_id, one.user_id)
        ).values():
            bookings._notify_requester(notices.REFUSED, alternatives=True)

    def _tell_cancelled(self):
        for bookings in self.grouped(
            lambda one: (one.request_id, one.user_id)
        ).values():
            bookings._notify_requester(notices.CANCELLED)

    def _notify_requester(self, subject, alternatives=False):
        people = (self.user_id - self.env.user).sudo().partner_id
        self._notify(people, subject, alternatives)

    def _notify(self, partners, subject, alternatives=False):
        """Tell people of bookings in one notice, in the language of each.

        :param subject: lazy translation
        :param bool alternatives: name the rooms that are free instead
        """
        for lang, people in partners.grouped("lang").items():
            bookings = self.with_context(lang=lang or self.env.lang)
            title = bookings.env._(subject)
            body = bookings.env["ir.qweb"]._render(
                "amss_rooms.booking_notice",
                {
                    "bookings": bookings,
                    "free": bookings._free_instead() if alternatives else {},
                    "intro": title,
                },
            )
            # sudo: the notice goes to who is concerned, whatever the sender may read
            bookings[:1].sudo().message_notify(
                partner_ids=people.ids, subject=f"{title}: {self[0].name}", body=body
            )

    def _free_instead(self):
        """Give rooms that can be had at the time of each booking.

        :return: dict of rooms by booking, three at most
        """
        bookings = self[:MOST_NAMED]
        free = self.env["amss.room"]._find_free_for(
            [
                (booking.date, booking.hour_from, booking.hour_to, booking.headcount)
                for booking in bookings
            ]
        )
        return {
            booking: rooms[:3] for booking, rooms in zip(bookings, free, strict=True)
        }
