// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {click, edit, press, queryAllTexts} from "@odoo/hoot-dom";
import {animationFrame, mockDate} from "@odoo/hoot-mock";
import {
    getPickerCell,
    zoomOut,
} from "@web/../tests/core/datetime/datetime_test_helpers";
import {
    clickSave,
    contains,
    defineModels,
    defineParams,
    fields,
    getFacetTexts,
    models,
    mountView,
    onRpc,
    patchWithCleanup,
    preloadBundle,
    serverState,
    toggleMenuItem,
    toggleMenuItemOption,
    toggleSearchBarMenu,
} from "@web/../tests/web_test_helpers";
import {clickEvent} from "@web/../tests/views/calendar/calendar_test_helpers";
import {session} from "@web/session";

describe.current.tags("desktop");

class Letter extends models.Model {
    name = fields.Char();
    date = fields.Date();
    date_end = fields.Date();
    moment = fields.Datetime();

    _records = [
        {
            id: 1,
            name: "ศธ 04049/508",
            date: "2026-03-15",
            date_end: "2026-03-17",
            moment: "2026-03-15 02:30:15",
        },
    ];
}

defineMailModels();
defineModels([Letter]);
preloadBundle("web.fullcalendar_lib");

beforeEach(() => {
    mockDate("2026-03-20T10:00:00", +7);
    serverState.lang = "th_TH";
    serverState.timezone = "Asia/Bangkok";
    patchWithCleanup(session, {buddhist_era: true});
    defineParams({
        lang_parameters: {date_format: "%d/%m/%Y", time_format: "%H:%M:%S"},
    });
});

async function mountForm(arch, resId = 1) {
    await mountView({type: "form", resModel: "letter", resId, arch});
}

for (const [typed, shown, saved] of [
    ["29/02/2567", "29 ก.พ. 2567", "2024-02-29"],
    ["16/03/2026", "16 มี.ค. 2569", "2026-03-16"],
    ["17/03/2569", "17 มี.ค. 2569", "2026-03-17"],
]) {
    test(`a date typed as ${typed} is saved as ISO`, async () => {
        onRpc("web_save", ({args}) => {
            expect.step(args[1].date);
        });
        await mountForm(`<form><field name="date"/></form>`);
        await contains(".o_field_date button").click();
        await animationFrame();
        expect(".o_field_date input").toHaveValue("15/03/2569");
        await edit(typed, {confirm: "Enter"});
        await animationFrame();
        expect(".o_field_date").toHaveText(shown);
        await clickSave();
        expect.verifySteps([saved]);
    });
}

test("a date typed into a saved record is shown", async () => {
    onRpc("web_save", ({args}) => {
        expect.step(args[1].date);
    });
    await mountForm(`<form><field name="date"/></form>`);
    for (const [typed, shown] of [
        ["16/03/2569", "16 มี.ค. 2569"],
        ["17/03/2026", "17 มี.ค. 2569"],
        ["18/03/2569", "18 มี.ค. 2569"],
    ]) {
        await contains(".o_field_date button").click();
        await animationFrame();
        await edit(typed, {confirm: "Enter"});
        await animationFrame();
        await animationFrame();
        expect(".o_field_date").toHaveText(shown);
        await clickSave();
        expect(".o_field_date").toHaveText(shown);
    }
    expect.verifySteps(["2026-03-16", "2026-03-17", "2026-03-18"]);
});

test("a date-time with seconds is saved in UTC", async () => {
    onRpc("web_save", ({args}) => {
        expect.step(args[1].moment);
    });
    await mountForm(
        `<form><field name="moment" options="{'show_seconds': true}"/></form>`
    );
    expect(".o_field_datetime").toHaveText("15 มี.ค. 2569 09:30:15");
    await contains(".o_field_datetime button").click();
    await animationFrame();
    expect(".o_field_datetime input").toHaveValue("15/03/2569 09:30:15");
    await edit("31/12/2568 23:59:59", {confirm: "Enter"});
    await animationFrame();
    await clickSave();
    expect.verifySteps(["2025-12-31 16:59:59"]);
});

