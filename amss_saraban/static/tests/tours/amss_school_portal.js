import {registry} from "@web/core/registry";

/** The whole trip of a school: open, accept, answer with the school's own number. */
registry.category("web_tour.tours").add("amss_school_portal", {
    url: "/my",
    steps: () => [
        {
            content: "The home page shows the letter that has not been opened",
            trigger: ".o_portal_my_home [data-placeholder_count]:contains(1)",
        },
        {
            content: "Open the inbox",
            trigger: ".o_portal_my_home a[href='/my/letters']:first",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "Open the letter",
            trigger: ".o_amss_unopened:contains(ขอเชิญประชุม)",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "Its file is there",
            trigger: ".o_amss_file_name:contains(หนังสือนำส่ง)",
        },
        {
            content: "Accept it",
            trigger: ".o_amss_accept",
            run: "click",
        },
        {
            content: "Confirm",
            trigger: "#o_amss_accept.show .o_amss_confirm",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "The receive number is shown large",
            trigger: ".o_amss_big:contains(1/)",
        },
        {
            content: "Answer it",
            trigger: "a[href*='reply_to']",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "The sender is ticked",
            trigger: ".o_amss_chosen:contains(1)",
        },
        {
            content: "Write the subject",
            trigger: "input[name=subject]",
            run: "edit รายงานการประชุม",
        },
        {
            content: "Look for a school",
            trigger: ".o_amss_find",
            run: "edit ทดสอบ 3",
        },
        {
            content: "Others are not shown",
            trigger: ".o_amss_agency:contains(ทดสอบ 2):not(:visible)",
        },
        {
            content: "Tick it",
            trigger: ".o_amss_agency:contains(ทดสอบ 3)",
            run: "click",
        },
        {
            content: "Two addressees",
            trigger: ".o_amss_chosen:contains(2)",
        },
        {
            content: "Issue and send",
            trigger: "button[data-bs-target='#o_amss_send']",
            run: "click",
        },
        {
            content: "Confirm",
            trigger: "#o_amss_send.show .o_amss_confirm",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "The school's own number is shown large",
            trigger: ".o_amss_big:contains(ศธ 04999.001/1)",
        },
        {
            content: "It stands in the sent register",
            trigger: ".o_amss_tabs a[href='/my/registers/sent']",
            run: "click",
            expectUnloadPage: true,
        },
        {
            trigger: ".o_amss_stack:contains(รายงานการประชุม)",
        },
    ],
});
