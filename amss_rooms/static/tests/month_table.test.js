// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import {advanceTime, animationFrame, mockDate} from "@odoo/hoot-mock";
import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {
    allowTranslations,
    contains,
    getService,
    mountWithCleanup,
    onRpc,
    patchWithCleanup,
    serverState,
} from "@web/../tests/web_test_helpers";
import {drag, edit, press, queryAll, queryAllTexts, queryFirst} from "@odoo/hoot-dom";
import {
    commonSlot,
    markPieces,
    otherHours,
} from "@amss_rooms/backend/month_table/month_cells";
import {WebClient} from "@web/webclient/webclient";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {readMonth} from "@amss_rooms/backend/month_table/month_address";
import {router} from "@web/core/browser/router";
import {session} from "@web/session";

describe.current.tags("desktop");
defineMailModels();

const SLOTS = {
    morning: {label: "Morning", from: 8.5, to: 12},
    afternoon: {label: "Afternoon", from: 13, to: 16.5},
    day: {label: "Morning-Afternoon", from: 8.5, to: 16.5},
    times: {label: "Other Hours"},
};
const STATES = {requested: "Requested", approved: "Approved", held: "Held"};
const [PHET, PHAILIN] = [1, 2];

let bookings = [];
let rooms = [];
let loaded = [];

function makeRoom(id, name, values = {}) {
    return {
        id,
        name,
        location: "",
        seats: 100,
        equipment: [],
        open_to: 20,
        needs_approval: true,
        free: Array(30).fill("all"),
        closed: {},
        shut: {},
        open_from: 6,
        earliest: "2023-06-05T10:00",
        latest: false,
        ...values,
    };
}

function makeBooking(id, day, slot, values = {}) {
    return {
        id,
        room: PHET,
        date: `2023-06-${String(day).padStart(2, "0")}`,
        slot,
        from: SLOTS[slot].from || 9,
        to: SLOTS[slot].to || 10,
        name: "ประชุมครูผู้ช่วย",
        group: "บุคคล",
        who: "สมหญิง",
        people: 20,
        state: "approved",
        own: false,
        ...values,
    };
}

/** June 2566, as the server gives it, or an empty other month. */
function makeTable([year, month]) {
    loaded.push(`${year}-${month}`);
    const isJune = year === 2023 && month === 6;
    const prefix = `${year}-${String(month).padStart(2, "0")}`;
    const weekdays = [
        "อาทิตย์",
        "จันทร์",
        "อังคาร",
        "พุธ",
        "พฤหัสบดี",
        "ศุกร์",
        "เสาร์",
    ];
    return {
        month: prefix,
        today: "2023-06-05",
        days: Array.from({length: 30}, (_, index) => ({
            date: `${prefix}-${String(index + 1).padStart(2, "0")}`,
            day: index + 1,
            weekday: weekdays[(index + 4) % 7],
            weekend: [0, 6].includes((index + 4) % 7),
        })),
        rooms,
        bookings: isJune ? bookings : [],
        equipment: [{id: 7, name: "โปรเจกเตอร์"}],
        slots: SLOTS,
        states: STATES,
        can_book: true,
    };
}

beforeEach(() => {
    mockDate("2023-06-05T10:00:00", +7);
    serverState.lang = "th_TH";
    serverState.timezone = "Asia/Bangkok";
    patchWithCleanup(session, {buddhist_era: true});
    loaded = [];
    rooms = [makeRoom(PHET, "เพชร"), makeRoom(PHAILIN, "ไพลิน", {equipment: [7]})];
    rooms[0].free[7] = "afternoon";
    rooms[0].free[8] = "none";
    bookings = [
        makeBooking(11, 8, "morning", {state: "requested", own: true}),
        makeBooking(12, 9, "day", {name: "ประชุมแผน", group: "แผน", people: 0}),
    ];
    onRpc("amss.room", "amss_month_table", ({args}) => makeTable(args));
});

/** Opens the table and notes what it opens then. */
async function mountTable(params = {}) {
    await mountWithCleanup(WebClient);
    await getService("action").doAction({
        type: "ir.actions.client",
        tag: "amss_rooms.month_table",
        params,
    });
    await animationFrame();
    patchWithCleanup(getService("action"), {
        doAction(action, options) {
            expect.step([action.res_model, action.res_id || action.context]);
            options?.onClose?.();
            return Promise.resolve();
        },
    });
}

const cell = (room, day) =>
    `td[data-room="${room}"][data-date="2023-06-${String(day).padStart(2, "0")}"]`;

