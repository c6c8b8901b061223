# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""From request to approval or refusal, to held, cancelled or nobody came."""

from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.amss_base.tools import guard, locks

from ..tools import notices
from ..tools.when import Asked
from .amss_room import ADMINISTRATOR

#: bookings of one notice for which free rooms are named
MOST_NAMED = 10
#: purposes that the subject of a notice names
MOST_PURPOSES = 3


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
        (self - at_once)._tell_keepers(notices.ASKED)

    def _agreed(self):
        """Give what a keeper has looked at who approved the booking."""
        self.ensure_one()
        return {
            "time": (self.room_id, self.start, self.stop),
            "name": self.name,
            "headcount": self.headcount,
            "layout": self.layout_id,
            "equipment": self.equipment_ids,
        }

    def _follow_up(self, agreed):
        """Let keepers decide anew about what requesters make of approved bookings.

        Of another purpose they are told, and of requests that have changed. A booking
        that is asked for again goes on holding its time, and its meeting moves with it.

        :param dict agreed: by booking, as ``_agreed`` gave it before the change
        """
        again = renamed = changed = self.browse()
        for booking in self._decided_by_others():
            before, after = agreed[booking], booking._agreed()
            if before == after:
                continue
            if booking.state == "requested":
                changed += booking
                continue
            if (
                after["time"] != before["time"]
                or after["headcount"] > before["headcount"]
                or after["layout"] != before["layout"]
                or after["equipment"] - before["equipment"]
            ):
                again += booking
            elif after["name"] != before["name"]:
                renamed += booking
        if again:
            guard.stepping(again).write(
                {"state": "requested", "decided_by_id": False, "decided_at": False}
            )
            again._tell_keepers(notices.ASKED)
        renamed._tell_keepers(notices.RENAMED)
        changed._tell_keepers(notices.CHANGED)

    def _decided_by_others(self):
        """Give those in rooms where somebody else approves what the user asks for."""
        return self.filtered(
            lambda booking: booking.room_id.needs_approval
            and not booking.room_id.is_kept
        )

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
        requested._check_open()
        requested._set_approved()
        requested._tell_requesters(notices.APPROVED)
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
        :raise UserError: for bookings that are no requests, or without a reason
        """
        self._lock_states()
        self._check_running()
        self._check_may_decide()
        reason = (reason or "").strip()
        if not reason:
            raise UserError(
                self.env._(
                    "%s: say why it is refused; the requester is told.",
                    self[:1].display_name,
                )
            )
        for booking in self:
            if booking.state != "requested":
                raise UserError(
                    self.env._(
                        "%s is approved already. Cancel it instead.",
                        booking.display_name,
                    )
                )
        self._set_ended("refused", reason)
        self._tell_requesters(notices.REFUSED, alternatives=True)

    def _cancel(self, reason):
        """Cancel bookings; their rooms are free again and participants are told.

        :param str reason: needed where a keeper cancels another's booking
        :raise UserError: when it is too late, or over, or the reason is missing
        """
        self._lock_states()
        reason = (reason or "").strip()
        self._check_may_change({"state": "cancelled", "change_note": reason})
        self._set_ended("cancelled", reason)
        self._tell_requesters(notices.CANCELLED)
        self._decided_by_others()._tell_keepers(notices.GIVEN_BACK)

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

    def _check_open(self):
        """:raise UserError: for requests whose room has been closed since"""
        rooms, wishes = self.env["amss.room"], self._wishes()
        closed = rooms._closures(wishes)
        problems = [
            rooms._opening_problem(wish) or rooms._closure_problem(wish, closed)
            for wish in wishes
        ]
        if any(problems):
            raise UserError("\n".join(dict.fromkeys(filter(None, problems))))

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
    def _tell_keepers(self, subject):
        """Tell the keepers, once for all these bookings of one person.

        A room without keepers is decided by the administrators of the rooms.

        :param subject: lazy translation
        """
        administrators = self.env.ref(ADMINISTRATOR).sudo().all_user_ids
        for asked in self.grouped("user_id").values():
            # sudo: who keeps a room, for people who may not read users
            for keepers, bookings in (
                asked.sudo().grouped(lambda booking: booking.room_id.keeper_ids).items()
            ):
                people = keepers or administrators.filtered(
                    lambda user, office=bookings.company_id: office <= user.company_ids
                )
                bookings.with_env(self.env)._notify(
                    (people - self.env.user).partner_id,
                    subject,
                )

    def _tell_requesters(self, subject, alternatives=False):
        """Tell those who have booked, each once of all these bookings.

        Nobody is told of what they do themselves.

        :param subject: lazy translation
        :param bool alternatives: name the rooms that are free instead
        """
        for bookings in self.grouped("user_id").values():
            people = (bookings.user_id - self.env.user).sudo().partner_id
            bookings._notify(people, subject, alternatives)

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
                partner_ids=people.ids,
                subject=f"{title}: {self._purposes()}",
                body=body,
            )

    def _purposes(self):
        """Name what the bookings are for, as far as a line has room."""
        purposes = list(dict.fromkeys(self.mapped("name")))
        more = ["…"] if len(purposes) > MOST_PURPOSES else []
        return ", ".join(purposes[:MOST_PURPOSES] + more)

    def _free_instead(self):
        """Give the other rooms that the requesters can have at the time of each.

        :return: dict of rooms by booking, three at most
        """
        found = {}
        for (user, office), bookings in (
            self[:MOST_NAMED].grouped(lambda one: (one.user_id, one.company_id)).items()
        ):
            # sudo: names of rooms of the office, within the requester's own limits
            rooms = self.env["amss.room"].with_user(user).sudo()
            free = rooms._find_free_for(office, [one._asked() for one in bookings])
            for booking, others in zip(bookings, free, strict=True):
                # what is refused at the same time is not offered either
                refused = self.filtered(
                    lambda one, booking=booking: one.start < booking.stop
                    and one.stop > booking.start
                ).room_id
                found[booking] = (others - refused)[:3]
        return found

    def _asked(self):
        """Say what the booking needs of a room, see ``tools.when.Asked``."""
        self.ensure_one()
        return Asked(
            self.date,
            self.hour_from,
            self.hour_to,
            self.headcount,
            self.equipment_ids,
        )
