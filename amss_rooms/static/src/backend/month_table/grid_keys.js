// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

/** What the arrow keys stop at: bookings and what is free, else the cell itself */
const STOP = ".o_amss_stop";

function focusOn(table, stop) {
    table.querySelector(`${STOP}[tabindex="0"]`)?.setAttribute("tabindex", "-1");
    stop.setAttribute("tabindex", "0");
    stop.focus();
}

function stopsOf(cell) {
    return cell.matches(STOP) ? [cell] : [...cell.querySelectorAll(STOP)];
}

function columnOf(table, cell) {
    return [...table.tBodies[0].rows].map((row) => row.cells[cell.cellIndex]);
}

/** The stop that an arrow key leads to. */
function target(ev, table, cell) {
    const row = [...cell.parentElement.querySelectorAll("td[data-room]")];
    const column = columnOf(table, cell);
    const at = row.indexOf(cell);
    const down = {ArrowDown: 1, ArrowUp: -1}[ev.key];
    if (down && ev.shiftKey) {
        const next = column[column.indexOf(cell) + down];
        return next && stopsOf(next)[0];
    }
    if (down) {
        const stops = column.flatMap(stopsOf);
        return stops[stops.indexOf(ev.target.closest(STOP)) + down];
    }
    const cells = {
        ArrowRight: row[at + 1],
        ArrowLeft: row[at - 1],
        Home: ev.ctrlKey ? column[0] : row[0],
        End: ev.ctrlKey ? column.at(-1) : row.at(-1),
    };
    return cells[ev.key] && stopsOf(cells[ev.key])[0];
}

/**
 * Moves the focus as an arrow key asks.
 *
 * @param {KeyboardEvent} ev
 * @param {HTMLTableElement} table
 * @returns {HTMLElement | null} the cell reached
 */
export function moveFocus(ev, table) {
    if (ev.altKey || ev.metaKey) {
        return null;
    }
    const stop = target(ev, table, ev.target.closest("td[data-room]"));
    if (!stop) {
        return null;
    }
    focusOn(table, stop);
    return stop.closest("td");
}

/**
 * @param {HTMLTableElement} table
 * @param {HTMLElement} cell
 * @returns {HTMLElement} what has got the focus
 */
export function focusCell(table, cell) {
    const [stop] = stopsOf(cell);
    focusOn(table, stop);
    return stop;
}

/**
 * Lets the tabulator key reach the table: one stop of it, today's if it can be.
 *
 * @param {HTMLTableElement} table
 */
export function restoreFocus(table) {
    if (!table || table.querySelector(`${STOP}[tabindex="0"]`)) {
        return;
    }
    const stop =
        table.querySelector(`.o_amss_today ${STOP}`) || table.querySelector(STOP);
    stop?.setAttribute("tabindex", "0");
}