const wish = (rooms_, from, to, slot) => [
    "amss.room.book",
    {
        default_room_ids: [[6, 0, rooms_]],
        default_date_from: `2023-06-${from}`,
        default_date_to: `2023-06-${to}`,
        default_slot: slot,
    },
];

test("the month in Buddhist years, days, rooms and what is free", async () => {
    await mountTable();
    expect(".o_amss_title").toHaveText("มิถุนายน 2566");
    expect(queryAllTexts(".o_amss_room_name")).toEqual(["เพชร", "ไพลิน"]);
    expect(".o_amss_month tbody tr").toHaveCount(30);
    expect("tr.o_amss_today th").toHaveText(/^5\s*จันทร์/);
    expect("tr.o_amss_past").toHaveCount(4);
    expect(`${cell(PHET, 8)} .o_amss_booking`).toHaveText(/ประชุมครูผู้ช่วย/);
    expect(`${cell(PHET, 8)} .o_amss_booking`).toHaveClass([
        "o_amss_requested",
        "o_amss_own",
    ]);
    expect(`${cell(PHET, 8)} .o_amss_meta`).toHaveText(
        /บุคคล.*Morning.*20 people.*Requested/s
    );
    expect(`${cell(PHET, 8)} .o_amss_free`).toHaveText("Afternoon free");
    expect(`${cell(PHET, 9)} .o_amss_free`).toHaveCount(0);
    expect(`${cell(PHAILIN, 8)} .o_amss_free`).toHaveText("Free");
    // ten o'clock: the morning has begun
    expect(`${cell(PHAILIN, 5)} .o_amss_free`).toHaveText("Afternoon free");
    expect(`${cell(PHAILIN, 2)} .o_amss_free`).toHaveCount(0);
    expect(router.current.month).toBe("2023-06");
});

test("keepers see which requests they decide about", async () => {
    rooms[0].kept = true;
    bookings.push(makeBooking(13, 8, "afternoon", {state: "requested", room: PHAILIN}));
    bookings.push(makeBooking(14, 2, "day", {state: "requested"}));
    await mountTable();
    expect(".o_amss_decide").toHaveCount(1);
    expect(`${cell(PHET, 8)} .o_amss_decide`).toHaveCount(1);
});

test("a language without the switch keeps Gregorian years", async () => {
    patchWithCleanup(session, {buddhist_era: false});
    serverState.lang = "en_US";
    await mountTable();
    expect(".o_amss_title").toHaveText("June 2023");
});

test("closed days and hours say why; a day on which all is closed says it once", async () => {
    rooms[0].closed = {"2023-06-12": "ปรับปรุงห้อง", "2023-06-13": "วันหยุด"};
    rooms[1].closed = {"2023-06-13": "วันหยุด", "2023-06-14": ""};
    rooms[1].shut = {"2023-06-15": [[13, 15.5, "ล้างแอร์"]]};
    await mountTable();
    expect(cell(PHET, 12)).toHaveText("ปรับปรุงห้อง");
    expect(cell(PHET, 12)).toHaveClass("o_amss_closed");
    expect(".o_amss_holiday th").toHaveText(/13.*วันหยุด/s);
    expect(cell(PHET, 13)).toHaveText("");
    expect(cell(PHAILIN, 14)).toHaveText("Closed");
    expect(`${cell(PHAILIN, 15)} .o_amss_reason`).toHaveText("13:00–15:30 ล้างแอร์");
    await contains(cell(PHET, 12)).click();
    expect.verifySteps([]);
});

test("a click on what is free books that part of the day", async () => {
    await mountTable();
    await contains(`${cell(PHAILIN, 8)} .o_amss_free`).click();
    expect.verifySteps([wish([PHAILIN], "08", "08", "day")]);
    await contains(`${cell(PHET, 8)} .o_amss_free`).click();
    expect.verifySteps([wish([PHET], "08", "08", "afternoon")]);
    // the blank part of a cell does the same
    await contains(cell(PHAILIN, 7)).click();
    expect.verifySteps([wish([PHAILIN], "07", "07", "day")]);
    // shown to who points at the cell
    queryFirst(`${cell(PHET, 9)} .o_amss_times`).click();
    const [model, evening] = wish([PHET], "09", "09", "times");
    expect.verifySteps([
        [model, {...evening, default_hour_from: 16.5, default_hour_to: 19.5}],
    ]);
    // past
    await contains(cell(PHAILIN, 2)).click();
    expect.verifySteps([]);
});

