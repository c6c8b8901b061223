# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""An approved booking is a meeting in Odoo's calendar.

The booking leads: the meeting is made of it, moves with it and goes with it. What is
changed in the calendar is asked of the booking first (see ``calendar_event.py``).
Bookings of several rooms that were asked for together for one time are one meeting.
"""

from markupsafe import Markup

from odoo import fields, models
from odoo.fields import Command, Domain
from odoo.tools import html2plaintext
from odoo.tools.misc import clean_context

from odoo.addons.amss_base.tools import guard, locks

from .amss_room_booking import OCCUPYING, TIME_FIELDS

DESCRIBED_FIELDS = {"department_id", "chair", "coordinator", "phone"}
#: what of a booking its meeting shows
MEETING_FIELDS = {
    "name",
    "user_id",
    "participant_ids",
    "alarm_ids",
    *TIME_FIELDS,
    *DESCRIBED_FIELDS,
}
#: what a dialog leaves in the context, and the calendar would take for its own
DIALOG_KEYS = {"active_model", "active_id", "active_ids", "orig_activity_ids"}


class AmssRoomBooking(models.Model):
    _inherit = "amss.room.booking"

    def _update_events(self, names=None):
        """Make and move the meetings of approved bookings.

        A booking that was approved and is asked for again, since it was moved, keeps
        its meeting.

        :param names: the fields of the bookings that have changed; all if left out
        """
        if names is not None and not MEETING_FIELDS.intersection(names):
            return
        # sudo: the meeting follows its booking, and that has been checked
        bookings = self.sudo().filtered(lambda booking: booking._has_meeting())
        if not bookings:
            return
        meetings, new, left_over = bookings._share_out()
        for event, together in meetings.items():
            together._update_meeting(event, names)
        self._create_meetings(new)
        # their participants are at the meeting that was joined
        guard.stepping(left_over).write({"active": False})

    def _remove_events(self):
        """Take the meetings of bookings that have ended out of the calendars.

        Participants are told, those of a meeting that goes on in another room of the
        new place.
        """
        # sudo: the meeting follows its booking, and that has been checked
        ended = self.sudo().filtered("event_id")
        if not ended:
            return
        # two who cancel the last two rooms of a meeting have to see each other
        locks.claim(ended.event_id)
        remaining = ended.search(
            Domain("event_id", "in", ended.event_id.ids)
            & Domain("state", "in", OCCUPYING)
        )
        ended._call_off(ended.event_id - remaining.event_id)
        for event, bookings in remaining.grouped("event_id").items():
            # the participants of the other room stay invited
            everybody = event.partner_ids - bookings.user_id.partner_id
            guard.stepping(bookings).participant_ids |= everybody
        remaining._update_events()

    def action_open_meeting(self):
        """Open the meeting in Odoo's calendar."""
        self.ensure_one()
        return self.event_id.get_formview_action()

    # ------------------------------------------------------------------
    # Which meetings there are
    # ------------------------------------------------------------------
    def _has_meeting(self):
        self.ensure_one()
        return self.state == "approved" or (
            self.state == "requested" and bool(self.event_id)
        )

    def _share_out(self):
        """Say which bookings share a meeting, and which need a new one.

        :return: dict of bookings by their meeting; list of bookings without one;
            meetings that nobody needs any more
        """
        everybody = self._with_siblings()
        groups = everybody.grouped(
            lambda booking: (
                booking.request_id or booking,
                booking.user_id,
                booking.start,
                booking.stop,
            )
        )
        meetings, new = {}, []
        # those who stay where they were keep the meeting, who moved away gets another
        for bookings in sorted(groups.values(), key=lambda group: group <= self):
            events = bookings.event_id.sorted("id").with_env(self._calendar().env)
            kept = next((event for event in events if event not in meetings), None)
            if kept:
                meetings[kept] = bookings
            else:
                new.append(bookings)
        left_over = everybody.event_id.filtered(lambda event: event not in meetings)
        return meetings, new, left_over

    def _with_siblings(self):
        """Add the bookings that share a meeting with these, or shall share one."""
        requests = self.request_id | self.filtered(lambda one: not one.request_id)
        together = Domain("event_id", "in", self.event_id.ids) | (
            Domain("request_id", "in", requests.ids) | Domain("id", "in", requests.ids)
        ) & Domain("start", "in", self.mapped("start"))
        siblings = self.search(
            together
            & Domain("state", "in", ("requested", "approved"))
            & Domain("id", "not in", self.ids)
        )
        if siblings:
            # two keepers who approve one room each have to see each other
            locks.claim(siblings)
        return self | siblings.filtered(lambda booking: booking._has_meeting())

    def _calendar(self):
        """Give the calendar as a step of ours writes it."""
        context = {
            key: value
            for key, value in clean_context(self.env.context).items()
            if key not in DIALOG_KEYS
        }
        # sudo: the meeting follows its booking, and that has been checked
        calendar = self.env(context=context)["calendar.event"].sudo()
        # the description is made of the booking; core would add names and phones
        return guard.stepping(calendar.with_context(skip_contact_description=True))

    # ------------------------------------------------------------------
    # Making and changing them
    # ------------------------------------------------------------------
    def _create_meetings(self, groups):
        """Make a meeting of each of these groups of bookings.

        Each requester invites to the own meetings, whoever approved them.
        """
        by_requester = {}
        for bookings in groups:
            by_requester.setdefault(bookings.user_id, []).append(bookings)
        for user, meetings in by_requester.items():
            calendar = self._calendar().with_user(user).sudo()
            events = calendar.create(
                [bookings._meeting_values(calendar) for bookings in meetings]
            )
            for event, bookings in zip(events, meetings, strict=True):
                guard.stepping(bookings).event_id = event.id

    def _update_meeting(self, event, names=None):
        """Let a meeting be what its bookings say, and tell of a new place.

        Odoo itself tells of a new time, and invites who is new.

        :param event: the meeting of these bookings, as ``_calendar`` gives it
        :param names: the fields of the bookings that have changed; all if left out
        """
        joining = self.filtered(lambda one: one.event_id != event)
        guard.stepping(joining).write({"event_id": event.id})
        attendees = event.attendee_ids
        changes = self._meeting_changes(event, None if joining else names)
        if not changes:
            return
        event.write(dict(changes))
        if "location" in changes and "start" not in changes:
            event._amss_tell(
                "calendar.calendar_template_meeting_update",
                attendees & event.attendee_ids,
            )

    def _meeting_changes(self, event, names=None):
        """Give those of the values that the meeting does not have yet."""
        values = self._meeting_values(event, names is not None and set(names))
        changes = {
            name: value
            for name, value in values.items()
            if name not in ("description", "partner_ids", "alarm_ids")
            and value != event._convert_to_write({name: event[name]})[name]
        }
        if {"start", "stop"} & changes.keys():
            changes |= {"start": values["start"], "stop": values["stop"]}
        for name in ("partner_ids", "alarm_ids"):
            (command,) = values[name]
            if set(command[2]) != set(event[name].ids):
                changes[name] = values[name]
        # what was typed into it in the calendar stays as long as that is possible
        if names is None or DESCRIBED_FIELDS.intersection(names):
            said = html2plaintext(event.description or "")
            if said != html2plaintext(values["description"]):
                changes["description"] = values["description"]
        return changes

    def _meeting_values(self, event, names=None):
        """Give the values of the meeting of these bookings.

        :param event: as it stands, empty for a new one
        :param names: the fields of the bookings that have changed
        """
        partners = self._partners_of_meeting(event, names)
        return {
            "name": " / ".join(dict.fromkeys(self.sorted("id").mapped("name"))),
            "start": self[0].start,
            "stop": self[0].stop,
            "user_id": self.user_id.id,
            "location": self._place_of_meeting(),
            "description": self._description_of_meeting(),
            "partner_ids": [Command.set(partners.ids)],
            "alarm_ids": [Command.set(self.alarm_ids.ids)],
        }

    def _partners_of_meeting(self, event, names=None):
        """Give who is invited: the requester, unless taken out, and the participants.

        Nobody else is taken out but by a change of the participants.
        """
        requester = self.user_id.partner_id
        partners = self.participant_ids
        if not names or "participant_ids" not in names:
            partners |= event.partner_ids - event.user_id.partner_id
        if event.user_id != self.user_id or requester in event.partner_ids:
            partners |= requester
        return partners

    def _place_of_meeting(self):
        """Name the rooms with their places, for who has to find them."""
        return ", ".join(
            f"{room.name} ({room.location})" if room.location else room.name
            for room in self.room_id.sorted()
        )

    def _description_of_meeting(self):
        """Say in the requester's language who meets and whom to ask."""
        self = self.with_context(lang=self.user_id.lang)
        described = (
            (self.env._("Group"), self.department_id.mapped("name")),
            (self.env._("Chaired by"), self.mapped("chair")),
            (
                self.env._("Coordinator"),
                [
                    " ".join(filter(None, (booking.coordinator, booking.phone)))
                    for booking in self
                ],
            ),
        )
        lines = [
            Markup("%s: %s") % (label, ", ".join(dict.fromkeys(filter(None, said))))
            for label, said in described
            if any(said)
        ]
        return Markup("<p>%s</p>") % Markup("<br>").join(lines) if lines else ""

    # ------------------------------------------------------------------
    # Telling
    # ------------------------------------------------------------------
    def _call_off(self, events):
        """Take meetings of these bookings out of the calendars, and say so.

        The requester hears of it as of any decision about the booking.
        """
        now = fields.Datetime.now()
        coming = events.filtered(lambda event: event.active and event.stop > now)
        for event, bookings in self.grouped("event_id").items():
            if event in coming:
                # the booking stays when the meeting is deleted, and with it the mails
                # that are still to go out
                event._amss_tell(
                    "calendar.calendar_template_delete_event",
                    event.attendee_ids,
                    about=bookings[0],
                    besides=event.user_id.partner_id,
                )
        guard.stepping(events).write({"active": False})
