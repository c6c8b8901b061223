// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import {_t} from "@web/core/l10n/translation";

/** Which half-days are free, by what the server says of a day. */
const HALVES = {
    all: ["morning", "afternoon"],
    morning: ["morning"],
    afternoon: ["afternoon"],
    none: [],
};

/** Hours proposed to who wants others than a half-day last so long */
const [SHORTEST, LONGEST] = [0.5, 3];

/**
 * @param {number} hour such as 8.5
 * @returns {string} "08:30"
 */
export function hourText(hour) {
    const minutes = Math.round(hour * 60);
    const pad = (number) => String(number).padStart(2, "0");
    return `${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`;
}

/**
 * @param {object} booking
 * @param {object} slots labels and hours by time of day
 * @returns {string} "Morning", or the hours where they are no half-day
 */
export function timeText(booking, slots) {
    const slot = slots[booking.slot];
    // an old half-day keeps its hours when the office's half-days change
    return slot.from === booking.from && slot.to === booking.to
        ? slot.label
        : `${hourText(booking.from)}–${hourText(booking.to)}`;
}

/**
 * @param {object} booking
 * @param {string} words in small letters
 * @returns {boolean} whether purpose, group or requester has the words
 */
export function isHit(booking, words) {
    return [booking.name, booking.group, booking.who].some((text) =>
        text.toLowerCase().includes(words)
    );
}

/**
 * @param {string} text
 * @param {string} words in small letters; nothing is marked without
 * @returns {Array} pieces of the text, each with whether it is to be marked
 */
export function markPieces(text, words) {
    const pieces = [];
    const small = text.toLowerCase();
    let begin = 0;
    // letters whose small form is longer would shift what follows
    while (words && small.length === text.length) {
        const found = small.indexOf(words, begin);
        if (found < 0) {
            break;
        }
        pieces.push([text.slice(begin, found), false]);
        begin = found + words.length;
        pieces.push([text.slice(found, begin), true]);
    }
    pieces.push([text.slice(begin), false]);
    return pieces.filter(([piece]) => piece);
}

/** Whether a moment of a day lies within what the user may book of a room. */
function isWithin(room, date, hour) {
    return (
        `${date}T${hourText(hour)}` >= room.earliest &&
        (!room.latest || date <= room.latest)
    );
}

function whyNot(room, date) {
    return room.latest && date > room.latest
        ? _t("Too far ahead to be booked now")
        : _t("Too late to be booked");
}

/**
 * The free part of a day as one item, if there is one.
 *
 * @returns {object | null} ``slot`` and ``label``; ``slot`` is false for what is free
 *  but cannot be booked (yet)
 */
function freeItem(room, index, date, slots) {
    const halves = HALVES[room.free[index]];
    if (!halves.length) {
        return null;
    }
    const open = halves.filter((half) => isWithin(room, date, slots[half].from));
    const shown = open.length ? open : halves;
    const slot = shown.length === 2 ? "day" : shown[0];
    const labels = {
        day: _t("Free"),
        morning: _t("Morning free"),
        afternoon: _t("Afternoon free"),
    };
    return {
        type: "free",
        key: "free",
        slot: open.length ? slot : false,
        title: open.length ? "" : whyNot(room, date),
        from: slots[slot].from,
        label: labels[slot],
    };
}

/** Hours of a day on which a room is closed for a part of it. */
function shutItem([from, to, reason]) {
    const hours = `${hourText(from)}–${hourText(to)}`;
    return {
        type: "shut",
        key: `shut-${from}`,
        from,
        label: `${hours} ${reason || _t("Closed")}`,
    };
}

/** Hours that are left between those that are taken, in their order. */
function gaps(begin, end, taken) {
    const found = [];
    let from = begin;
    for (const [start, stop] of [...taken, [end, end]].sort((a, b) => a[0] - b[0])) {
        if (Math.min(start, end) - from >= SHORTEST) {
            found.push([from, Math.min(start, end)]);
        }
        from = Math.max(from, stop);
    }
    return found;
}

/**
 * Hours to propose to who wants others than a half-day: the longest gap of the day,
 * after the office's beginning if there is one.
 *
 * @param {object} room
 * @param {string} date ISO
 * @param {Array} taken hours from and to that somebody has or the room is closed
 * @param {object} slots
 * @returns {object | false} ``from`` and ``to``
 */