test("a room that is open for no whole half-day is booked by its hours", async () => {
    rooms[1] = makeRoom(PHAILIN, "ไพลิน", {
        open_from: 12,
        open_to: 16,
        free: Array(30).fill("none"),
    });
    await mountTable();
    await contains(`${cell(PHAILIN, 8)} .o_amss_free`).click();
    const [model, noon] = wish([PHAILIN], "08", "08", "times");
    expect.verifySteps([
        [model, {...noon, default_hour_from: 13, default_hour_to: 16}],
    ]);
});

test("hours that are proposed to who wants others", () => {
    const room = makeRoom(PHET, "เพชร");
    const hours = (date, taken) => {
        const found = otherHours(room, date, taken, SLOTS);
        return found && [found.from, found.to];
    };
    // between the bookings, after them, from now on, before the office opens
    expect(hours("2023-06-08", [[8.5, 9]])).toEqual([9, 12]);
    expect(hours("2023-06-08", [[8.5, 12]])).toEqual([13, 16]);
    expect(
        hours("2023-06-08", [
            [13, 20],
            [8.5, 10.5],
        ])
    ).toEqual([10.5, 13]);
    expect(hours("2023-06-05", [])).toEqual([10, 13]);
    room.earliest = "2023-06-05T18:40";
    expect(hours("2023-06-05", [])).toEqual([19, 20]);
    expect(hours("2023-06-04", [])).toBe(false);
    expect(hours("2023-06-08", [[8.5, 20]])).toEqual([6, 8.5]);
    expect(hours("2023-06-08", [[6, 20]])).toBe(false);
    room.latest = "2023-06-07";
    expect(hours("2023-06-08", [])).toBe(false);
});

test("what lies too far ahead is free, but no button", async () => {
    rooms[0].latest = "2023-06-20";
    await mountTable();
    expect(`${cell(PHET, 20)} button.o_amss_free`).toHaveCount(1);
    expect(`${cell(PHET, 21)} span.o_amss_free`).toHaveCount(1);
    await contains(cell(PHET, 21)).click();
    expect.verifySteps([]);
});

test("after the dialog the table is read anew and shows what is new", async () => {
    await mountTable();
    bookings = [...bookings, makeBooking(13, 7, "day", {own: true})];
    await contains(`${cell(PHET, 7)} .o_amss_free`).click();
    await animationFrame();
    expect.verifySteps([wish([PHET], "07", "07", "day")]);
    expect(loaded).toEqual(["2023-6", "2023-6"]);
    expect(".o_amss_fresh").toHaveCount(1);
    expect(".o_amss_fresh").toHaveAttribute("data-booking", "13");
});

test("after the dialog the keys go on from the same day", async () => {
    await mountTable({date: "2023-06-07", room: PHAILIN});
    rooms[1].free[6] = "none";
    bookings = [makeBooking(13, 7, "day", {room: PHAILIN, own: true})];
    await press("Enter");
    await animationFrame();
    expect.verifySteps([wish([PHAILIN], "07", "07", "day")]);
    expect(".o_amss_booking[data-booking='13']").toBeFocused();
});

test("a click on a booking opens it", async () => {
    await mountTable();
    await contains(`${cell(PHET, 9)} .o_amss_booking`).click();
    expect.verifySteps([["amss.room.booking", 12]]);
});

test("dragging over days books them, also over several rooms", async () => {
    await mountTable();
    let mouse = await drag(cell(PHAILIN, 6));
    await mouse.moveTo(cell(PHAILIN, 7));
    await mouse.moveTo(cell(PHAILIN, 8));
    expect(".o_amss_chosen").toHaveCount(3);
    await animationFrame();
    expect(".o_amss_chosen_days").toHaveText(/3 days · ไพลิน/);
    await mouse.drop();
    expect.verifySteps([wish([PHAILIN], "06", "08", "day")]);
    expect(".o_amss_chosen").toHaveCount(0);

    mouse = await drag(cell(PHET, 14));
    await mouse.moveTo(cell(PHAILIN, 15));
    expect(".o_amss_chosen").toHaveCount(4);
    await mouse.drop();
    expect.verifySteps([wish([PHET, PHAILIN], "14", "15", "day")]);
});

test("the half-day that all chosen days have free is proposed", async () => {
    await mountTable();
    const mouse = await drag(cell(PHET, 7));
    await mouse.moveTo(cell(PHET, 8));
    await mouse.drop();
    expect.verifySteps([wish([PHET], "07", "08", "afternoon")]);
    const half = (bookable) => ({bookable});
    expect(commonSlot([half("morning"), half("day")])).toBe("morning");
    expect(commonSlot([half("morning"), half("afternoon")])).toBe("day");
    expect(commonSlot([half(false), half("day")])).toBe("day");
});

