// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import {Component, onWillStart, useRef, useState} from "@odoo/owl";
import {deserializeDate, formatDate} from "@web/core/l10n/dates";
import {KeepLast} from "@web/core/utils/concurrency";
import {Layout} from "@web/search/layout";
import {_t} from "@web/core/l10n/translation";
import {formatInteger} from "@web/views/fields/formatters";
import {registry} from "@web/core/registry";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {useAutofocus, useService} from "@web/core/utils/hooks";
import {useSetupAction} from "@web/search/action_hook";

const PAGE = 20;
/** Values of a facet that are shown at first */
const FOLDED = 8;
const FACETS = ["year", "register", "group", "type", "urgency", "state"];
const URGENT = {urgent: "info", very_urgent: "warning", most_urgent: "danger"};

/** A text in pieces, of which those that were looked for are marked. */
export class FoundText extends Component {
    static template = "amss_saraban.FoundText";
    static props = {pieces: Array};
}

/**
 * Find letters: one box, hits with where they matched, and facets with counts.
 *
 * What was asked is kept in the address and when one comes back from a letter. The
 * counts come a moment after the hits, so that nobody waits for them.
 */
export class FindAction extends Component {
    static template = "amss_saraban.FindAction";
    static components = {FoundText, Layout};
    static props = {...standardActionServiceProps};
    static path = "saraban-find";
    static displayName = _t("Find letters");

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.keepHits = new KeepLast();
        this.keepCounts = new KeepLast();
        this.rootRef = useRef("root");
        this.display = {controlPanel: {}};
        useAutofocus({refName: "input", selectAll: true});
        useSetupAction({getLocalState: () => ({asked: this.asked})});
        const asked = this.props.state?.asked || this.props.action.params || {};
        this.state = useState({
            typed: this.text(asked.text),
            text: this.text(asked.text),
            facets: {},
            offset: Number(asked.offset) || 0,
            result: null,
            counts: null,
            searching: false,
            unfolded: {},
        });
        for (const name of FACETS) {
            if (asked[name]) {
                this.state.facets[name] = this.text(asked[name]);
            }
        }
        onWillStart(() => this.state.text && this.search());
    }

    // What a number in the address is to the router is a text here
    text(value) {
        return value === undefined || value === false ? "" : String(value);
    }

    get asked() {
        const {text, offset, facets} = this.state;
        const asked = {text: text || undefined, offset: offset || undefined};
        for (const name of FACETS) {
            asked[name] = facets[name];
        }
        return asked;
    }

    get total() {
        const {total, capped} = this.state.counts;
        if (capped) {
            return _t("More than %s letters", formatInteger(total));
        }
        return total === 1 ? _t("1 letter") : _t("%s letters", formatInteger(total));
    }

    get facets() {
        return (this.state.counts?.facets || []).filter((facet) => facet.values.length);
    }

    get firstSimilar() {
        return this.state.result.hits.find((hit) => !hit.exact)?.id;
    }

    get emptyTitle() {
        return _t("No letter that you may read says “%s”.", this.state.text);
    }

    get shown() {
        const {offset, result} = this.state;
        return _t("%(first)s to %(last)s", {
            first: formatInteger(offset + 1),
            last: formatInteger(offset + result.hits.length),
        });
    }

    date(hit) {
        return hit.date ? formatDate(deserializeDate(hit.date)) : "";
    }

    values(facet) {
        const all =
            this.state.unfolded[facet.name] || facet.values.length <= FOLDED + 1;
        return all ? facet.values : facet.values.slice(0, FOLDED);
    }

    more(facet) {
        return _t("%s more", facet.values.length - this.values(facet).length);
    }

    unfold(facet) {
        this.state.unfolded[facet.name] = true;
    }

    count(value) {
        if (!value.count) {
            return "";
        }
        const sign = this.state.counts.capped ? "+" : "";
        return formatInteger(value.count) + sign;
    }

    urgencyClass(hit) {
        return `text-bg-${URGENT[hit.urgency]}`;
    }

    async search() {
        const {text, offset} = this.state;
        const facets = {...this.state.facets};
        this.state.searching = true;
        this.state.counts = null;
        this.props.updateActionState?.(this.asked);
        const page = this.orm.call("amss.document", "amss_find", [text], {
            facets,
            offset,
            limit: PAGE,
        });
        const counts = this.orm.silent.call(
            "amss.document",
            "amss_find_counts",
            [text],
            {facets}
        );
        this.keepCounts.add(counts).then((found) => (this.state.counts = found));
        try {
            this.state.result = await this.keepHits.add(page);
        } finally {
            this.state.searching = false;
        }
    }

    async onSubmit() {
        this.state.text = this.state.typed.trim();
        this.state.facets = {};
        this.state.offset = 0;
        if (this.state.text) {
            await this.search();
        } else {
            this.state.result = null;
            this.state.counts = null;
            this.props.updateActionState?.(this.asked);
        }
    }

    toggleFacet(name, value) {
        if (this.state.facets[name] === value) {
            delete this.state.facets[name];
        } else {
            this.state.facets[name] = value;
        }
        this.state.offset = 0;
        return this.search();
    }

    async goTo(offset) {
        this.state.offset = Math.max(0, offset);
        await this.search();
        this.rootRef.el?.closest(".o_content")?.scrollTo({top: 0});
    }

    previous() {
        return this.goTo(this.state.offset - PAGE);
    }

    next() {
        return this.goTo(this.state.offset + PAGE);
    }

    async open(hit) {
        const action = await this.orm.call("amss.document", "action_open", [[hit.id]]);
        return this.action.doAction(action);
    }

    /** The arrow keys go from the box to the hits and back; Enter opens a hit. */
    onKeydown(ev) {
        const step = {ArrowDown: 1, ArrowUp: -1}[ev.key];
        if (!step || ev.target.closest(".o_amss_find_facets")) {
            return;
        }
        const stops = [
            ...this.rootRef.el.querySelectorAll(".o_amss_find_input, .o_amss_find_hit"),
        ];
        const next = stops[stops.indexOf(ev.target) + step];
        if (next && stops.includes(ev.target)) {
            ev.preventDefault();
            next.focus();
        }
    }
}

registry.category("actions").add("amss_saraban.find", FindAction);
