// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import {CalendarController} from "@web/views/calendar/calendar_controller";
import {patch} from "@web/core/utils/patch";
import {isBuddhistEra, toBuddhistYears} from "../../core/buddhist_era/buddhist_era";

const inEra = (text) => (isBuddhistEra() ? toBuddhistYears(text) : text);

patch(CalendarController.prototype, {
    get currentDate() {
        return inEra(super.currentDate);
    },

    get currentYear() {
        return inEra(super.currentYear);
    },

    get dayHeader() {
        return inEra(super.dayHeader);
    },

    get weekHeader() {
        return inEra(super.weekHeader);
    },

    get currentMonth() {
        return inEra(super.currentMonth);
    },
});