test("past and closed days are left out of what is dragged over", async () => {
    rooms[0].closed = {"2023-06-06": "ปิด"};
    await mountTable();
    let mouse = await drag(cell(PHET, 2));
    await mouse.moveTo(cell(PHET, 7));
    expect(queryAll(".o_amss_chosen").map((td) => td.dataset.date)).toEqual([
        "2023-06-05",
        "2023-06-07",
    ]);
    await mouse.drop();
    expect.verifySteps([wish([PHET], "05", "07", "afternoon")]);
    mouse = await drag(cell(PHET, 1));
    await mouse.moveTo(cell(PHET, 3));
    await mouse.drop();
    expect.verifySteps([]);
    await animationFrame();
    expect(".o_notification").toHaveText(/None of these days/);
});

test("Escape gives up dragging", async () => {
    await mountTable();
    const mouse = await drag(cell(PHAILIN, 6));
    await mouse.moveTo(cell(PHAILIN, 8));
    await press("Escape");
    expect(".o_amss_chosen").toHaveCount(0);
    await mouse.drop();
    await animationFrame();
    expect(".o_amss_chosen_days").toHaveCount(0);
    expect.verifySteps([]);
});

test("days are chosen by two taps", async () => {
    await mountTable();
    await contains(".o_amss_choose").click();
    await contains(`${cell(PHAILIN, 12)} .o_amss_free`).click();
    expect(".o_amss_chosen_days").toHaveText(/Now the last day/);
    await contains(`${cell(PHAILIN, 14)} .o_amss_free`).click();
    expect(".o_amss_chosen").toHaveCount(3);
    expect.verifySteps([]);
    await contains(".o_amss_chosen_days .btn-primary").click();
    expect.verifySteps([wish([PHAILIN], "12", "14", "day")]);
});

test("arrow keys go from one to the next, Enter books or opens", async () => {
    await mountTable({date: "2023-06-08", room: PHET});
    expect(`${cell(PHET, 8)} .o_amss_booking`).toBeFocused();
    await press("ArrowDown");
    expect(`${cell(PHET, 8)} .o_amss_free`).toBeFocused();
    await press("Enter");
    expect.verifySteps([wish([PHET], "08", "08", "afternoon")]);
    await animationFrame();
    await press("ArrowRight");
    expect(`${cell(PHAILIN, 8)} .o_amss_free`).toBeFocused();
    await press("Home");
    expect(`${cell(PHET, 8)} .o_amss_booking`).toBeFocused();
    await press("Enter");
    expect.verifySteps([["amss.room.booking", 11]]);
    await animationFrame();
    await press("ArrowUp");
    expect(`${cell(PHET, 7)} .o_amss_free`).toBeFocused();
    expect(".o_amss_stop[tabindex='0']").toHaveCount(1);
});

test("Shift and arrow keys choose days", async () => {
    await mountTable({date: "2023-06-14", room: PHET});
    await press(["shift", "ArrowDown"]);
    await press(["shift", "ArrowDown"]);
    await press(["shift", "ArrowRight"]);
    expect(".o_amss_chosen").toHaveCount(6);
    await press("Enter");
    expect.verifySteps([wish([PHET, PHAILIN], "14", "16", "day")]);
});

test("months are turned by buttons, keys and the picker", async () => {
    await mountTable({date: "2023-06-14", room: PHET});
    await contains(".o_amss_next").click();
    expect(".o_amss_title").toHaveText("กรกฎาคม 2566");
    expect(router.current.month).toBe("2023-07");
    expect(router.current.date).toBe(undefined);
    await contains(".o_amss_to_today").click();
    expect(".o_amss_title").toHaveText("มิถุนายน 2566");
    queryFirst(`${cell(PHET, 14)} .o_amss_free`).focus();
    await press("PageUp");
    await animationFrame();
    expect(".o_amss_title").toHaveText("พฤษภาคม 2566");
    expect(`td[data-room="${PHET}"][data-date="2023-05-14"]`).toHaveCount(1);
    expect(document.activeElement.closest("td").dataset.date).toBe("2023-05-14");
    await contains(".o_amss_title").click();
    expect(".o_datetime_picker_header").toHaveText("2566");
    await contains(".o_date_item_cell:contains(ธ.ค.)").click();
    await animationFrame();
    expect(".o_amss_title").toHaveText("ธันวาคม 2566");
    expect(loaded).toEqual(["2023-6", "2023-7", "2023-6", "2023-5", "2023-12"]);
});

