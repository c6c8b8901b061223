// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import {browser} from "@web/core/browser/browser";
import {useExternalListener} from "@odoo/owl";

/** How long a finger has to rest before it chooses instead of scrolling */
const LONG_PRESS = 400;
/** How far it may stray meanwhile, in pixels */
const STRAY = 10;
/** How near to the border of the table dragging scrolls it, and by how much */
const BORDER = 48;
const CHOSEN = "o_amss_chosen";

/**
 * Choosing days of one or several rooms: a rectangle of cells between an anchor and
 * the last cell reached, by mouse, finger or keyboard.
 *
 * What is chosen is marked on the cells themselves: drawing 600 cells anew at every
 * move of the mouse would be felt.
 */
export class DaySelection {
    /**
     * @param {object} params
     * @param {Function} params.getTable the table element
     * @param {Function} params.isTapping whether days are chosen by taps instead
     * @param {Function} params.onChange called with the chosen cells
     * @param {Function} params.onDone called with the chosen cells when the mouse or
     *  finger lets go of several
     */
    constructor({getTable, isTapping, onChange, onDone}) {
        Object.assign(this, {getTable, isTapping, onChange, onDone});
        this.anchor = null;
        this.last = null;
        this.press = null;
        this.dragging = false;
    }

    /** The chosen cells; those that are closed or past are left out. */
    get cells() {
        if (!this.anchor) {
            return [];
        }
        const [top, bottom] = sorted(rowOf(this.anchor), rowOf(this.last));
        const [left, right] = sorted(this.anchor.cellIndex, this.last.cellIndex);
        return [...this.getTable().tBodies[0].rows]
            .slice(top, bottom + 1)
            .flatMap((row) => [...row.cells].slice(left, right + 1))
            .filter((cell) => "open" in cell.dataset);
    }

    start(cell) {
        this.clear();
        this.anchor = this.last = cell;
    }

    extend(cell) {
        if (!this.anchor || cell === this.last) {
            return;
        }
        this.last = cell;
        this.mark();
    }

    mark() {
        const cells = new Set(this.cells);
        for (const cell of this.getTable()?.querySelectorAll(`.${CHOSEN}`) || []) {
            if (!cells.has(cell)) {
                cell.classList.remove(CHOSEN);
            }
        }
        cells.forEach((cell) => cell.classList.add(CHOSEN));
        this.onChange([...cells]);
    }

    clear() {
        browser.clearTimeout(this.press?.timer);
        const had = this.anchor;
        this.anchor = this.last = this.press = null;
        this.dragging = false;
        if (had) {
            this.mark();
        }
    }

    // ------------------------------------------------------------------
    // Mouse and finger
    // ------------------------------------------------------------------
    onPointerDown(ev) {
        const cell = cellAt(ev.target);
        const other = ev.button || ev.shiftKey || this.isTapping();
        if (!cell || other || ev.target.closest("[data-booking]")) {
            return;
        }
        if (ev.pointerType === "touch") {
            const timer = browser.setTimeout(() => {
                this.start(cell);
                this.dragging = true;
                this.mark();
                browser.navigator.vibrate?.(15);
            }, LONG_PRESS);
            this.press = {timer, x: ev.clientX, y: ev.clientY};
        } else {
            this.start(cell);
            this.dragging = true;
        }
    }

    onPointerMove(ev) {
        if (!this.dragging) {
            if (this.press && strays(this.press, ev)) {
                browser.clearTimeout(this.press.timer);
                this.press = null;
            }
            return;
        }
        // a finger's events all go to where it was put down
        const under =
            ev.pointerType === "touch"
                ? document.elementFromPoint(ev.clientX, ev.clientY)
                : ev.target;
        const cell = cellAt(under);
        if (cell && this.getTable().contains(cell)) {
            this.extend(cell);
            this.scroll(ev);
        }
    }

    onPointerUp(ev) {
        const {anchor, last, dragging, press} = this;
        browser.clearTimeout(press?.timer);
        this.press = null;
        if (!dragging) {
            return;
        }
        this.dragging = false;
        // one cell under the mouse is a click; a finger has rested on it on purpose
        if (anchor === last && ev.pointerType !== "touch") {
            this.clear();
        } else {
            this.onDone(this.cells);
        }
    }

    /** While days are chosen, the page stands still and no text or menu comes up. */
    holdStill(ev) {
        if (this.dragging && ev.cancelable) {
            ev.preventDefault();
        }
    }

    scroll(ev) {
        const box = this.getTable().parentElement;
        const {top, bottom, left, right} = box.getBoundingClientRect();
        const by = (low, high, at) =>
            (at > high - BORDER ? BORDER / 2 : 0) -
            (at < low + BORDER ? BORDER / 2 : 0);
        // header and first column stay where they are
        const head = this.getTable().tHead.offsetHeight;
        const first = this.getTable().querySelector("tbody th")?.offsetWidth || 0;
        box.scrollBy(
            by(left + first, right, ev.clientX),
            by(top + head, bottom, ev.clientY)
        );
    }
}

/**
 * @param {object} params of DaySelection
 * @returns {DaySelection} that listens while the component lives
 */
export function useDaySelection(params) {
    const selection = new DaySelection(params);
    useExternalListener(window, "pointermove", (ev) => selection.onPointerMove(ev));
    useExternalListener(window, "pointerup", (ev) => selection.onPointerUp(ev));
    useExternalListener(window, "pointercancel", () => selection.clear());
    for (const name of ["touchmove", "selectstart", "contextmenu"]) {
        useExternalListener(window, name, (ev) => selection.holdStill(ev), {
            passive: false,
        });
    }
    return selection;
}

function cellAt(element) {
    return element?.closest?.("td[data-room]");
}

function rowOf(cell) {
    return cell.parentElement.sectionRowIndex;
}

function sorted(one, other) {
    return one < other ? [one, other] : [other, one];
}

function strays(press, ev) {
    return Math.hypot(ev.clientX - press.x, ev.clientY - press.y) > STRAY;
}
