// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import {registry} from "@web/core/registry";

/** Type into a field that looks records up, and take the one that is offered. */
function choose(field, text) {
    return [
        {
            trigger: `.modal .o_field_widget[name=${field}] input`,
            run: `edit ${text}`,
        },
        {
            trigger: `.ui-autocomplete .o-autocomplete--dropdown-item:contains(${text})`,
            run: "click",
        },
    ];
}

/** The central registrar accepts a school's letter and gives it to a group. */
registry.category("web_tour.tours").add("amss_routing_central", {
    url: "/odoo/saraban-inbox",
    steps: () => [
        {
            content: "Accept and assign, right in the list",
            trigger: ".o_data_row:contains(รายงานผล) button[name=action_route]",
            run: "click",
        },
        ...choose("owner_department_id", "กลุ่มอำนวยการ"),
        {
            trigger: ".modal .o_field_widget[name=instruction] textarea",
            run: "edit เพื่อดำเนินการ",
        },
        {
            trigger: ".modal button[name=action_confirm]",
            run: "click",
        },
        {
            content: "The letter waits here no longer",
            trigger: ".o_list_view:not(:has(.o_data_row:contains(รายงานผล)))",
        },
    ],
});

/** The group's registrar takes it on and gives it to one of the group. */
registry.category("web_tour.tours").add("amss_routing_group", {
    url: "/odoo/saraban-group-inbox",
    steps: () => [
        {
            trigger: ".o_data_row:contains(รายงานผล) button[name=action_accept]",
            run: "click",
        },
        {
            content: "It is in work now, and stays in the list",
            trigger:
                ".o_data_row:contains(รายงานผล):not(:has(button[name=action_accept]))",
        },
        {
            trigger: ".o_data_row:contains(รายงานผล) button[name=action_route]",
            run: "click",
        },
        ...choose("owner_user_id", "saraban_staff"),
        {
            trigger: ".modal button[name=action_confirm]",
            run: "click",
        },
        {
            trigger: "body:not(:has(.modal))",
        },
    ],
});

/** The person reads it, does what it asks and reports. */
registry.category("web_tour.tours").add("amss_routing_person", {
    url: "/odoo/saraban-my-work",
    steps: () => [
        {
            trigger: ".o_data_row td[name=subject]:contains(รายงานผล)",
            run: "click",
        },
        {
            content: "What the group was told can be read in the history",
            trigger: ".o_amss_timeline:contains(เพื่อดำเนินการ)",
        },
        {
            content: "The file is there",
            trigger: ".o_amss_file_link:contains(หนังสือ.pdf)",
        },
        {
            trigger: "button[name=action_ask_report]",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=reason] input",
            run: "edit แจ้งโรงเรียนแล้ว",
        },
        {
            trigger: ".modal button[name=action_confirm]",
            run: "click",
        },
        {
            content: "Done: the report stands in the history",
            trigger: ".o_amss_timeline:contains(แจ้งโรงเรียนแล้ว)",
        },
        {
            trigger: ".o_form_view:not(:has(button[name=action_ask_report]))",
        },
    ],
});

/** The central registrar reads in the register what was done with it. */
registry.category("web_tour.tours").add("amss_routing_register", {
    url: "/odoo/saraban-received-register",
    steps: () => [
        {
            trigger: ".o_data_row:contains(รายงานผล):contains(แจ้งโรงเรียนแล้ว)",
        },
    ],
});
