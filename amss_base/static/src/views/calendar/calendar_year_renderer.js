// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import {patch} from "@web/core/utils/patch";
import {CalendarYearRenderer} from "@web/views/calendar/calendar_year/calendar_year_renderer";

patch(CalendarYearRenderer.prototype, {
    /**
     * FullCalendar lets the browser write the headings of the months: it must be told
     * where the switch of the language is off.
     */
    get options() {
        const options = super.options;
        if (luxon.Settings.defaultOutputCalendar === "gregory") {
            options.locale = `${options.locale}-u-ca-gregory`;
        }
        return options;
    },
});
