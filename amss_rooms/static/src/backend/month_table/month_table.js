// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import {Component, reactive, useExternalListener, useState} from "@odoo/owl";
import {CheckboxItem} from "@web/core/dropdown/checkbox_item";
import {Dropdown} from "@web/core/dropdown/dropdown";
import {DropdownItem} from "@web/core/dropdown/dropdown_item";
import {Layout} from "@web/search/layout";
import {_t} from "@web/core/l10n/translation";
import {commonSlot} from "./month_cells";
import {MonthGrid} from "./month_grid";
import {MonthReader} from "./month_reader";
import {moveFocus} from "./grid_keys";
import {registry} from "@web/core/registry";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {useBookDialog} from "../book_dialog";
import {useDaySelection} from "./day_selection";
import {useService} from "@web/core/utils/hooks";

/** What is being chosen, and the button that books it. */
export class ChosenDays extends Component {
    static template = "amss_rooms.ChosenDays";
    static props = {chosen: Object, onBook: Function, onClear: Function};

    setup() {
        this.chosen = useState(this.props.chosen);
    }
}

/**
 * The month table: days × rooms, as the offices publish it (S3). What is free is
 * booked where one clicks, several days by dragging over them.
 */
export class MonthTable extends MonthReader {
    static template = "amss_rooms.MonthTable";
    static components = {
        CheckboxItem,
        ChosenDays,
        Dropdown,
        DropdownItem,
        Layout,
        MonthGrid,
    };
    static props = {...standardActionServiceProps};
    static path = "room-timetable";
    static displayName = _t("Timetable");

    setup() {
        super.setup();
        this.action = useService("action");
        this.openBookDialog = useBookDialog();
        this.display = {controlPanel: {layoutActions: true}};
        this.chosen = reactive({text: "", hint: ""});
        this.selection = useDaySelection({
            getTable: () => this.tableElement,
            isTapping: () => this.state.choosing,
            onChange: (cells) => this.showChosen(cells),
            onDone: () => this.bookChosen(),
        });
        useExternalListener(window, "keydown", (ev) => this.onWindowKeydown(ev), true);
    }

    // ------------------------------------------------------------------
    // Booking
    // ------------------------------------------------------------------
    book(wish = {}) {
        this.rememberFocus();
        this.selection.clear();
        this.state.choosing = false;
        return this.openBookDialog(wish, () => this.reload());
    }

    /** Opens the dialog for what a link asks for; the dialog says what cannot be. */
    bookAsked(room, date, element) {
        const [cell] = element ? this.cellsOf([element]) : [];
        this.book({
            roomIds: room ? [room] : [],
            from: date,
            to: date,
            slot: (room && cell?.bookable) || "day",
        });
    }

    bookCell(cell, slot) {
        const wish = {roomIds: [cell.room], from: cell.date, to: cell.date, slot};
        if (slot === "times") {
            wish.hourFrom = cell.times.from;
            wish.hourTo = cell.times.to;
        }
        return this.book(wish);
    }

    /** Cells of the table as drawn, by what their elements say. */
    cellsOf(elements) {
        const cells = new Map(
            this.drawn.rows.flatMap((row) => row.cells.map((cell) => [cell.key, cell]))
        );
        return elements.map(({dataset}) =>
            cells.get(`${dataset.room}/${dataset.date}`)
        );
    }

    bookChosen() {
        const cells = this.cellsOf(this.selection.cells);
        if (!cells.length) {
            this.notification.add(_t("None of these days can be booked."), {
                type: "warning",
            });
            this.selection.clear();
            return undefined;
        }
        const dates = cells.map((cell) => cell.date).sort();
        return this.book({
            roomIds: [...new Set(cells.map((cell) => cell.room))],
            from: dates[0],
            to: dates.at(-1),
            slot: commonSlot(cells),
        });
    }

    showChosen(elements) {
        const dates = [...new Set(elements.map((cell) => cell.dataset.date))].sort();
        const rooms = new Set(elements.map((cell) => Number(cell.dataset.room)));
        const names = (this.state.data?.rooms || [])
            .filter((room) => rooms.has(room.id))
            .map((room) => room.name);
        const days = dates.length === 1 ? _t("1 day") : _t("%s days", dates.length);
        this.chosen.text = dates.length ? `${days} · ${names.join(", ")}` : "";
        this.chosen.hint =
            this.state.choosing && elements.length === 1 ? _t("Now the last day") : "";
    }

    toggleChoosing() {
        this.state.choosing = !this.state.choosing;
        this.selection.clear();
    }

    open(booking, ev) {
        const action = {
            type: "ir.actions.act_window",
            res_model: "amss.room.booking",
            res_id: booking.id,
            views: [[false, "form"]],
        };
        if (ev.ctrlKey || ev.metaKey) {
            return this.action.doAction(action, {newWindow: true});
        }
        this.rememberFocus();
        return this.action.doAction(
            {...action, name: booking.name, target: "new"},
            {onClose: () => this.reload()}
        );
    }

    // ------------------------------------------------------------------
    // Mouse and keys in the table
    // ------------------------------------------------------------------
    onPointerDown(ev) {
        this.selection.onPointerDown(ev);
    }

    onCellClick(cell, ev) {
        const element = ev.currentTarget;
        if (this.state.choosing || ev.shiftKey) {
            ev.preventDefault();
            if (!this.selection.anchor) {
                this.selection.start(element);
                this.selection.mark();
            } else {
                this.selection.extend(element);
                this.state.choosing = false;
            }
            return undefined;
        }
        const {booking, slot} =
            ev.target.closest("[data-booking], [data-slot]")?.dataset || {};
        if (booking) {
            const found = cell.items.find((item) => item.key === Number(booking));
            return this.open(found.booking, ev);
        }
        const wanted = slot || cell.bookable;
        return wanted ? this.bookCell(cell, wanted) : undefined;
    }

    onTableKeydown(ev) {
        const cell = ev.target.closest("td[data-room]");
        if (ev.key === "PageUp" || ev.key === "PageDown") {
            ev.preventDefault();
            this.rememberFocus();
            return this.move(ev.key === "PageUp" ? -1 : 1);
        }
        if (ev.key === "Enter" && this.selection.cells.length) {
            ev.preventDefault();
            return this.bookChosen();
        }
        const reached = cell && moveFocus(ev, this.tableElement);
        if (reached) {
            ev.preventDefault();
            this.extendByKey(ev, cell, reached);
        }
        return undefined;
    }

    extendByKey(ev, cell, reached) {
        if (!ev.shiftKey) {
            this.selection.clear();
            return;
        }
        if (!this.selection.anchor) {
            this.selection.start(cell);
        }
        this.selection.extend(reached);
    }

    /** Escape gives up choosing, wherever the focus is. */
    onWindowKeydown(ev) {
        if (ev.key === "Escape" && (this.selection.anchor || this.state.choosing)) {
            ev.preventDefault();
            ev.stopPropagation();
            this.state.choosing = false;
            this.selection.clear();
        }
    }

    print() {
        window.print();
    }
}

registry.category("actions").add("amss_rooms.month_table", MonthTable);
