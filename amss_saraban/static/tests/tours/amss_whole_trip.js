// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import {registry} from "@web/core/registry";

/** A school accepts the letter that the office has just sent. */
registry.category("web_tour.tours").add("amss_trip_school_accepts", {
    url: "/my/letters",
    steps: () => [
        {
            trigger: ".o_amss_unopened:contains(การประชุมผู้บริหาร)",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "The office's file is there",
            trigger: ".o_amss_file_name:contains(หนังสือนำ.gif)",
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

/** The office sees the number and the time, and that the other school is waiting. */
registry.category("web_tour.tours").add("amss_trip_office_sees_number", {
    url: "/odoo/saraban-sent-register",
    steps: () => [
        {
            trigger: ".o_data_row td[name=subject]:contains(การประชุมผู้บริหาร)",
            run: "click",
        },
        {
            trigger: "button[name=action_open_recipients]:contains(2)",
            run: "click",
        },
        {
            content: "Accepted, with the school's number and the time",
            trigger:
                ".o_data_row:contains(โรงเรียนทดสอบ 1):contains(ลงรับแล้ว)" +
                ":has(td[name=receive_number]:contains(1))" +
                ":has(td[name=accepted_at]:contains(25))",
        },
        {
            trigger: ".o_data_row:contains(โรงเรียนทดสอบ 3):contains(ยังไม่เปิด)",
        },
    ],
});
