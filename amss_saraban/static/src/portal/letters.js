import {registry} from "@web/core/registry";
import {Interaction} from "@web/public/interaction";

/** A form that is sent once, however often its button is clicked. */
export class SendOnce extends Interaction {
    static selector = "form.o_amss_once";
    dynamicContent = {
        _root: {"t-on-submit": this.onSubmit},
        _window: {"t-on-pageshow": this.onPageShow},
    };

    onSubmit(ev) {
        if (this.sent) {
            ev.preventDefault();
            return;
        }
        this.sent = true;
        // Later: the value of a disabled button would not be sent
        this.waitForTimeout(() => this.disable(true), 0);
    }

    /** The browser shows the page again as it was left ("back"). */
    onPageShow(ev) {
        if (ev.persisted) {
            this.sent = false;
            this.disable(false);
        }
    }

    disable(disabled) {
        for (const button of this.el.querySelectorAll("button[type=submit]")) {
            button.disabled = disabled;
        }
    }
}

/** Offices and schools to tick: find by a part of the name, tick all shown. */
export class AgencyPicker extends Interaction {
    static selector = ".o_amss_agencies";
    dynamicContent = {
        _root: {"t-on-change": this.count},
        ".o_amss_find": {
            "t-on-input": this.find,
            "t-on-keydown": this.onKeydown,
        },
        ".o_amss_all": {"t-on-click": () => this.tick(true)},
        ".o_amss_none": {"t-on-click": () => this.tick(false)},
    };

    start() {
        this.count();
    }

    /** Enter in the search box must not send the letter. */
    onKeydown(ev) {
        if (ev.key === "Enter") {
            ev.preventDefault();
        }
    }

    find(ev) {
        const words = ev.target.value.trim().toLowerCase().split(/\s+/);
        for (const label of this.el.querySelectorAll(".o_amss_agency")) {
            const name = label.textContent.toLowerCase();
            const shown = words.every((word) => name.includes(word));
            label.classList.toggle("d-none", !shown);
        }
    }

    tick(checked) {
        const shown = ".o_amss_agency:not(.d-none) input";
        for (const box of this.el.querySelectorAll(
            checked ? shown : ".o_amss_agency input"
        )) {
            box.checked = checked;
        }
        this.count();
    }

    count() {
        const ticked = this.el.querySelectorAll(".o_amss_agency input:checked");
        this.el.querySelector(".o_amss_chosen").textContent = ticked.length || "";
    }
}

/** Rows of file and description: as many as wanted, none too large. */
export class FileRows extends Interaction {
    static selector = ".o_amss_files";
    dynamicContent = {
        _root: {"t-on-change": this.check},
        ".o_amss_more": {"t-on-click": this.add},
    };

    setup() {
        this.rows = 1;
    }

    add() {
        const last = [...this.el.querySelectorAll(".o_amss_file_row")].at(-1);
        const row = last.cloneNode(true);
        this.rows += 1;
        row.querySelector("[type=file]").name = `file_${this.rows}`;
        row.querySelector("[type=text]").name = `description_${this.rows}`;
        for (const input of row.querySelectorAll("input")) {
            input.value = "";
        }
        last.after(row);
    }

    /** Take out what is too large before it travels. */
    check() {
        const one = this.el.dataset.megabytes * 1024 * 1024;
        let rest = Number(this.el.dataset.request) - 1024 * 1024;
        let large = false;
        for (const input of this.el.querySelectorAll("[type=file]")) {
            const size = input.files[0]?.size || 0;
            if (size > one || size > rest) {
                input.value = "";
                large = true;
            } else {
                rest -= size;
            }
        }
        this.el.querySelector(".o_amss_large").classList.toggle("d-none", !large);
    }
}

/** Tick all addressees of a letter at once. */
export class TickAll extends Interaction {
    static selector = ".o_amss_recipients";
    dynamicContent = {
        ".o_amss_tick_all": {"t-on-change": this.tick},
    };

    tick(ev) {
        for (const box of this.el.querySelectorAll("[name=recipient]")) {
            box.checked = ev.target.checked;
        }
    }
}

/** Choosing another year shows it at once. */
export class YearChoice extends Interaction {
    static selector = ".o_amss_search";
    dynamicContent = {
        select: {"t-on-change": () => this.el.submit()},
    };
}

const interactions = registry.category("public.interactions");
interactions.add("amss_saraban.send_once", SendOnce);
interactions.add("amss_saraban.agency_picker", AgencyPicker);
interactions.add("amss_saraban.file_rows", FileRows);
interactions.add("amss_saraban.tick_all", TickAll);
interactions.add("amss_saraban.year_choice", YearChoice);
