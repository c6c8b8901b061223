// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import {registry} from "@web/core/registry";

/** A mail to all groups, sent with its text, and who has read it below. */
registry.category("web_tour.tours").add("amss_mail_written", {
    url: "/odoo/saraban-mail-new",
    steps: () => [
        {
            content: "All groups with one click",
            trigger: ".o_field_widget[name=mail_all_groups] input",
            run: "click",
        },
        {
            trigger:
                ".o_field_widget[name=mail_department_ids]:contains(กลุ่มนโยบายและแผน)",
        },
        {
            trigger: ".o_field_widget[name=subject] input",
            run: "edit ขอเชิญประชุม",
        },
        {
            trigger: ".o_field_widget[name=summary] textarea",
            run: "edit พรุ่งนี้ 9.00 น.",
        },
        {
            content: "Send",
            trigger: "button[name=action_send_mail]",
            run: "click",
        },
        {
            content: "It cannot be sent twice; its receipts are shown",
            trigger: ".o_form_view:not(:has(button[name=action_send_mail]))",
        },
        {
            trigger: ".o_field_widget[name=person_ids] .o_data_row",
        },
    ],
});

/** Unread in bold; opened from the list it is read, and so is the next by paging. */
registry.category("web_tour.tours").add("amss_mail_received", {
    url: "/odoo/saraban-mail-received",
    steps: () => [
        {
            content: "Two mails, none of them read",
            trigger: ".o_data_row.fw-bold:nth-child(2)",
        },
        {
            trigger: ".o_data_row:first-child .o_data_cell[name=subject]",
            run: "click",
        },
        {
            content: "The next by paging",
            trigger: ".o_form_view .o_pager_next",
            run: "click",
        },
        {
            trigger: ".o_pager_counter:contains('2')",
        },
        {
            trigger: ".o_form_view button[name=action_reply]",
        },
        {
            content: "Back to the list: nothing is bold any more",
            trigger: ".o_back_button, .breadcrumb-item:first-child a",
            run: "click",
        },
        {
            trigger: ".o_list_view:has(.o_data_row):not(:has(.o_data_row.fw-bold))",
        },
    ],
});
