// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import {Component} from "@odoo/owl";
import {formatDateTime} from "@web/core/l10n/dates";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

const ICONS = {
    registered: "fa-bookmark",
    void: "fa-ban text-danger",
    corrected: "fa-file-o",
    sent: "fa-paper-plane",
    opened: "fa-envelope-open-o",
    accepted: "fa-check",
    returned: "fa-reply text-danger",
    return_accepted: "fa-check",
    recalled: "fa-undo text-danger",
    sent_again: "fa-paper-plane",
    assigned: "fa-share",
    taken: "fa-hand-paper-o",
    done: "fa-check-circle text-success",
    sent_back: "fa-reply text-danger",
    withdrawn: "fa-undo",
    endorsed: "fa-pencil",
    proposed: "fa-arrow-up",
    approved: "fa-thumbs-o-up text-success",
    refused: "fa-reply text-danger",
    answered: "fa-comments-o",
    circulated: "fa-bullhorn",
    published: "fa-globe",
    unpublished: "fa-globe",
};

/**
 * The history of a letter, newest first: when, who, what, to whom, and what was
 * written. Endorsements stand out, as on paper.
 */
export class TimelineField extends Component {
    static template = "amss_saraban.TimelineField";
    static props = {...standardFieldProps};

    get steps() {
        return this.props.record.data[this.props.name].records.map(({id, data}) => ({
            id,
            icon: ICONS[data.kind] || "fa-circle-o",
            endorsed: data.kind === "endorsed" || Boolean(data.decision),
            when: formatDateTime(data.at),
            who: data.user_id ? data.user_id.display_name : "",
            what: this.label(data, "kind"),
            decision: data.decision ? this.label(data, "decision") : "",
            to: data.to_text || "",
            text: data.text || "",
        }));
    }

    label(data, name) {
        const selection =
            this.props.record.data[this.props.name].fields[name].selection;
        const found = (selection || []).find(([value]) => value === data[name]);
        return found ? found[1] : data[name];
    }
}

export const timelineField = {
    component: TimelineField,
    supportedTypes: ["one2many"],
    // the list inside the field names what is shown
    useSubView: true,
};

registry.category("fields").add("amss_timeline", timelineField);
