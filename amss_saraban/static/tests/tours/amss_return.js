// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import {registry} from "@web/core/registry";

const GIF = "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7";

/**
 * Choose the corrected file as a clerk does in the file dialog.
 *
 * @param {string} selector of the input
 */
function chooseFile(selector) {
    const bytes = Uint8Array.from(atob(GIF), (char) => char.charCodeAt(0));
    const transfer = new DataTransfer();
    transfer.items.add(new File([bytes], "แก้ไขแล้ว.gif", {type: "image/gif"}));
    const input = document.querySelector(selector);
    input.files = transfer.files;
    input.dispatchEvent(new Event("change", {bubbles: true}));
}

/** The school cannot open the file and returns the letter. */
registry.category("web_tour.tours").add("amss_return_school_returns", {
    url: "/my/letters",
    steps: () => [
        {
            trigger: ".o_amss_unopened:contains(หนังสือผิด)",
            run: "click",
            expectUnloadPage: true,
        },
        {
            trigger: "button[data-bs-target='#o_amss_return']",
            run: "click",
        },
        {
            content: "Wrong addressee, wrong letter and damaged file are told apart",
            trigger: "#o_amss_return.show .o_amss_return_kind:nth-of-type(3)",
        },
        {
            trigger: "#o_amss_return.show input[value=damaged_file]",
            run: "click",
        },
        {
            trigger: "#o_amss_return.show textarea[name=reason]",
            run: "edit เปิดไฟล์ไม่ได้",
        },
        {
            trigger: "#o_amss_return.show .o_amss_confirm",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "It says so, with the reason",
            trigger: ".alert-dark:contains(เปิดไฟล์ไม่ได้)",
        },
        {
            content: "The files are with the sender again",
            trigger: ".o_amss:not(:has(.o_amss_file_name))",
        },
    ],
});

/** The office accepts the return, corrects the file and sends the letter again. */
registry.category("web_tour.tours").add("amss_return_office_corrects", {
    url: "/odoo/saraban-returned",
    steps: () => [
        {
            content: "What came back and why",
            trigger:
                ".o_data_row:contains(โรงเรียนทดสอบ 1):contains(เปิดไฟล์ไม่ได้) " +
                "td[name=subject]",
            run: "click",
        },
        {
            content: "The letter says it as well",
            trigger: ".o_amss_returned:contains(เปิดไฟล์ไม่ได้)",
        },
        {
            trigger: ".o_amss_returned button[name=action_accept_returns]",
            run: "click",
        },
        {
            content: "Of the next steps, those of a damaged file are shown",
            trigger:
                ".o_amss_returned:has(button[name=action_send_returned_again])" +
                ":not(:has(button[name=action_ask_take_off]))" +
                ":not(:has(button[name=action_ask_write_anew]))",
        },
        {
            content: "Correct the file",
            trigger: ".o_amss_returned button.btn-secondary:first",
            run: "click",
        },
        {
            trigger:
                ".modal .o_field_widget[name=content] input[type=file]:not(:visible)",
            run: () => chooseFile(".modal [name=content] input[type=file]"),
        },
        {
            trigger: ".modal .o_field_widget[name=content] .o_clear_file_button",
        },
        {
            trigger: ".modal .o_field_widget[name=reason] input",
            run: "edit สแกนใหม่",
        },
        {
            trigger: ".modal button[name=action_confirm]",
            run: "click",
        },
        {
            trigger: "body:not(:has(.modal)) .o_amss_file_link:contains(แก้ไขแล้ว)",
        },
        {
            trigger: ".o_amss_returned button[name=action_send_returned_again]",
            run: "click",
        },
        {
            content: "Nothing is left to put right",
            trigger: ".o_form_view:not(:has(.o_amss_returned:visible))",
        },
    ],
});

/** The school gets the corrected letter and accepts it; its history keeps both. */
registry.category("web_tour.tours").add("amss_return_school_accepts", {
    url: "/my/letters",
    steps: () => [
        {
            trigger: ".o_amss_unopened:contains(หนังสือผิด)",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "The corrected file is there, the wrong one is not",
            trigger: ".o_amss_file_name:contains(แก้ไขแล้ว)",
        },
        {
            trigger: ".o_amss_history:contains(เปิดไฟล์ไม่ได้)",
        },
        {
            trigger: ".o_amss_accept",
            run: "click",
        },
        {
            trigger: "#o_amss_accept.show .o_amss_confirm",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "The school's receive number",
            trigger: ".o_amss_big:contains(1/)",
        },
    ],
});

/** A school whose letter the office returned corrects it in the portal. */
registry.category("web_tour.tours").add("amss_return_school_corrects", {
    url: "/my",
    steps: () => [
        {
            content: "The home page says that a letter came back",
            trigger:
                "a[href='/my/letters/returned']:has([data-placeholder_count]:contains(1))",
            run: "click",
            expectUnloadPage: true,
        },
        {
            trigger: ".o_amss_returned_letter:contains(เปิดไฟล์ไม่ได้) .btn-primary",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "Accepted; the next steps are those of a damaged file",
            trigger:
                ".o_amss_returned:has([data-bs-target='#o_amss_correct'])" +
                ":not(:has([data-bs-target='#o_amss_take_off']))",
        },
        {
            trigger: ".o_amss_returned [data-bs-target='#o_amss_correct']",
            run: "click",
        },
        {
            trigger: "#o_amss_correct.show input[name=file]",
            run: () => chooseFile("#o_amss_new"),
        },
        {
            trigger: "#o_amss_correct.show textarea[name=reason]",
            run: "edit สแกนใหม่",
        },
        {
            content: "It goes again to who returned it",
            trigger: "#o_amss_correct.show input[name=again]:checked",
        },
        {
            trigger: "#o_amss_correct.show .o_amss_confirm",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "Sent again: nothing is left to put right",
            trigger:
                ".o_amss:not(:has(.o_amss_returned)) .o_amss_file_name:contains(แก้ไข)",
        },
        {
            trigger: ".o_amss_history:contains(เปิดไฟล์ไม่ได้)",
        },
    ],
});
