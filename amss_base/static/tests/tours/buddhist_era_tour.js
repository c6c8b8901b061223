// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import {registry} from "@web/core/registry";
import {stepUtils} from "@web_tour/tour_utils";

const FIELD = ".o_field_widget[name=date_deadline]";

/**
 * In a form whose date is 15 March 2024: sees it, opens the picker, types another one.
 */
function typeDate({shown, header, typed, result}) {
    return () => [
        {
            content: "the date as the language shows it",
            trigger: `${FIELD} button:contains(${shown})`,
            run: "click",
        },
        {
            content: "the header of the picker",
            trigger: `.o_datetime_picker_header:contains(${header})`,
        },
        {
            content: "type another date",
            trigger: `${FIELD} input`,
            run: `edit ${typed}`,
        },
        {
            content: "leave the field",
            trigger: `${FIELD} input`,
            run: "press Enter",
        },
        {
            content: "the typed date as the language shows it",
            trigger: `${FIELD} button:contains(${result})`,
        },
        ...stepUtils.saveForm(),
    ];
}

const THAI = {shown: "15 มี.ค. 2567", header: "มีนาคม 2567"};

registry
    .category("web_tour.tours")
    .add("amss_buddhist_year_typed", {
        steps: typeDate({...THAI, typed: "15/03/2569", result: "15 มี.ค. 2569"}),
    })
    .add("amss_gregorian_year_typed", {
        steps: typeDate({...THAI, typed: "15/03/2026", result: "15 มี.ค. 2569"}),
    })
    .add("amss_leap_day_typed", {
        steps: typeDate({...THAI, typed: "29/02/2567", result: "29 ก.พ. 2567"}),
    })
    .add("amss_no_such_day_typed", {
        steps: () => [
            {
                content: "open the picker",
                trigger: `${FIELD} button:contains(${THAI.shown})`,
                run: "click",
            },
            {
                content: "type a day that no calendar has",
                trigger: `${FIELD} input`,
                run: "edit 31/02/2567",
            },
            {
                content: "leave the field",
                trigger: `${FIELD} input`,
                run: "press Enter",
            },
            {
                content: "it is told, with what was typed",
                trigger: ".o_notification:contains(31/02/2567)",
            },
            {
                content: "the date before it is kept",
                trigger: `${FIELD} button:contains(${THAI.shown})`,
            },
        ],
    })
    .add("amss_buddhist_era_off", {
        steps: typeDate({
            shown: "15 มี.ค. 2024",
            header: "มีนาคม 2024",
            typed: "15/03/2025",
            result: "15 มี.ค. 2025",
        }),
    })
    .add("amss_english", {
        steps: typeDate({
            shown: "Mar 15, 2024",
            header: "March 2024",
            typed: "03/15/2025",
            result: "Mar 15, 2025",
        }),
    })
    .add("amss_buddhist_era_portal", {
        steps: () => [
            {
                content: "a printed date",
                trigger: ".amss_printed:contains(15/03/2567)",
            },
            {
                content: "the picker reads the Buddhist year that the page prints",
                trigger: ".amss_picker:value(15/03/2567)",
                run: "click",
            },
            {
                content: "the header of the picker",
                trigger: ".o_datetime_picker_header:contains(มีนาคม 2567)",
            },
            {
                content: "type a Gregorian year",
                trigger: ".amss_picker",
                run: "edit 16/03/2026",
            },
            {
                content: "leave the field",
                trigger: ".amss_picker",
                run: "press Enter",
            },
            {
                content: "it is the same day of the Buddhist year",
                trigger: ".amss_picker:value(16/03/2569)",
            },
        ],
    });
