// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import {animationFrame, mockDate} from "@odoo/hoot-mock";
import {describe, expect, test} from "@odoo/hoot";
import {
    findEvent,
    moveEventToDate,
} from "@web/../tests/views/calendar/calendar_test_helpers";
import {
    makeMockServer,
    makeServerError,
    mountView,
    onRpc,
    preloadBundle,
    serverState,
} from "@web/../tests/web_test_helpers";
import {defineCalendarModels} from "@calendar/../tests/calendar_test_helpers";

describe.current.tags("desktop");
defineCalendarModels();
preloadBundle("web.fullcalendar_lib");

test("a meeting whose room cannot be had goes back to where it was", async () => {
    expect.errors(1);
    mockDate("2023-06-05 10:00:00", +7);
    const {env} = await makeMockServer();
    const [id] = env["calendar.event"].create([
        {
            name: "ประชุมแผน",
            start: "2023-06-08 01:30:00",
            stop: "2023-06-08 05:00:00",
            user_can_edit: true,
            partner_ids: [serverState.partnerId],
        },
    ]);
    onRpc("res.users", "has_group", () => true);
    onRpc("res.users", "check_synchronization_status", () => ({}));
    onRpc("res.partner", "get_attendee_detail", () => []);
    onRpc("/calendar/check_credentials", () => ({}));
    onRpc("calendar.event", "write", () => {
        throw makeServerError({message: "เพชร is taken"});
    });
    await mountView({
        type: "calendar",
        resModel: "calendar.event",
        arch: `
            <calendar js_class="attendee_calendar" date_start="start" date_stop="stop"
                      mode="month">
                <field name="partner_ids"/>
                <field name="user_can_edit"/>
            </calendar>`,
    });
    await moveEventToDate(id, "2023-06-13");
    await animationFrame();
    expect.verifyErrors(["RPC_ERROR"]);
    expect(findEvent(id).closest("[data-date]").dataset.date).toBe("2023-06-08");
});
