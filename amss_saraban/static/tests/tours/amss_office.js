// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import {registry} from "@web/core/registry";

const GIF = "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7";

/** Choose files as a clerk does in the file dialog, which no test can open. */
function chooseFiles() {
    const bytes = Uint8Array.from(atob(GIF), (char) => char.charCodeAt(0));
    const transfer = new DataTransfer();
    transfer.items.add(new File([bytes], "หนังสือนำ.gif", {type: "image/gif"}));
    transfer.items.add(new File([bytes], "สิ่งที่ส่งมาด้วย.gif", {type: "image/gif"}));
    transfer.items.add(new File(["ไม่ใช่ PDF"], "ปลอม.pdf", {type: "application/pdf"}));
    transfer.items.add(new File([], "ว่าง.pdf", {type: "application/pdf"}));
    const input = document.querySelector(".o_amss_file_input");
    input.files = transfer.files;
    input.dispatchEvent(new Event("change", {bubbles: true}));
}

/** The central registrar: a letter gets its number and files and goes to two schools. */
registry.category("web_tour.tours").add("amss_office_sends", {
    url: "/odoo/saraban-sent-register",
    steps: () => [
        {
            content: "Register a letter, from the register itself",
            trigger: ".o_control_panel button.btn-primary:contains(ลงทะเบียนหนังสือ)",
            run: "click",
        },
        {
            content: "The next number is shown",
            trigger: ".o_amss_next_number:contains(ศธ 04999/1)",
        },
        {
            trigger: ".o_field_widget[name=addressee_text] input",
            run: "edit ผู้อำนวยการโรงเรียนในสังกัด",
        },
        {
            trigger: ".o_field_widget[name=subject] input",
            run: "edit การประชุมผู้บริหาร",
        },
        {
            content: "Choose four files at once, two of them wrong",
            trigger: ".o_amss_letter_files button:contains(แนบไฟล์)",
            run: chooseFiles,
        },
        {
            content: "The disguised file is named",
            trigger: ".o_amss_file_problem:contains(ปลอม.pdf)",
        },
        {
            content: "The empty file is named",
            trigger: ".o_amss_file_problem:contains(ว่าง.pdf)",
        },
        {
            content: "The first good file is there",
            trigger: ".o_amss_file_link:contains(หนังสือนำ.gif)",
        },
        {
            content: "The second as well, and what was typed is kept",
            trigger: ".o_amss_file_link:contains(สิ่งที่ส่งมาด้วย.gif)",
            run() {
                const typed = document.querySelector("[name=subject] input").value;
                if (typed !== "การประชุมผู้บริหาร") {
                    throw new Error(`the form lost what was typed: ${typed}`);
                }
            },
        },
        {
            content: "Give the number",
            trigger: "button[name=action_issue]",
            run: "click",
        },
        {
            content: "It is shown large",
            trigger: "h1 .o_amss_letter_number:contains(ศธ 04999/1)",
        },
        {
            content: "What was refused is not said any more",
            trigger: ".o_amss_letter_files:not(:has(.o_amss_file_problem))",
        },
        {
            content: "Send it",
            trigger: "button[name=action_open_send]:visible",
            run: "click",
        },
        {
            trigger: ".modal .o_amss_agency:contains(โรงเรียนทดสอบ 1) input",
            run: "click",
        },
        {
            content: "Find the other by typing",
            trigger: ".modal .o_amss_agency_filter",
            run: "edit ทดสอบ 3",
        },
        {
            trigger: ".modal .o_amss_agencies:not(:contains(โรงเรียนทดสอบ 2))",
        },
        {
            trigger: ".modal .o_amss_agency:contains(โรงเรียนทดสอบ 3) input",
            run: "click",
        },
        {
            content: "The number of addressees is live",
            trigger: ".modal .o_amss_agency_count:contains(2)",
        },
        {
            trigger: ".modal .o_field_widget[name=urgency] label:contains(ด่วนมาก)",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=summary] textarea",
            run: "edit เชิญประชุมวันที่ 20",
        },
        {
            content: "The files can be opened once more",
            trigger:
                ".modal .o_amss_file_link[href^='/web/content/']:contains(หนังสือนำ)",
        },
        {
            trigger: ".modal .o_field_widget[name=files_checked] input",
            run: "click",
        },
        {
            trigger: ".modal button[name=action_send]",
            run: "click",
        },
        {
            content: "Both sides' states: two have not opened it",
            trigger: "button[name=action_open_recipients]:contains(2)",
            run: "click",
        },
        {
            content: "The addressees and what each has done",
            trigger: ".o_data_row:contains(โรงเรียนทดสอบ 3):contains(ยังไม่เปิด)",
        },
        {
            trigger: ".o_data_row:contains(โรงเรียนทดสอบ 1):contains(ยังไม่เปิด)",
        },
    ],
});

/** A letter from outside ends with the number to write on the paper. */
registry.category("web_tour.tours").add("amss_office_registers_outside", {
    url: "/odoo/saraban-received-register",
    steps: () => [
        {
            trigger: ".o_control_panel button.btn-primary:contains(ลงทะเบียนหนังสือ)",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=letter_number] input",
            run: "edit มท 0101/77",
        },
        {
            trigger: ".o_field_widget[name=sender_text] input",
            run: "edit นายประชา ใจดี",
        },
        {
            trigger: ".o_field_widget[name=subject] input",
            run: "edit ขอข้อมูลโรงเรียน",
        },
        {
            trigger: "button[name=action_register_outside]",
            run: "click",
        },
        {
            content: "The number is shown large, as on the stamp",
            trigger: ".modal .o_amss_stamp_number:contains(1)",
        },
        {
            trigger: ".modal button[name=action_register_next]",
            run: "click",
        },
        {
            content: "The form is empty for the next letter",
            trigger: "body:not(:has(.modal)) .o_amss_next_number:contains(2/)",
        },
    ],
});

/** What schools send is opened, accepted and returned in the inbox. */
registry.category("web_tour.tours").add("amss_office_receives", {
    url: "/odoo/saraban-inbox",
    steps: () => [
        {
            trigger: ".o_data_row:contains(รายงานผล) td[name=subject]",
            run: "click",
        },
        {
            content: "The file of the school is there",
            trigger: ".o_form_view .o_amss_file_link:contains(หนังสือ)",
        },
        {
            content: "What the school keeps for itself is not",
            trigger: ".o_form_view:not(:contains(ภายในโรงเรียน))",
        },
        {
            trigger: "button[name=action_accept]",
            run: "click",
        },
        {
            trigger: "h1 .o_amss_receive_number:contains(1/)",
        },
        {
            content: "Back to the inbox",
            trigger: ".breadcrumb a, .o_back_button",
            run: "click",
        },
        {
            content: "Return the other one from the list",
            trigger: ".o_data_row:contains(ส่งผิด) button[name=action_ask_return]",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=return_kind] input[type=radio]:first",
            run: "click",
        },
        {
            content: "The kind says what happens next",
            trigger: ".modal .o_field_widget[name=next_step]",
        },
        {
            trigger: ".modal .o_field_widget[name=reason] input",
            run: "edit ไม่ใช่เรื่องของสำนักงานนี้",
        },
        {
            trigger: ".modal button[name=action_confirm]",
            run: "click",
        },
        {
            content: "Nothing waits any more",
            trigger: "body:not(:has(.modal)) .o_list_view:not(:has(.o_data_row))",
        },
    ],
});
