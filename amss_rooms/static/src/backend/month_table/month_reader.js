// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import {
    Component,
    markRaw,
    onMounted,
    onPatched,
    onWillStart,
    useExternalListener,
    useRef,
    useState,
} from "@odoo/owl";
import {DateTimePickerPopover} from "@web/core/datetime/datetime_picker_popover";
import {KeepLast} from "@web/core/utils/concurrency";
import {_t} from "@web/core/l10n/translation";
import {isHit, makeTable} from "./month_cells";
import {formatBuddhist, isBuddhistEra} from "@amss_base/core/buddhist_era/buddhist_era";
import {focusCell, restoreFocus} from "./grid_keys";
import {readMonth} from "./month_address";
import {useDebounced} from "@web/core/utils/timing";
import {usePopover} from "@web/core/popover/popover_hook";
import {useService} from "@web/core/utils/hooks";
import {useSetupAction} from "@web/search/action_hook";

const {DateTime} = luxon;

/** What was read this long ago is read again when one comes back to the window */
const STALE = 15000;
const EMPTY = {rooms: [], equipment: [], seats: 0, free: false};

/** A month in words, such as "มิถุนายน 2566". */
function monthText(date) {
    const format = "LLLL yyyy";
    return isBuddhistEra() ? formatBuddhist(date, format) : date.toFormat(format);
}

/**
 * The month that is read and shown, with its filters; ``MonthTable`` books in it.
 *
 * The month is kept in the address, so that links, "back" and reloading come to it.
 */
export class MonthReader extends Component {
    setup() {
        this.orm = useService("orm");
        this.notification = useService("notification");
        this.keepLast = new KeepLast();
        this.rootRef = useRef("root");
        this.monthRef = useRef("month");
        const kept = this.props.state || {};
        this.asked = kept.asked || readMonth(this.props.action.params || {});
        this.state = useState({
            month: this.asked.month,
            data: null,
            loading: false,
            filters: {...EMPTY, ...kept.filters},
            words: kept.words || "",
            room: this.asked.room || kept.room || 0,
            choosing: false,
            fresh: markRaw([]),
        });
        this.scroll = kept.scroll;
        this.onSearchInput = useDebounced((ev) => {
            this.state.words = ev.target.value;
        }, 150);
        this.picker = usePopover(DateTimePickerPopover, {
            position: "bottom-start",
            onClose: () => this.monthRef.el?.focus(),
        });
        useSetupAction({
            getLocalState: () => ({
                asked: {month: this.state.month},
                filters: {...this.state.filters},
                words: this.state.words,
                room: this.state.room,
                scroll: this.scroller && {
                    top: this.scroller.scrollTop,
                    left: this.scroller.scrollLeft,
                },
            }),
        });
        useExternalListener(document, "visibilitychange", () => this.refresh());
        useExternalListener(window, "focus", () => this.refresh());
        onWillStart(() => this.load());
        onMounted(() => this.onFirstShown());
        onPatched(() => this.onShownAgain());
    }

    // ------------------------------------------------------------------
    // Reading
    // ------------------------------------------------------------------
    /**
     * Reads the month that is asked for; the one before stays until it has come.
     */
    async load() {
        const [year, month] = this.state.month.split("-").map(Number);
        this.state.loading = true;
        this.selection.clear();
        this.props.updateActionState?.({
            month: this.state.month,
            room: this.asked.room || undefined,
            date: this.asked.date || undefined,
        });
        try {
            // raw: each of its thousands of values would be watched otherwise
            this.state.data = markRaw(
                await this.keepLast.add(
                    this.orm.call("amss.room", "amss_month_table", [year, month])
                )
            );
            this.loadedAt = Date.now();
        } finally {
            this.state.loading = false;
        }
    }

    /** Reads the month again when somebody else may have booked meanwhile. */
    refresh() {
        const idle = !this.selection.anchor && !this.state.loading;
        if (!document.hidden && idle && Date.now() - this.loadedAt > STALE) {
            this.load();
        }
    }

    /** Reads the month again and shows which bookings are new. */
    async reload() {
        const known = new Set(this.state.data.bookings.map((booking) => booking.id));
        this.toCell = true;
        await this.load();
        const fresh = this.state.data.bookings
            .filter((booking) => booking.own && !known.has(booking.id))
            .map((booking) => booking.id);
        this.state.fresh = markRaw(fresh);
    }

    /** Comes to what the address asks for, else to today, else to where one was. */
    onFirstShown() {
        if (this.asked.problem) {
            this.notification.add(this.asked.problem, {type: "warning"});
        }
        restoreFocus(this.tableElement);
        const {date, room, book} = this.asked;
        const cell = date && this.cellElement(room, date);
        if (this.scroll) {
            this.scroller?.scrollTo(this.scroll);
        } else if (cell) {
            cell.scrollIntoView({block: "center", inline: "center"});
            const stop = focusCell(this.tableElement, cell);
            if (book && "open" in cell.dataset) {
                // What is free, also beside a booking that comes first
                (cell.querySelector("[data-slot]") || stop).click();
            }
        } else {
            this.scrollToToday();
        }
        if (book) {
            this.bookAsked(room, date, cell);
        }
    }

    onShownAgain() {
        if (!this.state.loading) {
            if (this.toToday) {
                this.scrollToToday();
            }
            if (this.toToday || this.toCell) {
                this.focusAgain();
            }
            this.toToday = this.toCell = false;
        }
        restoreFocus(this.tableElement);
    }