export function otherHours(room, date, taken, slots) {
    if (room.latest && date > room.latest) {
        return false;
    }
    const [day, clock] = room.earliest.split("T");
    const [hour, minute] = clock.split(":").map(Number);
    const soonest =
        date > day ? 0 : date < day ? 24 : Math.ceil(hour * 2 + minute / 30) / 2;
    for (const begin of [Math.max(room.open_from, slots.day.from), room.open_from]) {
        const found = gaps(Math.max(begin, soonest), room.open_to, taken);
        found.sort((one, other) => other[1] - other[0] - (one[1] - one[0]));
        if (found.length) {
            let [from, to] = found[0];
            if (from >= slots.morning.to && to - slots.afternoon.from >= SHORTEST) {
                from = Math.max(from, slots.afternoon.from);
            }
            to = Math.min(to, from + LONGEST);
            return {from, to};
        }
    }
    return false;
}

/** What stands in the cell of one room on one day, by time. */
function makeCell(room, index, day, bookings, data) {
    const {date} = day;
    const closed = room.closed[date];
    const past = date < data.today;
    const cell = {
        key: `${room.id}/${date}`,
        room: room.id,
        date,
        past,
        closed: closed === undefined ? false : closed || _t("Closed"),
        items: bookings.map((booking) => ({
            type: "booking",
            key: booking.id,
            from: booking.from,
            booking,
            decide: room.kept && !past && booking.state === "requested",
        })),
        bookable: false,
        times: false,
    };
    if (cell.closed) {
        return cell;
    }
    cell.items.push(...(room.shut[date] || []).map(shutItem));
    cell.items.sort((one, other) => one.from - other.from);
    if (past) {
        return cell;
    }
    const free = freeItem(room, index, date, data.slots);
    if (free) {
        cell.items.push(free);
        cell.items.sort((one, other) => one.from - other.from);
    }
    const slot = data.can_book && free?.slot;
    cell.bookable = slot || false;
    if (data.can_book && slot !== "day") {
        const taken = [
            ...bookings.map(({from, to}) => [from, to]),
            ...(room.shut[date] || []),
        ];
        cell.times = otherHours(room, date, taken, data.slots);
    }
    if (cell.times && !cell.items.length) {
        // Nobody has it, but no half-day of the office lies within its hours
        const {from} = cell.times;
        cell.items.push({
            type: "free",
            key: "free",
            slot: "times",
            from,
            label: _t("Free"),
        });
    }
    return cell;
}

/**
 * @param {object} data of the server
 * @param {object} filters ``rooms`` and ``equipment`` (ids), ``seats``
 * @returns {object[]} rooms that have what is asked for
 */
export function filterRooms(data, filters) {
    return data.rooms.filter(
        (room) =>
            (!filters.rooms.length || filters.rooms.includes(room.id)) &&
            (!filters.seats || !room.seats || room.seats >= filters.seats) &&
            filters.equipment.every((id) => room.equipment.includes(id))
    );
}

/**
 * Makes the table that is drawn.
 *
 * @param {object} data of the server
 * @param {object} filters as for filterRooms, and ``free``: only what can be booked
 * @returns {object} ``rooms`` (columns) and ``rows``: days with their cells
 */
export function makeTable(data, filters) {
    const byCell = Object.groupBy(
        data.bookings,
        (booking) => `${booking.room}/${booking.date}`
    );
    const indexes = new Map(data.rooms.map((room, index) => [room.id, index]));
    let rooms = filterRooms(data, filters);
    let rows = data.days.map((day, index) => ({
        ...day,
        past: day.date < data.today,
        today: day.date === data.today,
        cells: data.rooms.map((room) =>
            makeCell(room, index, day, byCell[`${room.id}/${day.date}`] || [], data)
        ),
    }));
    for (const row of rows) {
        row.holiday = sharedReason(row.cells);
    }
    if (filters.free) {
        const isFree = (row, room) => row.cells[indexes.get(room.id)].bookable;
        rooms = rooms.filter((room) => rows.some((row) => isFree(row, room)));
        rows = rows.filter((row) => rooms.some((room) => isFree(row, room)));
    }
    for (const row of rows) {
        row.cells = rooms.map((room) => row.cells[indexes.get(room.id)]);
    }
    return {rooms, rows};
}

/** Why all rooms are closed on a day: a public holiday is told once. */
function sharedReason(cells) {
    const [first] = cells;
    return cells.length > 1 && cells.every((cell) => cell.closed === first.closed)
        ? first.closed
        : false;
}

/**
 * The time of day that all chosen days have free, else the whole day: the dialog says
 * which of them are taken.
 *
 * @param {object[]} cells
 * @returns {string}
 */
export function commonSlot(cells) {
    const parts = new Set(cells.map((cell) => cell.bookable || "day"));
    parts.delete("day");
    return parts.size === 1 ? [...parts][0] : "day";
}