test("text that is no date leaves the value as it was", async () => {
    onRpc("web_save", () => {
        expect.step("save");
    });
    await mountForm(`<form><field name="date"/></form>`);
    for (const typed of ["31/02/2569", "15/03/69", "วันนี้"]) {
        await contains(".o_field_date button").click();
        await animationFrame();
        await edit(typed, {confirm: "Enter"});
        await animationFrame();
        expect(".o_field_date").toHaveText("15 มี.ค. 2569");
    }
    expect.verifySteps([]);
});

test("a range of dates", async () => {
    onRpc("web_save", ({args}) => {
        expect.step([args[1].date, args[1].date_end]);
    });
    await mountForm(
        `<form>
            <field name="date" widget="daterange" options="{'end_date_field': 'date_end'}"/>
        </form>`
    );
    expect(queryAllTexts(".o_field_daterange button")).toEqual([
        "15 มี.ค. 2569",
        "17 มี.ค. 2569",
    ]);
    await contains("button[data-field=date]").click();
    await animationFrame();
    await contains("input[data-field=date]").edit("01/03/2026", {confirm: false});
    await contains("[data-field=date_end]").click();
    await animationFrame();
    await contains("input[data-field=date_end]").edit("31/03/2569", {confirm: "Enter"});
    await animationFrame();
    await clickSave();
    expect.verifySteps([["2026-03-01", "2026-03-31"]]);
});

test("the picker shows Buddhist years at every zoom", async () => {
    await mountForm(`<form><field name="date"/></form>`);
    await contains(".o_field_date button").click();
    await animationFrame();
    expect(".o_datetime_picker_header").toHaveText("มีนาคม 2569");
    await zoomOut();
    expect(".o_datetime_picker_header").toHaveText("2569");
    await zoomOut();
    expect(".o_datetime_picker_header").toHaveText("2559 - 2570");
    expect(queryAllTexts(".o_date_item_cell").join(" ")).toBe(
        "2559 2560 2561 2562 2563 2564 2565 2566 2567 2568 2569 2570"
    );
    expect(".o_date_item_cell.o_today").toHaveText("2569");
    expect(".o_date_item_cell.o_selected").toHaveText("2569");
    await zoomOut();
    expect(".o_datetime_picker_header").toHaveText("2490 - 2600");
    expect(queryAllTexts(".o_date_item_cell").join(" ")).toBe(
        "2490 2500 2510 2520 2530 2540 2550 2560 2570 2580 2590 2600"
    );
    await contains(getPickerCell("2560")).click();
    await contains(getPickerCell("2567")).click();
    expect(".o_datetime_picker_header").toHaveText("2567");
    await contains(getPickerCell("ก.พ.")).click();
    expect(".o_datetime_picker_header").toHaveText("กุมภาพันธ์ 2567");
    await contains(getPickerCell(29, true)).click();
    await animationFrame();
    expect(".o_field_date").toHaveText("29 ก.พ. 2567");
});

test("the picker keeps to the limits of the field", async () => {
    await mountForm(
        `<form><field name="date" options="{'min_date': 'today'}"/></form>`,
        false
    );
    await contains(".o_field_date input").click();
    await animationFrame();
    await zoomOut();
    await zoomOut();
    expect(getPickerCell("2568")).toHaveAttribute("disabled");
    expect(getPickerCell("2569")).not.toHaveAttribute("disabled");
});

test("lists show Buddhist years", async () => {
    await mountView({
        type: "list",
        resModel: "letter",
        arch: `
            <list>
                <field name="date"/>
                <field name="date_end" options="{'numeric': true}"/>
                <field name="moment"/>
            </list>`,
    });
    expect(queryAllTexts(".o_data_cell")).toEqual([
        "15 มี.ค. 2569",
        "17/03/2569",
        "15 มี.ค. 2569 09:30",
    ]);
});

