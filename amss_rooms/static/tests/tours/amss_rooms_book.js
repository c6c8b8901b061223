// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import {localization} from "@web/core/l10n/localization";
import {registry} from "@web/core/registry";

const {DateTime} = luxon;

/**
 * The day of the office so many days from now, as people type it.
 */
const inDays = (days) =>
    DateTime.now()
        .setZone("Asia/Bangkok")
        .plus({days})
        .toFormat(localization.dateFormat);
const row = (number) => `.modal .o_data_row:nth-child(${number})`;

/** A requester books each week, leaves a clash and one more week out. */
registry.category("web_tour.tours").add("amss_rooms_book", {
    steps: () => [
        {
            content: "The one way to book",
            trigger: ".o_control_panel .o_amss_book",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=name] input",
            run: "edit อบรมครูผู้ช่วย",
        },
        {
            content: "The room",
            trigger: ".modal .o_field_widget[name=room_ids] input",
            run: "edit เพชร",
        },
        {
            trigger: ".o-autocomplete--dropdown-item:contains(เพชร)",
            run: "click",
        },
        {
            content: "Every week",
            trigger: ".modal .o_field_widget[name=repeat] input",
            run: "click",
        },
        {
            trigger: ".o_select_menu_item:eq(2)",
            run: "click",
        },
        {
            content: "The repeat has taken the place of the last day",
            trigger: ".modal .o_field_widget[name=until]",
        },
        {
            content: "From next week on",
            trigger: ".modal .o_field_widget[name=date_from] button",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=date_from] input",
            run: `edit ${inDays(7)} && press Enter`,
        },
        {
            content: "Until four weeks later",
            trigger: ".modal .o_field_widget[name=until] button",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=until] input",
            run: `edit ${inDays(35)} && press Enter`,
        },
        {
            content: "The clash is shown and left out before anything is booked",
            trigger: ".modal .o_field_widget[name=summary]:contains(5)",
        },
        {
            trigger: `${row(3)}:contains(กลุ่มนโยบายและแผน) input:not(:checked)`,
        },
        {
            content: "The last week is not wanted",
            trigger: `${row(5)} .o_data_cell[name=take]`,
            run: "click",
        },
        {
            trigger: `${row(5)} input:not(:checked)`,
        },
        {
            trigger: ".modal footer button[name=action_book]",
            run: "click",
        },
        {
            content: "What came of it, with a link",
            trigger: ".o_notification:contains(3) a[href*=room-request]",
        },
        {
            content: "They are in the list",
            trigger: "body:not(:has(.modal)) .o_list_view .o_data_row:nth-child(3)",
        },
    ],
});

/** A requester changes and cancels a booking of their own. */
registry.category("web_tour.tours").add("amss_rooms_change", {
    steps: () => [
        {
            trigger: ".o_data_row:first-child .o_data_cell[name=name]",
            run: "click",
        },
        {
            trigger: ".o_form_view .o_field_widget[name=headcount] input",
            run: "edit 45",
        },
        {
            trigger: ".o_form_button_save",
            run: "click",
        },
        {
            trigger:
                ".o_form_view:has(.o_form_saved, .o_form_status_indicator_buttons.invisible)",
        },
        {
            trigger: "button[name=action_open_cancel]",
            run: "click",
        },
        {
            trigger: ".modal footer button[name=action_confirm]:visible",
            run: "click",
        },
        {
            trigger: ".o_arrow_button_current[data-value=cancelled]",
        },
        {
            content: "Over: nothing can be changed any more",
            trigger: ".o_form_view:not(:has(button[name=action_open_cancel]))",
        },
    ],
});

/** A keeper approves two requests at once and refuses a third with a reason. */
registry.category("web_tour.tours").add("amss_rooms_decide", {
    steps: () => [
        {
            trigger: ".o_data_row:nth-child(1) .o_list_record_selector input",
            run: "click",
        },
        {
            trigger: ".o_data_row:nth-child(2) .o_list_record_selector input",
            run: "click",
        },
        {
            trigger: ".o_control_panel button[name=action_approve]",
            run: "click",
        },
        {
            content: "Asked before it is done",
            trigger: ".modal footer .btn-primary",
            run: "click",
        },
        {
            content: "What came of it",
            trigger: ".o_notification:contains(2)",
        },
        {
            content: "One is left",
            trigger: ".o_list_view:not(:has(.o_data_row:nth-child(2))) .o_data_row",
        },
        {
            trigger: ".o_data_row button[name=action_open_refuse]",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=reason] input",
            run: "edit ห้องปิดซ่อม",
        },
        {
            trigger: ".modal footer button[name=action_confirm]:visible",
            run: "click",
        },
        {
            content: "Nothing is left to decide",
            trigger:
                "body:not(:has(.modal)) .o_list_view:not(:has(.o_data_row)) .o_nocontent_help",
        },
    ],
});

/** Somebody looks for a free room and books it from its card. */
registry.category("web_tour.tours").add("amss_rooms_find", {
    steps: () => [
        {
            trigger: ".modal .o_field_widget[name=date] button",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=date] input",
            run: `edit ${inDays(7)} && press Enter`,
        },
        {
            content: "The taken room says by whom",
            trigger: ".modal .o_data_row:contains(เพชร):contains(กลุ่มนโยบายและแผน)",
        },
        {
            trigger: ".modal .o_kanban_record:contains(ไพลิน) button[name=action_book]",
            run: "click",
        },
        {
            content: "Filled in already",
            trigger: ".modal .o_field_widget[name=room_ids]:contains(ไพลิน)",
        },
        {
            trigger: ".modal .o_field_widget[name=name] input",
            run: "edit ประชุมกลุ่ม",
        },
        {
            trigger: ".modal footer button[name=action_book]",
            run: "click",
        },
        {
            trigger: ".o_notification a[href*='amss.room.booking']",
        },
    ],
});
