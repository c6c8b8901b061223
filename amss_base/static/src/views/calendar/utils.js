// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import "@web/views/calendar/utils";
import {formatBuddhist, isBuddhistEra} from "../../core/buddhist_era/buddhist_era";

/**
 * The days of a meeting in the calendar's popovers. Must run directly after the module
 * that it changes: see "core/buddhist_era/dates.js".
 */
const utils = odoo.loader.modules.get("@web/views/calendar/utils");
const original = {...utils};

Object.assign(utils, {
    getFormattedDateSpan(start, end) {
        if (!isBuddhistEra()) {
            return original.getFormattedDateSpan(start, end);
        }
        const last = formatBuddhist(end, "DDD");
        if (start.hasSame(end, "day")) {
            return last;
        }
        if (start.hasSame(end, "month")) {
            return `${start.day}-${last}`;
        }
        return `${formatBuddhist(start, "DDD")} - ${last}`;
    },
});