    /** Notes the room and day that have the focus. */
    rememberFocus() {
        const {room, date} = document.activeElement?.closest("td")?.dataset || {};
        this.focusOn = date && {room, day: date.slice(8)};
    }

    /** In another month, and after a dialog, the keys go on from the same room and day. */
    focusAgain() {
        if (!this.focusOn || !this.tableElement) {
            return;
        }
        const {room, day} = this.focusOn;
        const last = String(this.first.daysInMonth);
        const cell = this.cellElement(
            room,
            `${this.state.month}-${day < last ? day : last}`
        );
        this.focusOn = null;
        if (cell) {
            focusCell(this.tableElement, cell);
        }
    }

    scrollToToday() {
        const row = this.tableElement?.querySelector(".o_amss_today");
        const head = this.tableElement?.tHead.offsetHeight;
        this.scroller?.scrollTo({top: row ? row.offsetTop - head : 0});
    }

    cellElement(room, date) {
        const ofRoom = room ? `[data-room="${room}"]` : "[data-room]";
        return this.tableElement?.querySelector(`td${ofRoom}[data-date="${date}"]`);
    }

    get tableElement() {
        return this.rootRef.el?.querySelector("table.o_amss_month");
    }

    get scroller() {
        return this.tableElement?.parentElement;
    }

    // ------------------------------------------------------------------
    // What is shown
    // ------------------------------------------------------------------
    get first() {
        return DateTime.fromISO(`${this.state.month}-01`);
    }

    get title() {
        return monthText(this.first);
    }

    /** The month that is drawn, while another one is being read. */
    get drawnTitle() {
        return monthText(DateTime.fromISO(`${this.state.data.month}-01`));
    }

    get filters() {
        const {filters, data} = this.state;
        if (!this.env.isSmall) {
            return filters;
        }
        const room = this.state.room || data.rooms[0]?.id;
        return {...filters, rooms: room > 0 ? [room] : []};
    }

    /** The table as it is drawn: the same one until something of it changes. */
    get drawn() {
        const {data} = this.state;
        const filters = JSON.stringify(this.filters);
        if (this.known?.data !== data || this.known.filters !== filters) {
            const table = markRaw(makeTable(data, JSON.parse(filters)));
            this.known = {data, filters, table};
        }
        return this.known.table;
    }

    /** Why there is no table. */
    get nothing() {
        if (!this.state.data.rooms.length) {
            return _t(
                "The office has no meeting rooms yet. Their administrator adds them under Configuration."
            );
        }
        return this.state.filters.free
            ? _t("No room that is shown can be booked in this month.")
            : _t("No room has all that is asked for.");
    }

    get words() {
        return this.state.words.trim().toLowerCase();
    }

    get isFiltered() {
        const {rooms, equipment, seats, free} = this.state.filters;
        return Boolean(rooms.length || equipment.length || seats || free);
    }

    get hits() {
        const {bookings} = this.state.data;
        const found = bookings.filter((booking) => isHit(booking, this.words)).length;
        return found === 1 ? _t("1 booking") : _t("%s bookings", found);
    }

    // ------------------------------------------------------------------
    // Months
    // ------------------------------------------------------------------
    async goTo(month) {
        this.asked = {month};
        this.state.month = month;
        this.state.fresh = markRaw([]);
        this.toToday = true;
        await this.load();
    }

    move(months) {
        return this.goTo(this.first.plus({months}).toFormat("yyyy-MM"));
    }

    goToToday() {
        const today = this.state.data?.today || DateTime.now().toISODate();
        return this.goTo(today.slice(0, 7));
    }

    openPicker() {
        this.picker.open(this.monthRef.el, {
            pickerProps: {
                type: "date",
                value: this.first,
                minPrecision: "months",
                onSelect: (date) => {
                    this.picker.close();
                    this.goTo(date.toFormat("yyyy-MM"));
                },
            },
        });
    }

    // ------------------------------------------------------------------
    // Filters
    // ------------------------------------------------------------------
    toggle(name, id) {
        const chosen = this.state.filters[name];
        this.state.filters[name] = chosen.includes(id)
            ? chosen.filter((other) => other !== id)
            : [...chosen, id];
        this.selection.clear();
    }

    setSeats(ev) {
        this.state.filters.seats = Math.max(0, parseInt(ev.target.value, 10) || 0);
    }

    toggleFree() {
        this.state.filters.free = !this.state.filters.free;
        this.selection.clear();
    }

    clearFilters() {
        Object.assign(this.state.filters, EMPTY);
    }

    chooseRoom(ev) {
        this.state.room = Number(ev.target.value);
        this.toToday = true;
        this.selection.clear();
    }

    /** Enter in the search box goes to the first hit. */
    onSearchKeydown(ev) {
        if (ev.key === "Enter" || ev.key === "ArrowDown") {
            ev.preventDefault();
            const hit = this.tableElement?.querySelector(
                ".o_amss_booking:not(.o_amss_miss)"
            );
            hit?.scrollIntoView({block: "center", inline: "nearest"});
            hit?.focus({preventScroll: true});
        } else if (ev.key === "Escape") {
            this.onSearchInput.cancel();
            ev.target.value = this.state.words = "";
        }
    }
}
