// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import {animationFrame, mockDate} from "@odoo/hoot-mock";
import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {
    clickDate,
    findEvent,
    moveEventToDate,
    selectTimeRange,
    toggleFilter,
} from "@web/../tests/views/calendar/calendar_test_helpers";
import {
    defineModels,
    fields,
    getService,
    makeServerError,
    models,
    mountView,
    onRpc,
    patchWithCleanup,
    preloadBundle,
    serverState,
} from "@web/../tests/web_test_helpers";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";

describe.current.tags("desktop");

class Room extends models.Model {
    _name = "amss.room";
    name = fields.Char();
    _records = [
        {id: 1, name: "เพชร"},
        {id: 2, name: "ไพลิน"},
    ];
}

class Booking extends models.Model {
    _name = "amss.room.booking";
    name = fields.Char();
    start = fields.Datetime();
    stop = fields.Datetime();
    room_id = fields.Many2one({relation: "amss.room"});
    state = fields.Selection({
        selection: [
            ["requested", "Requested"],
            ["approved", "Approved"],
            ["cancelled", "Cancelled"],
        ],
    });
    _records = [
        {
            id: 1,
            name: "ประชุมแผน",
            // 8:30 to 12:00 in Bangkok
            start: "2023-06-08 01:30:00",
            stop: "2023-06-08 05:00:00",
            room_id: 1,
            state: "requested",
        },
        {
            id: 2,
            name: "อบรม",
            start: "2023-06-09 01:30:00",
            stop: "2023-06-09 05:00:00",
            room_id: 2,
            state: "approved",
        },
        {
            id: 3,
            name: "เลิกแล้ว",
            start: "2023-06-09 01:30:00",
            stop: "2023-06-09 05:00:00",
            room_id: 1,
            state: "cancelled",
        },
    ];
}

defineMailModels();
defineModels([Room, Booking]);
preloadBundle("web.fullcalendar_lib");

beforeEach(() => {
    mockDate("2023-06-05T10:00:00", +7);
    serverState.timezone = "Asia/Bangkok";
    onRpc("has_access", () => true);
});

async function mountCalendar(mode, props = {}) {
    await mountView({
        type: "calendar",
        resModel: "amss.room.booking",
        arch: `
            <calendar js_class="amss_room_calendar" date_start="start" date_stop="stop"
                      color="room_id" mode="${mode}" quick_create="0" delete="0">
                <field name="name"/>
                <field name="room_id" filters="1"/>
                <field name="state"/>
            </calendar>`,
        ...props,
    });
    patchWithCleanup(getService("action"), {
        doAction(action, options) {
            expect.step([action.res_model, action.context]);
            options.onClose();
            return Promise.resolve();
        },
    });
}

test("bookings with their rooms; requests are hatched, what is over is not there", async () => {
    await mountCalendar("month");
    expect(findEvent(1)).toHaveText(/ประชุมแผน · เพชร/);
    expect(findEvent(1)).toHaveClass("o_event_hatched");
    expect(findEvent(2)).not.toHaveClass("o_event_hatched");
    expect(".fc-event").toHaveCount(2);
});

test("who asks for what has come to nothing sees it", async () => {
    await mountCalendar("month", {domain: [["state", "=", "cancelled"]]});
    expect(".fc-event").toHaveCount(1);
    expect(findEvent(3)).toHaveClass("o_event_striked");
});

test("an empty day opens the dialog, for the room that is shown alone", async () => {
    await mountCalendar("month");
    await clickDate("2023-06-15");
    await animationFrame();
    const day = {
        default_date_from: "2023-06-15",
        default_date_to: "2023-06-15",
        default_slot: "day",
    };
    expect.verifySteps([["amss.room.book", day]]);
    await toggleFilter("room_id", 2);
    await clickDate("2023-06-15");
    await animationFrame();
    expect.verifySteps([["amss.room.book", {...day, default_room_ids: [[6, 0, [1]]]}]]);
});

test("empty hours open the dialog with these hours", async () => {
    await mountCalendar("week");
    await selectTimeRange("2023-06-07 09:00:00", "2023-06-07 10:30:00");
    await animationFrame();
    expect.verifySteps([
        [
            "amss.room.book",
            {
                default_date_from: "2023-06-07",
                default_date_to: "2023-06-07",
                default_slot: "times",
                default_hour_from: 9,
                default_hour_to: 10.5,
            },
        ],
    ]);
});

test("what is moved is written; what may not be moved goes back", async () => {
    expect.errors(1);
    let refuse = false;
    onRpc("amss.room.booking", "write", ({args}) => {
        expect.step(args[1].start);
        if (refuse) {
            throw makeServerError({message: "เพชร is taken"});
        }
    });
    await mountCalendar("month");
    await moveEventToDate(2, "2023-06-13");
    expect.verifySteps(["2023-06-13 01:30:00"]);
    expect(findEvent(2).closest("[data-date]").dataset.date).toBe("2023-06-13");
    refuse = true;
    await moveEventToDate(2, "2023-06-14");
    await animationFrame();
    expect.verifySteps(["2023-06-14 01:30:00"]);
    expect.verifyErrors(["RPC_ERROR"]);
    expect(findEvent(2).closest("[data-date]").dataset.date).toBe("2023-06-13");
});
