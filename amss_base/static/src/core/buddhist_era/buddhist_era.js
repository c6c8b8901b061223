// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import {session} from "@web/session";

/**
 * The Buddhist era in the web client: what people see and type. Every luxon DateTime
 * and everything that is stored or sent stays Gregorian.
 */

export const BUDDHIST_OFFSET = 543;

/** A typed four-digit year above this one is Buddhist. */
const LAST_GREGORIAN_YEAR = 2400;

const ISO_TEXT = /^\d{4}-\d{1,2}-\d{1,2}(?:$|[T ])/;
const ISO_PLAIN_TEXT = /^\d{4}-\d{1,2}-\d{1,2}(?:[T ]\d{1,2}:\d{2}(?::\d{2})?)?$/;
const ISO_FORMAT = "yyyy-MM-dd HH:mm:ss";
const SMART_TEXT = /^(?:[=+-]|today\b|now\b)/;

/**
 * @returns {boolean} whether the language of this page shows Buddhist years
 */
export function isBuddhistEra() {
    return Boolean(session.buddhist_era);
}

/**
 * @param {string} text with Gregorian four-digit years, e.g. "March 2026"
 * @returns {string} the same with Buddhist years
 */
export function toBuddhistYears(text) {
    return text.replace(/\d{4}/g, (year) => Number(year) + BUDDHIST_OFFSET);
}

/**
 * Formats a date with its Buddhist year. Tokens of two-digit years stay as they are:
 * nobody could tell which era they are of.
 *
 * @param {luxon.DateTime} value in the time zone to show
 * @param {string} format luxon format
 * @returns {string}
 */
export function formatBuddhist(value, format) {
    const tokens = format.replace(/'[^']*'/g, "");
    if (/[DFf]/.test(tokens)) {
        // formats of the browser's own: it knows the calendar
        return value.reconfigure({outputCalendar: "buddhist"}).toFormat(format);
    }
    const year = String(value.year + BUDDHIST_OFFSET);
    return value.toFormat(
        format.replace(/'[^']*'|y+/g, (token) =>
            token[0] === "y" && token.length !== 2 ? `'${year}'` : token
        )
    );
}

/**
 * Reads what a person typed into a date field: gives the text and the format that
 * Odoo's own parser understands.
 *
 * @param {string} typed
 * @param {string} format luxon format of the field
 * @returns {{ text: string, format: string } | null} null for a year that has too few
 *  digits to know what is meant
 */
export function readTyped(typed, format) {
    const text = toArabicDigits(typed).trim();
    if (SMART_TEXT.test(text)) {
        // "=2569y": this day in that year
        const smart = text.replace(
            /=(\d{4})y/g,
            (term, year) => `=${toGregorianYear(year)}y`
        );
        return {text: smart, format};
    }
    if (ISO_TEXT.test(text)) {
        return {
            text: toGregorianYear(text.slice(0, 4)) + text.slice(4),
            format: ISO_PLAIN_TEXT.test(text) ? ISO_FORMAT : format,
        };
    }
    const positions = findYear(text, format);
    if (positions.length === 0) {
        return {text, format};
    }
    if (positions.length !== 4) {
        return null;
    }
    const letters = [...text];
    const year = toGregorianYear(positions.map((index) => letters[index]).join(""));
    positions.forEach((index, i) => (letters[index] = year[i]));
    return {text: letters.join(""), format};
}

function toArabicDigits(text) {
    return text.replace(/[๐-๙]/g, (digit) => digit.charCodeAt(0) - "๐".charCodeAt(0));
}

/**
 * @param {string} year four digits
 * @returns {string} four digits
 */
function toGregorianYear(year) {
    return Number(year) > LAST_GREGORIAN_YEAR ? String(year - BUDDHIST_OFFSET) : year;
}

/**
 * Where in a text the digits of the year are. Digits are shared out to the parts of
 * the format as Odoo's parser does it, so that "15032569" works like "15/3/2569".
 *
 * @param {string} text
 * @param {string} format
 * @returns {number[]} indexes of characters; empty if there is no year
 */
function findYear(text, format) {
    const parts = format.replace(/'[^']*'/g, " ").match(/[a-z]+/gi) || [];
    const numericParts = parts.filter((part) => !/^(?:[ML]{3,}|[cEa]+)$/.test(part));
    const groups = [...text.matchAll(/\d+/g)];
    const digits = groups.flatMap((group) =>
        [...group[0]].map((_, i) => group.index + i)
    );
    let position = 0;
    let carry = 0;
    for (const [i, part] of numericParts.entries()) {
        const length = groups[i]?.[0].length || 0;
        const taken = Math.min(part.length, length + carry);
        if (part[0] === "y") {
            return part.length === 2 ? [] : digits.slice(position, position + taken);
        }
        carry += length - taken;
        position += taken;
    }
    return [];
}
