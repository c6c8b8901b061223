// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import {registry} from "@web/core/registry";

function check(right, what) {
    if (!right) {
        throw new Error(what);
    }
}

/** A clerk looks for a letter by a word inside its file, by the keyboard alone. */
registry.category("web_tour.tours").add("amss_find", {
    url: "/odoo/saraban-find",
    steps: () => [
        {
            content: "One can type at once",
            trigger: ".o_amss_find_input:focus",
            run: "edit บัญชีคุมวัตถุดิบ && press Enter",
        },
        {
            content: "A hit of similar spelling, in a file",
            trigger: ".o_amss_find_hit .o_amss_find_place:contains(chromium.pdf)",
            run() {
                const similar = document.querySelector(".o_amss_find_similar");
                check(similar, "similar hits are not marked");
                const mark = document.querySelector(".o_amss_find_hit mark");
                check(
                    mark.textContent.startsWith("บัญชี"),
                    "what matched is not marked"
                );
            },
        },
        {
            content: "What was typed is in the address",
            trigger: ".o_amss_find_facet[data-facet=urgency]",
            run() {
                check(new URL(location).searchParams.get("text"), "not in the address");
            },
        },
        {
            content: "Markup in a subject is text",
            trigger: ".o_amss_find_input",
            run: "edit ดีเด่น && press Enter",
        },
        {
            trigger: ".o_amss_find_hit:contains(<b>ดีเด่น</b>)",
        },
        {
            trigger: ".o_amss_find_input",
            run: "edit ผู้อำนวยการ && press Enter",
        },
        {
            trigger: ".o_amss_find_facet[data-value=very_urgent]",
            run: "click",
        },
        {
            content: "The facet leaves one letter",
            trigger: ".o_amss_find_facet.btn-primary[data-value=very_urgent]",
        },
        {
            trigger: ".o_amss_find:not(:has(.o_amss_find_hit ~ .o_amss_find_hit))",
        },
        {
            content: "The arrow keys lead to the hits, Enter opens",
            trigger: ".o_amss_find_input",
            run: "click && press ArrowDown",
        },
        {
            trigger: ".o_amss_find_hit:focus",
            run: "press Enter",
        },
        {
            trigger: ".o_form_view",
        },
        {
            content: "Back at the hits",
            trigger: ".o_back_button, .breadcrumb-item.o_back_button a",
            run: "click",
        },
        {
            content: "What was asked is still there",
            trigger: ".o_amss_find_facet.btn-primary[data-value=very_urgent]",
        },
        {
            trigger: ".o_amss_find_input",
            run: "edit ไม่มีคำนี้เลย && press Enter",
        },
        {
            trigger: ".o_amss_find_none:contains(ไม่มีคำนี้เลย)",
        },
    ],
});