test("words that are looked for are marked, the rest steps back", async () => {
    await mountTable();
    await contains(".o_amss_search input").click();
    await edit("แผน");
    await advanceTime(200);
    await animationFrame();
    expect(".o_amss_hits").toHaveText("1 booking");
    expect(queryAllTexts(".o_amss_month mark")).toEqual(["แผน", "แผน"]);
    expect(".o_amss_booking:not(.o_amss_miss)").toHaveAttribute("data-booking", "12");
    await press("Enter");
    expect(".o_amss_booking[data-booking='12']").toBeFocused();
    await contains(".o_amss_search input").click();
    await press("Escape");
    await animationFrame();
    expect(".o_amss_search input").toHaveValue("");
    expect(".o_amss_miss").toHaveCount(0);
    expect(markPieces("AbcABC", "b")).toEqual([
        ["A", false],
        ["b", true],
        ["cA", false],
        ["B", true],
        ["C", false],
    ]);
    expect(markPieces("abc", "")).toEqual([["abc", false]]);
});

test("rooms are filtered by name, equipment, seats and what is free", async () => {
    rooms[0].seats = 30;
    await mountTable();
    await contains(".o_amss_filter").click();
    await contains(".o_amss_filter_equipment").click();
    expect(queryAllTexts(".o_amss_room_name")).toEqual(["ไพลิน"]);
    await contains(".o_amss_clear_filters").click();
    expect(".o_amss_room_name").toHaveCount(2);
    await contains(".o_amss_filter").click();
    await contains(".o_amss_filter_room:first").click();
    expect(queryAllTexts(".o_amss_room_name")).toEqual(["เพชร"]);
    await contains(".o_amss_filter_room:first").click();
    await contains("#o_amss_seats").edit("50", {confirm: false});
    await animationFrame();
    expect(queryAllTexts(".o_amss_room_name")).toEqual(["ไพลิน"]);
    await contains("#o_amss_seats").edit("500", {confirm: false});
    await animationFrame();
    expect(".o_amss_nothing").toHaveText("No room has all that is asked for.");
    await contains("#o_amss_seats").edit("", {confirm: false});
    rooms[0].free.fill("none");
    await contains(".o_amss_only_free").click();
    // days to come, and rooms that can be booked
    expect(".o_amss_month tbody tr").toHaveCount(26);
});

test("the address is read in both eras, and what cannot be is told", async () => {
    allowTranslations();
    const now = {room: 0, book: false};
    expect(readMonth({})).toEqual({...now, month: "2023-06"});
    expect(readMonth({month: "2566-01"})).toEqual({...now, month: "2023-01"});
    expect(readMonth({room: 3, date: "2023-02-28", book: 1})).toEqual({
        room: 3,
        book: true,
        date: "2023-02-28",
        month: "2023-02",
    });
    for (const params of [
        {month: "2023-13"},
        {month: 543},
        {month: "543-06"},
        {date: "2023-02-31"},
    ]) {
        const asked = readMonth(params);
        expect(asked.month).toBe("2023-06");
        expect(asked.problem).toMatch(/no date/);
    }
    await mountTable({month: "2023-13"});
    expect(".o_notification").toHaveText(/2023-13/);
    expect(".o_amss_title").toHaveText("มิถุนายน 2566");
});

for (const [where, taken] of [
    ["of a free day", []],
    ["beside a booking", [makeBooking(9, 20, "morning", {room: PHAILIN})]],
]) {
    test(`a link to a day ${where} opens the dialog where it asks for it`, async () => {
        bookings = taken;
        onRpc("amss.room.book", "get_views", () => {
            expect.step("dialog");
            throw new Error("not needed here");
        });
        expect.errors(1);
        await mountTable({room: PHAILIN, date: "2566-06-20", book: 1});
        await animationFrame();
        expect.verifySteps(["dialog"]);
        expect.verifyErrors(["not needed here"]);
    });
}

test("what others did meanwhile is read when one comes back", async () => {
    await mountTable();
    window.dispatchEvent(new Event("focus"));
    await animationFrame();
    expect(loaded).toEqual(["2023-6"]);
    await advanceTime(60000);
    window.dispatchEvent(new Event("focus"));
    await animationFrame();
    expect(loaded).toEqual(["2023-6", "2023-6"]);
});

test("an office without rooms", async () => {
    rooms = [];
    bookings = [];
    await mountTable();
    expect(".o_amss_nothing").toHaveText(/no meeting rooms yet/);
});
