// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import {_t} from "@web/core/l10n/translation";
import {BUDDHIST_OFFSET} from "@amss_base/core/buddhist_era/buddhist_era";

const {DateTime} = luxon;

/** A year above this one is Buddhist. */
const LAST_GREGORIAN_YEAR = 2400;
const FIRST_YEAR = 1900;

function readDate(text) {
    const [, year, rest] = /^(\d{4})(-\d{1,2}(?:-\d{1,2})?)$/.exec(text) || [];
    if (!year) {
        return null;
    }
    const gregorian =
        year > LAST_GREGORIAN_YEAR ? year - BUDDHIST_OFFSET : Number(year);
    const parts = `${gregorian}${rest}`.split("-").map(Number);
    const date = DateTime.local(...parts);
    return date.isValid && gregorian >= FIRST_YEAR ? date : null;
}

/**
 * Reads what the address asks for, such as
 * ``?month=2023-06&room=3&date=2023-06-08``; Buddhist years are understood as well.
 *
 * @param {object} params of the address
 * @returns {object} ``month`` ("2023-06", this one if none is asked for), ``room``,
 *  ``date`` (ISO), ``book`` (whether to open the dialog) and ``problem``, a text for
 *  what cannot be
 */
export function readMonth(params) {
    const asked = {room: Number(params.room) || 0, book: Boolean(params.book)};
    const wrong = [];
    const [date, month] = [params.date, params.month].map((value) => {
        const text = value ? String(value) : "";
        const found = text && readDate(text);
        if (text && !found) {
            wrong.push(text);
        }
        return found;
    });
    if (wrong.length) {
        asked.problem = _t("“%s” of the link is no date.", wrong[0]);
    }
    if (date) {
        asked.date = date.toISODate();
    }
    asked.month = (date || month || DateTime.now()).toFormat("yyyy-MM");
    return asked;
}
