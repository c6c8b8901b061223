// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import {CalendarController} from "@web/views/calendar/calendar_controller";
import {CalendarModel} from "@web/views/calendar/calendar_model";
import {calendarView} from "@web/views/calendar/calendar_view";
import {registry} from "@web/core/registry";
import {useBookDialog} from "../book_dialog";

const HOLDING = ["requested", "approved", "held"];

/** The hour of the day of a moment, such as 8.5. */
const hourOf = (moment) => moment.hour + moment.minute / 60;

export class BookingCalendarModel extends CalendarModel {
    /**
     * Bookings that have come to nothing are shown to who asks for them alone.
     */
    computeDomain() {
        const domain = super.computeDomain(...arguments);
        const asked = this.meta.domain.some((leaf) => leaf[0] === "state");
        return asked ? domain : [...domain, ["state", "in", HOLDING]];
    }

    normalizeRecord(rawRecord) {
        return {
            ...super.normalizeRecord(rawRecord),
            title: `${rawRecord.name} · ${rawRecord.room_id[1]}`,
            isHatched: rawRecord.state === "requested",
            isStriked: !HOLDING.includes(rawRecord.state),
        };
    }

    /**
     * What may not be moved goes back to where it was; the server says why.
     */
    async updateRecord() {
        try {
            await super.updateRecord(...arguments);
        } catch (error) {
            await this.load();
            throw error;
        }
    }
}

export class BookingCalendarController extends CalendarController {
    setup() {
        super.setup();
        this.openBookDialog = useBookDialog();
    }

    /**
     * Rooms are booked in their dialog, as in the month table.
     */
    editRecordInCreation(record) {
        return this.openBookDialog(this.wishOf(record), () => this.model.load());
    }

    wishOf({start, end, isAllDay}) {
        const last = end?.isValid ? end : start;
        const wish = {
            roomIds: this.chosenRooms(),
            from: start.toISODate(),
            to: last.toISODate(),
            slot: "day",
        };
        if (!isAllDay && wish.from === wish.to && last > start) {
            wish.slot = "times";
            wish.hourFrom = hourOf(start);
            wish.hourTo = hourOf(last);
        }
        return wish;
    }

    /** The room, where one alone is shown. */
    chosenRooms() {
        const section = this.model.filterSections.find(
            ({fieldName}) => fieldName === "room_id"
        );
        const shown = (section?.filters || []).filter(
            (filter) => filter.active && filter.value
        );
        return shown.length === 1 ? [shown[0].value] : [];
    }
}

registry.category("views").add("amss_room_calendar", {
    ...calendarView,
    Controller: BookingCalendarController,
    Model: BookingCalendarModel,
});
