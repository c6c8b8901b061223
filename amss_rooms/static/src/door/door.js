// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
/**
 * The display at a door renews itself, and says so when it cannot: what was true
 * half an hour ago must not look like now.
 */

/** Milliseconds between two renewals. */
const EVERY = 30000;
/** After so long without news the display is no longer believed. */
const STALE = 90000;
/** An answer that takes longer is none. */
const PATIENCE = 10000;

const $ = (id) => document.getElementById(id);

class Door {
    constructor() {
        this.seen = Date.now();
        this.isSending = false;
        this.read();
        document.addEventListener("submit", (ev) => this.onSubmit(ev));
        document.addEventListener("visibilitychange", () => this.onWake());
        window.addEventListener("online", () => this.renew());
        window.addEventListener("offline", () => this.doubt());
        setInterval(() => this.renew(), EVERY);
        setInterval(() => this.tick(), 1000);
        // The message about a late check-in has been read by then
        window.history.replaceState(null, "", this.url);
        this.tick();
    }

    /** Reads what the server has written into the page. */
    read() {
        const {url, epoch, offset, changes} = $("door").dataset;
        this.url = url;
        this.ahead = Number(epoch) * 1000 - Date.now();
        this.offset = Number(offset) * 1000;
        this.changes = Number(changes) * 1000 || Infinity;
    }

    /**
     * The hour on the office's wall, whatever the tablet's own clock and zone are.
     *
     * @param {number} moment of the tablet's clock, in milliseconds
     * @returns {string} such as ``09:30``
     */
    hour(moment) {
        return new Date(moment + this.ahead + this.offset).toISOString().slice(11, 16);
    }

    tick() {
        const now = Date.now();
        $("door_clock").textContent = this.hour(now);
        if (now - this.seen > STALE) {
            this.doubt();
        }
        if (now + this.ahead > this.changes + 1000) {
            this.changes = Infinity;
            this.renew();
        }
    }

    onWake() {
        if (!document.hidden) {
            this.tick();
            this.renew();
        }
    }

    doubt() {
        $("door_offline_since").textContent = this.hour(this.seen);
        $("door_offline").hidden = false;
        document.body.classList.add("o_amss_door_doubtful");
    }

    trust() {
        this.seen = Date.now();
        $("door_offline").hidden = true;
        document.body.classList.remove("o_amss_door_doubtful");
    }

    async renew() {
        if (!this.isSending) {
            await this.ask(this.url, {method: "GET"});
        }
    }

    /**
     * Asks the server for the display and shows it; says so when there is no answer.
     *
     * @param {string} url
     * @param {object} options of fetch
     */
    async ask(url, options) {
        this.isSending = true;
        try {
            const answer = await fetch(url, {
                ...options,
                cache: "no-store",
                signal: AbortSignal.timeout(PATIENCE),
            });
            if (answer.status === 404) {
                // The link has been renewed: its page says what to do
                window.location.reload();
            } else if (answer.ok) {
                this.show(await answer.text());
            } else {
                this.doubt();
            }
        } catch {
            this.doubt();
        } finally {
            this.isSending = false;
        }
    }

    show(text) {
        const page = new DOMParser().parseFromString(text, "text/html");
        const door = page.getElementById("door");
        if (!door) {
            this.doubt();
            return;
        }
        $("door").replaceWith(document.adoptNode(door));
        this.read();
        this.trust();
        this.tick();
    }

    async onSubmit(ev) {
        ev.preventDefault();
        const form = ev.target;
        const button = form.querySelector("button");
        if (button.disabled) {
            return;
        }
        button.disabled = true;
        await this.ask(form.action, {method: "POST", body: new FormData(form)});
        if (button.isConnected) {
            // No answer, or a page too old to be believed: what holds now
            button.disabled = false;
            await this.renew();
        }
    }
}

function start() {
    if ($("door")) {
        new Door();
    } else {
        // A link that opens nothing may be put right
        setTimeout(() => window.location.reload(), 10 * EVERY);
    }
}

if (document.readyState === "loading") {
    document.addEventListener("DOMContentLoaded", start);
} else {
    start();
}
