// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");

/** Staff write a letter; saving proposes nothing, “Propose” does. */
tours.add("amss_approval_staff_proposes", {
    url: "/odoo/saraban-new-sent",
    steps: () => [
        {
            trigger: ".o_field_widget[name=addressee_text] input",
            run: "edit ผู้อำนวยการโรงเรียนในสังกัด",
        },
        {
            trigger:
                ".o_field_widget[name=subject] input, .o_field_widget[name=subject] textarea",
            run: "edit ขอเชิญประชุม",
        },
        {
            trigger: ".o_form_button_save",
            run: "click",
        },
        {
            content: "Saved, and with nobody",
            trigger:
                ".o_form_view:not(:has(.alert .o_field_widget[name=approval_with]))",
        },
        {
            trigger: "button[name=action_propose]",
            run: "click",
        },
        {
            content: "It is with the head of the group now",
            trigger:
                ".alert .o_field_widget[name=approval_with]:contains(saraban_head)",
        },
        {
            content: "What was proposed cannot be changed",
            trigger: ".o_field_widget[name=subject].o_readonly_modifier",
        },
    ],
});

/** The head sends it back with a comment. */
tours.add("amss_approval_head_sends_back", {
    url: "/odoo/saraban-my-approvals",
    steps: () => [
        {
            trigger:
                ".o_data_row:contains(ขอเชิญประชุม) button[name=action_ask_refuse]",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=reason] input",
            run: "edit แก้ชื่อเรื่อง",
        },
        {
            trigger: ".modal button[name=action_confirm]",
            run: "click",
        },
        {
            trigger: ".o_list_view:not(:has(.o_data_row:contains(ขอเชิญประชุม)))",
        },
    ],
});

/** The writer finds it in “My work”, corrects it and proposes it again. */
tours.add("amss_approval_staff_corrects", {
    url: "/odoo/saraban-my-work",
    steps: () => [
        {
            trigger: ".o_data_row td[name=subject]:contains(ขอเชิญประชุม)",
            run: "click",
        },
        {
            trigger: ".alert:contains(แก้ชื่อเรื่อง)",
        },
        {
            trigger:
                ".o_field_widget[name=subject] input, .o_field_widget[name=subject] textarea",
            run: "edit ขอเชิญประชุมผู้บริหาร",
        },
        {
            trigger: "button[name=action_propose]",
            run: "click",
        },
        {
            trigger:
                ".alert .o_field_widget[name=approval_with]:contains(saraban_head)",
        },
    ],
});

/** Head and deputy tick what waits and approve it in the list. */
tours.add("amss_approval_list", {
    url: "/odoo/saraban-my-approvals",
    steps: () => [
        {
            trigger: ".o_data_row:contains(ผู้บริหาร) .o_list_record_selector input",
            run: "click",
        },
        {
            trigger: ".o_control_panel button[name=action_approve]",
            run: "click",
        },
        {
            trigger: ".o_list_view:not(:has(.o_data_row:contains(ผู้บริหาร)))",
        },
    ],
});

/** The director reads it and signs on its page. */
tours.add("amss_approval_director_signs", {
    url: "/odoo/saraban-my-approvals",
    steps: () => [
        {
            trigger: ".o_data_row td[name=subject]:contains(ผู้บริหาร)",
            run: "click",
        },
        {
            content: "Who approved it before stands in the history",
            trigger: ".o_amss_timeline:contains(saraban_deputy)",
        },
        {
            trigger: ".o_form_view button[name=action_approve]",
            run: "click",
        },
        {
            trigger: ".o_form_view:not(:has(button[name=action_approve]))",
        },
    ],
});

/** The central registrar gives it its number, right in the list. */
tours.add("amss_approval_central_numbers", {
    url: "/odoo/saraban-to-number",
    steps: () => [
        {
            trigger: ".o_data_row:contains(ผู้บริหาร) button[name=action_number]",
            run: "click",
        },
        {
            trigger: ".o_notification:contains(ศธ 04999/1)",
        },
    ],
});
