// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {mockDate, mockTimeZone} from "@odoo/hoot-mock";
import {allowTranslations, patchWithCleanup} from "@web/../tests/web_test_helpers";
import {
    ConversionError,
    deserializeDate,
    deserializeDateTime,
    formatDate,
    formatDateTime,
    parseDate,
    parseDateTime,
    serializeDate,
    serializeDateTime,
    toLocaleDateString,
    toLocaleDateTimeString,
} from "@web/core/l10n/dates";
import {localization} from "@web/core/l10n/localization";
import {session} from "@web/session";

const {DateTime, Settings} = luxon;

describe.current.tags("headless");

beforeEach(() => {
    allowTranslations();
    mockDate("2026-03-20T10:00:00", +7);
    patchWithCleanup(session, {buddhist_era: true});
    patchWithCleanup(localization, {
        dateFormat: "dd/MM/yyyy",
        timeFormat: "HH:mm:ss",
        dateTimeFormat: "dd/MM/yyyy HH:mm:ss",
    });
});

test("dates are shown with the Buddhist year and sent as ISO", () => {
    const date = deserializeDate("2026-03-15");
    expect(formatDate(date)).toBe("15/03/2569");
    expect(serializeDate(date)).toBe("2026-03-15");
    expect(formatDate(deserializeDate("2024-02-29"))).toBe("29/02/2567");
    expect(formatDate(false)).toBe("");
    expect(toLocaleDateString(false)).toBe("");
});

test("date-times are shown with the Buddhist year of the local day", () => {
    const newYear = deserializeDateTime("2025-12-31 17:00:00");
    expect(formatDateTime(newYear)).toBe("01/01/2569 00:00:00");
    expect(formatDateTime(newYear, {tz: "utc"})).toBe("31/12/2568 17:00:00");
    expect(serializeDateTime(newYear)).toBe("2025-12-31 17:00:00");
    mockTimeZone(0);
    expect(formatDateTime(deserializeDateTime("2025-12-31 17:00:00"))).toBe(
        "31/12/2568 17:00:00"
    );
});

test("formats asked for by name of their parts", () => {
    const date = deserializeDate("2026-03-15");
    expect(formatDate(date, {format: "yyyy"})).toBe("2569");
    expect(formatDate(date, {format: "y-MM"})).toBe("2569-03");
    expect(formatDate(date, {format: "'year' yyyy"})).toBe("year 2569");
    expect(formatDate(date, {format: "dd/MM/yy"})).toBe("15/03/26");
    patchWithCleanup(Settings, {defaultLocale: "th-TH"});
    expect(formatDate(deserializeDate("2026-03-15"), {format: "DDD"})).toBe(
        "15 มีนาคม 2569"
    );
});

test("dates in words carry the year, also the current one", () => {
    patchWithCleanup(Settings, {defaultLocale: "th-TH"});
    const date = deserializeDate("2026-03-15");
    expect(toLocaleDateString(date)).toBe("15 มี.ค. 2569");
    const moment = deserializeDateTime("2026-03-15 02:30:15");
    expect(toLocaleDateTimeString(moment)).toBe("15 มี.ค. 2569 09:30");
    expect(toLocaleDateTimeString(moment, {showSeconds: true})).toBe(
        "15 มี.ค. 2569 09:30:15"
    );
    expect(toLocaleDateTimeString(moment, {showTime: false})).toBe("15 มี.ค. 2569");
    expect(toLocaleDateTimeString(moment, {showDate: false})).toBe("09:30");
    expect(toLocaleDateTimeString(moment, {tz: "utc"})).toBe("15 มี.ค. 2569 02:30");
});

