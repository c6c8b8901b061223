// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import {registry} from "@web/core/registry";

/** The cell of the room that has this place in the table, on this day of the month. */
const cell = (room, day) =>
    `.o_amss_month tbody tr:nth-child(${day}) td:nth-of-type(${room})`;

const NEXT_MONTH = [
    {
        content: "The timetable is there",
        trigger: ".o_amss_month tr.o_amss_today",
    },
    {
        content: "Next month: all its days lie ahead",
        trigger: ".o_amss_next",
        run: "click",
    },
    {
        trigger: ".o_amss_month:not(:has(.o_amss_today)):not(:has(.o_amss_past))",
    },
];

/** A requester books three days by dragging over them. */
registry.category("web_tour.tours").add("amss_rooms_table_requester", {
    url: "/odoo/room-timetable",
    steps: () => [
        ...NEXT_MONTH,
        {
            content: "Drag from the 8th to the 10th in the column of the first room",
            trigger: `${cell(1, 8)} .o_amss_free`,
            run: `drag_and_drop ${cell(1, 10)}`,
        },
        {
            content: "The three days are shown before anything is booked",
            trigger: ".modal .o_field_widget[name=line_ids] .o_data_row:nth-child(3)",
        },
        {
            trigger: ".modal .o_field_widget[name=name] input",
            run: "edit อบรมเชิงปฏิบัติการ",
        },
        {
            trigger: ".modal .o_field_widget[name=headcount] input",
            run: "edit 40",
        },
        {
            trigger: ".modal button[name=action_book]",
            run: "click",
        },
        {
            content: "They are in the table, as requests of one's own",
            trigger: `body:not(:has(.modal)) ${cell(1, 8)} .o_amss_requested.o_amss_own:contains(อบรมเชิงปฏิบัติการ)`,
        },
        {
            trigger: `${cell(1, 9)} .o_amss_requested.o_amss_own:contains(40)`,
        },
        {
            trigger: `${cell(1, 10)} .o_amss_requested.o_amss_own`,
        },
        {
            content: "The half of a day is booked with a click",
            trigger: `${cell(2, 9)} .o_amss_free`,
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=slot] input[data-value=morning]",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=name] input",
            run: "edit ประชุมคณะกรรมการ",
        },
        {
            trigger: ".modal button[name=action_book]",
            run: "click",
        },
        {
            content: "The room that needs no approval is had at once",
            trigger: `body:not(:has(.modal)) ${cell(2, 9)} .o_amss_approved:contains(ประชุมคณะกรรมการ)`,
        },
        {
            content: "Its afternoon is still free",
            trigger: `${cell(2, 9)} .o_amss_free[data-slot=afternoon]`,
        },
    ],
});

/** The keeper sees the requests in the table and decides there. */
registry.category("web_tour.tours").add("amss_rooms_table_keeper", {
    url: "/odoo/room-timetable",
    steps: () => [
        ...NEXT_MONTH,
        {
            content: "Three days wait, and none of them is the keeper's own",
            trigger: `${cell(1, 10)} .o_amss_requested:not(.o_amss_own)`,
        },
        {
            trigger: `${cell(1, 8)} .o_amss_requested`,
            run: "click",
        },
        {
            trigger: ".modal button[name=action_approve]",
            run: "click",
        },
        {
            content: "Back in the same month, it is approved",
            trigger: `body:not(:has(.modal)) ${cell(1, 8)} .o_amss_approved`,
        },
        {
            content: "The others still wait",
            trigger: `${cell(1, 9)} .o_amss_requested`,
        },
    ],
});

/** On a phone one room is shown; the days are chosen by two taps. */
registry.category("web_tour.tours").add("amss_rooms_table_phone", {
    url: "/odoo/room-timetable",
    steps: () => [
        ...NEXT_MONTH,
        {
            content: "One room at a time",
            trigger: ".o_amss_month thead tr:not(:has(th:nth-child(3)))",
        },
        {
            content: "The other room",
            trigger: ".o_amss_room_choice",
            run: "selectByIndex 1",
        },
        {
            trigger: ".o_amss_month thead th:contains(ไพลิน)",
        },
        {
            trigger: ".o_amss_choose",
            run: "click",
        },
        {
            trigger: `${cell(1, 14)} .o_amss_free`,
            run: "click",
        },
        {
            trigger: `${cell(1, 15)} .o_amss_free`,
            run: "click",
        },
        {
            trigger: ".o_amss_chosen_days .btn-primary",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=name] input",
            run: "edit ประชุมครู",
        },
        {
            trigger: ".modal button[name=action_book]",
            run: "click",
        },
        {
            trigger: `body:not(:has(.modal)) ${cell(1, 15)} .o_amss_booking:contains(ประชุมครู)`,
        },
    ],
});
