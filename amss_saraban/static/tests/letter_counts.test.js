// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import {advanceTime, animationFrame} from "@odoo/hoot-mock";
import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {
    contains,
    defineMenus,
    getService,
    makeMockEnv,
    MockServer,
    mockService,
    mountWithCleanup,
    onRpc,
    serverState,
} from "@web/../tests/web_test_helpers";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {NavBar} from "@web/webclient/navbar/navbar";
import {queryAllTexts, waitFor} from "@odoo/hoot-dom";
import {WebClient} from "@web/webclient/webclient";

describe.current.tags("desktop");
defineMailModels();

const INBOXES = {
    id: 10,
    name: "Inbox",
    appID: 1,
    xmlid: "amss_saraban.menu_inboxes",
    children: [
        {
            id: 11,
            name: "Central inbox",
            actionID: 111,
            appID: 1,
            xmlid: "amss_saraban.menu_inbox_central",
        },
        {
            id: 12,
            name: "My work",
            actionID: 112,
            appID: 1,
            xmlid: "amss_saraban.menu_my_work",
        },
        {id: 13, name: "Who stands in", actionID: 113, appID: 1, xmlid: "other.menu"},
    ],
};
const APP = {
    id: 1,
    name: "Letters",
    appID: 1,
    actionID: 111,
    xmlid: "amss_saraban.menu_saraban",
    children: [INBOXES, {id: 20, name: "Books", actionID: 120, appID: 1, xmlid: "b"}],
};

let counts = {};

beforeEach(() => {
    counts = {central: 4, my_work: 1, mail: 7};
    onRpc("res.users", "amss_counts", () => {
        expect.step("counted");
        return counts;
    });
});

async function mountNavBar() {
    await makeMockEnv();
    getService("menu").setCurrentMenu(1);
    await mountWithCleanup(NavBar);
    await animationFrame();
}

test("menu entries and the systray show what is new", async () => {
    defineMenus([APP]);
    await mountNavBar();
    expect.verifySteps(["counted"]);
    // mail is no box of this user: there is no menu of it
    expect(".o_amss_total").toHaveText("5");
    expect(".o_menu_sections button .o_amss_menu_count").toHaveText("5");
    await contains(".o_menu_sections button").click();
    expect(queryAllTexts(".dropdown-item .o_amss_menu_count")).toEqual(["4", "1"]);
    expect("[data-menu-xmlid='other.menu']").toHaveText("Who stands in");
});

test("the systray lists the boxes and opens them", async () => {
    mockService("action", {
        doAction(action) {
            expect.step(`open ${action}`);
            return Promise.resolve();
        },
    });
    counts = {central: 0, my_work: 100};
    defineMenus([APP]);
    await mountNavBar();
    expect(".o_amss_total").toHaveText("99+");
    await contains(".o_amss_counts").click();
    expect(queryAllTexts(".o_amss_box")).toEqual(["Central inbox\n0", "My work\n99+"]);
    await contains(".o_amss_box[data-box=my_work]").click();
    expect.verifySteps(["counted", "open 112"]);
});

test("nothing is shown where nothing is new", async () => {
    counts = {central: 0, my_work: 0};
    defineMenus([APP]);
    await mountNavBar();
    expect(".o_amss_counts").toHaveCount(1);
    expect(".o_amss_total").toHaveCount(0);
    expect(".o_amss_menu_count").toHaveCount(0);
    expect.verifySteps(["counted"]);
});

test("who has no box is not asked about and sees nothing", async () => {
    defineMenus([{id: 1, name: "Other", appID: 1, xmlid: "other.app"}]);
    await mountNavBar();
    expect(".o_amss_counts").toHaveCount(0);
    expect.verifySteps([]);
});

test("what others do changes the numbers after a while, once", async () => {
    defineMenus([APP]);
    await mountNavBar();
    expect.verifySteps(["counted"]);
    counts = {central: 6, my_work: 1};
    getService("bus_service").subscribe("amss.counts/changed", () =>
        expect.step("told")
    );
    const bus = MockServer.env["bus.bus"];
    bus._sendone(serverState.partnerId, "amss.counts/changed", {});
    bus._sendone(serverState.partnerId, "amss.counts/changed", {});
    await expect.waitForSteps(["told", "told"]);
    await advanceTime(5000);
    await animationFrame();
    expect(".o_amss_total").toHaveText("7");
    expect.verifySteps(["counted"]);
});

test("a button of ours counts anew, reading does not", async () => {
    onRpc("amss.recipient", "action_accept", () => true);
    onRpc("amss.recipient", "search_count", () => 0);
    defineMenus([APP]);
    await mountNavBar();
    counts = {central: 3, my_work: 1};
    await getService("orm").call("amss.recipient", "search_count", [[]]);
    await advanceTime(1000);
    expect(".o_amss_total").toHaveText("5");
    await getService("orm").call("amss.recipient", "action_accept", [[1]]);
    await advanceTime(1000);
    await animationFrame();
    expect(".o_amss_total").toHaveText("4");
    expect.verifySteps(["counted", "counted"]);
});

test("without a connection the last numbers stay", async () => {
    defineMenus([APP]);
    await mountNavBar();
    onRpc("res.users", "amss_counts", () => {
        throw new Error("no connection");
    });
    await getService("amss_letter_counts").load();
    await animationFrame();
    expect(".o_amss_total").toHaveText("5");
    expect.verifySteps(["counted"]);
});

test("a notice is shown and opens its list", async () => {
    defineMenus([{id: 1, name: "Other", appID: 1, xmlid: "other.app"}]);
    await mountWithCleanup(WebClient);
    getService("action").doAction = (action) => expect.step(action);
    MockServer.env["bus.bus"]._sendone(serverState.partnerId, "amss.notice", {
        message: "Letters assigned to you: 1",
        action: "amss_saraban.amss_assignment_action_my_work",
    });
    await waitFor(".o_notification:contains('Letters assigned to you: 1')");
    await contains(".o_notification button:contains(Open the list)").click();
    expect(".o_notification").toHaveCount(0);
    expect.verifySteps(["amss_saraban.amss_assignment_action_my_work"]);
});