test("dates may be typed in either era", () => {
    for (const [typed, iso] of [
        ["15/03/2569", "2026-03-15"],
        ["15/03/2026", "2026-03-15"],
        ["15/3/2569", "2026-03-15"],
        ["5/3/2569", "2026-03-05"],
        ["15032569", "2026-03-15"],
        ["15032026", "2026-03-15"],
        ["15-03-2569", "2026-03-15"],
        ["15.03.2569", "2026-03-15"],
        [" 15/03/2569 ", "2026-03-15"],
        ["๑๕/๐๓/๒๕๖๙", "2026-03-15"],
        ["2569-03-15", "2026-03-15"],
        ["2026-03-15", "2026-03-15"],
        // Odoo alone reads the next one as 25 October 1215
        ["2510-12-15", "1967-12-15"],
        ["2569-3-5", "2026-03-05"],
        ["2569-03-15T09:30:00", "2026-03-15"],
        // leap days are those of the Gregorian year
        ["29/02/2567", "2024-02-29"],
        ["29/02/2024", "2024-02-29"],
        // the boundary of the eras
        ["31/12/2400", "2400-12-31"],
        ["01/01/2401", "1858-01-01"],
        // no year: this one; four digits are a day and a month here
        ["15/03", "2026-03-15"],
        ["2512", "2026-12-25"],
        // Odoo's shortcuts
        ["+1d", "2026-03-21"],
        ["=2569y", "2026-03-20"],
        ["=2026y", "2026-03-20"],
        ["today -1y", "2025-03-20"],
    ]) {
        expect(serializeDate(parseDate(typed))).toBe(iso, {message: typed});
    }
    expect(parseDate("")).toBe(false);
});

test("text that is no date, or has a year of too few digits, is refused", () => {
    for (const typed of [
        "31/02/2569",
        "29/02/2568",
        "15/13/2569",
        "15/03/69",
        "15/03/26",
        "150369",
        "15/03/256",
        "15/03/25690",
        "2569-13-01",
        "ไม่ใช่วันที่",
    ]) {
        expect(() => parseDate(typed)).toThrow(ConversionError, {message: typed});
    }
    expect(() => parseDateTime("15/03/69 10:30:00")).toThrow(ConversionError);
});

test("date-times may be typed in either era", () => {
    for (const [typed, utc] of [
        ["15/03/2569 09:30:15", "2026-03-15 02:30:15"],
        ["15/03/2026 09:30:15", "2026-03-15 02:30:15"],
        ["15/03/2569 09:30", "2026-03-15 02:30:00"],
        ["15/03/2569", "2026-03-14 17:00:00"],
        ["15032569 093015", "2026-03-15 02:30:15"],
        ["15/03/2569 20:26:25", "2026-03-15 13:26:25"],
        ["๑๕/๐๓/๒๕๖๙ ๐๙:๓๐:๑๕", "2026-03-15 02:30:15"],
        ["2569-03-15 09:30:15", "2026-03-15 02:30:15"],
        ["2569-03-15T09:30", "2026-03-15 02:30:00"],
        ["2569-03-15T09:30:15+00:00", "2026-03-15 09:30:15"],
        ["29/02/2567 00:00:00", "2024-02-28 17:00:00"],
    ]) {
        expect(serializeDateTime(parseDateTime(typed))).toBe(utc, {message: typed});
    }
});

test("what is shown can be typed again", () => {
    for (let day = DateTime.local(2023, 12, 25); day.year < 2025; ) {
        expect(serializeDate(parseDate(formatDate(day)))).toBe(day.toISODate());
        day = day.plus({days: 5});
    }
});

test("formats that begin with the year", () => {
    patchWithCleanup(localization, {dateFormat: "yyyy/MM/dd"});
    expect(formatDate(deserializeDate("2026-03-15"))).toBe("2569/03/15");
    for (const typed of ["2569/03/15", "2026/03/15", "2569/3/15", "25690315"]) {
        expect(serializeDate(parseDate(typed))).toBe("2026-03-15", {message: typed});
    }
});

test("other languages are not touched", () => {
    patchWithCleanup(session, {buddhist_era: false});
    const date = deserializeDate("2026-03-15");
    expect(formatDate(date)).toBe("15/03/2026");
    expect(toLocaleDateString(date)).toBe("Mar 15");
    expect(serializeDate(parseDate("15/03/2026"))).toBe("2026-03-15");
    expect(serializeDate(parseDate("15/03/2569"))).toBe("2569-03-15");
    expect(serializeDate(parseDate("15/03/26"))).toBe("2026-03-15");
    expect(formatDateTime(deserializeDateTime("2026-03-15 02:30:15"))).toBe(
        "15/03/2026 09:30:15"
    );
});