test("kanban cards show Buddhist years", async () => {
    await mountView({
        type: "kanban",
        resModel: "letter",
        arch: `
            <kanban>
                <templates>
                    <t t-name="card"><field name="date"/></t>
                </templates>
            </kanban>`,
    });
    expect(".o_kanban_record:first").toHaveText("15 มี.ค. 2569");
});

test("date filters and search by a typed date", async () => {
    onRpc("web_search_read", ({kwargs}) => {
        expect.step(kwargs.domain);
    });
    await mountView({
        type: "list",
        resModel: "letter",
        arch: `<list><field name="date"/></list>`,
        searchViewArch: `
            <search>
                <field name="date"/>
                <filter name="filter_date" string="Date" date="date" default_period="year"/>
            </search>`,
    });
    expect.verifySteps([[]]);
    await toggleSearchBarMenu();
    await toggleMenuItem("Date");
    expect(queryAllTexts(".o_item_option").slice(-3)).toEqual(["2569", "2568", "2567"]);
    await toggleMenuItemOption("Date", "2569");
    expect(getFacetTexts()).toEqual(["Date: 2569"]);
    expect.verifySteps([
        ["&", ["date", ">=", "2026-01-01"], ["date", "<=", "2026-12-31"]],
    ]);
    await contains(".o_facet_remove").click();
    expect.verifySteps([[]]);

    await click(".o_searchview_input");
    await edit("15/03/2569");
    await animationFrame();
    await press("Enter");
    await animationFrame();
    expect.verifySteps([[["date", "=", "2026-03-15"]]]);
});

test("the calendar's headings", async () => {
    await mountView({
        type: "calendar",
        resModel: "letter",
        arch: `<calendar date_start="date" date_stop="date_end" mode="month" scales="week,month,year"/>`,
    });
    expect(".o_calendar_header").toHaveText(/มีนาคม 2569/);
    expect(".o_calendar_sidebar .o_datetime_picker_header").toHaveText("มีนาคม 2569");
    await clickEvent(1);
    expect(".o_cw_popover").toHaveText(/15-17 มีนาคม 2569/);
});

for (const [era, year] of [
    [true, 2569],
    [false, 2026],
]) {
    test(`the months of a calendar's year with the switch ${era ? "on" : "off"}`, async () => {
        patchWithCleanup(session, {buddhist_era: era});
        await mountView({
            type: "calendar",
            resModel: "letter",
            arch: `<calendar date_start="date" mode="year"/>`,
        });
        expect(".o_calendar_header").toHaveText(new RegExp(year));
        expect(".fc-toolbar-title:first").toHaveText(`มกราคม ${year}`);
    });
}

test("a language with the switch off keeps Gregorian years", async () => {
    patchWithCleanup(session, {buddhist_era: false});
    onRpc("web_save", ({args}) => {
        expect.step(args[1].date);
    });
    await mountForm(`<form><field name="date"/><field name="date_end"/></form>`);
    // Odoo leaves the current year out
    expect(".o_field_widget[name=date]").toHaveText("15 มี.ค.");
    await contains(".o_field_widget[name=date] button").click();
    await animationFrame();
    expect(".o_field_widget[name=date] input").toHaveValue("15/03/2026");
    expect(".o_datetime_picker_header").toHaveText("มีนาคม 2026");
    await edit("15/03/2025", {confirm: "Enter"});
    await animationFrame();
    expect(".o_field_widget[name=date]").toHaveText("15 มี.ค. 2025");
    await clickSave();
    expect.verifySteps(["2025-03-15"]);
});

test("English with the switch off is as ever", async () => {
    serverState.lang = "en_US";
    patchWithCleanup(session, {buddhist_era: false});
    await mountView({
        type: "list",
        resModel: "letter",
        arch: `<list><field name="date"/><field name="moment"/></list>`,
    });
    expect(queryAllTexts(".o_data_cell")).toEqual(["Mar 15", "Mar 15, 9:30 AM"]);
});
