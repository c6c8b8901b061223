// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import {registry} from "@web/core/registry";

const INBOXES = "[data-menu-xmlid='amss_saraban.menu_inboxes']";
const CENTRAL = "[data-menu-xmlid='amss_saraban.menu_inbox_central']";

/** What waits is counted beside the menu and in the systray, and falls with each step. */
registry.category("web_tour.tours").add("amss_letter_counts", {
    url: "/odoo/saraban-inbox",
    steps: () => [
        {
            content: "Two letters came",
            trigger: ".o_amss_total:contains(2)",
        },
        {trigger: `.o_menu_sections button${INBOXES} .o_amss_menu_count:contains(2)`},
        {
            content: "Accept one in the list",
            trigger: ".o_data_row:first button[name=action_accept]",
            run: "click",
        },
        {
            content: "The list shows the other one alone",
            trigger:
                ".o_list_table:has(.o_data_row):not(:has(.o_data_row + .o_data_row))",
        },
        {
            content: "One is left",
            trigger: ".o_amss_total:contains(1)",
        },
        {
            trigger: `.o_menu_sections button${INBOXES}:has(.o_amss_menu_count:contains(1))`,
            run: "click",
        },
        {trigger: `.dropdown-item${CENTRAL} .o_amss_menu_count:contains(1)`},
        {
            content: "Accept the other one",
            trigger: ".o_data_row:first button[name=action_accept]",
            run: "click",
        },
        {trigger: ".o_list_view:not(:has(.o_data_row))"},
        {
            content: "Nothing is new",
            trigger: "button.o_amss_counts:not(:has(.o_amss_total))",
            run: "click",
        },
        {
            content: "One click opens a box",
            trigger: ".o_amss_box[data-box=my_work]",
            run: "click",
        },
        {
            content: "The list of that box has nothing",
            trigger: "body:not(:has(.o_amss_box)) .o_view_nocontent",
            run() {
                if (!location.pathname.endsWith("/saraban-my-work")) {
                    throw new Error(`another list was opened: ${location.pathname}`);
                }
            },
        },
    ],
});

/** The same on a phone, in the menu that slides in. */
registry.category("web_tour.tours").add("amss_letter_counts_phone", {
    url: "/odoo/saraban-inbox",
    steps: () => [
        {trigger: ".o_amss_total:contains(2)"},
        {trigger: ".o_menu_toggle", run: "click"},
        {trigger: `.o_app_menu_sidebar li${CENTRAL} .o_amss_menu_count:contains(2)`},
        {trigger: ".o_sidebar_close", run: "click"},
        {
            trigger: "body:not(:has(.o_app_menu_sidebar)) button.o_amss_counts",
            run: "click",
        },
        {trigger: ".o_amss_box[data-box=central]:contains(2)", run: "click"},
        {trigger: "body:not(:has(.o_amss_box)) .o_kanban_record"},
    ],
});
