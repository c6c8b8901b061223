// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import {Component, onWillStart, useState} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";
import {useService} from "@web/core/utils/hooks";

const COLUMNS = [
    "name",
    "agency_code",
    "agency_type",
    "category_id",
    "parent_agency_id",
];

/**
 * Choose addressees by ticking names: some two hundred schools on one screen, found by
 * typing, ticked one by one, by tag or all at once.
 */
export class AgencyPickerField extends Component {
    static template = "amss_saraban.AgencyPickerField";
    static props = {...standardFieldProps};

    setup() {
        this.orm = useService("orm");
        this.state = useState({text: "", scope: "own", tag: 0});
        this.agencies = [];
        this.tags = [];
        onWillStart(() => this.load());
    }

    get data() {
        return this.props.record.data;
    }

    async load() {
        const sender = this.data.sender_agency_id.id;
        this.agencies = await this.orm.searchRead(
            "res.partner",
            [
                ["is_agency", "=", true],
                ["id", "!=", sender],
            ],
            COLUMNS,
            {order: "agency_code, name"}
        );
        for (const agency of this.agencies) {
            const parent = agency.parent_agency_id;
            agency.own =
                agency.agency_type === "school" && parent && parent[0] === sender;
            agency.text = `${agency.name} ${agency.agency_code || ""}`.toLowerCase();
        }
        this.tags = await this.orm.searchRead(
            "res.partner.category",
            [["id", "in", [...new Set(this.agencies.flatMap((a) => a.category_id))]]],
            ["name"]
        );
        this.already = new Set(this.data.sent_agency_ids.currentIds);
        if (!this.agencies.some((agency) => agency.own)) {
            this.state.scope = "all";
        }
    }

    get chosen() {
        return new Set(this.data[this.props.name].currentIds);
    }

    get shown() {
        const {text, scope, tag} = this.state;
        const words = text.toLowerCase().split(/\s+/).filter(Boolean);
        return this.agencies.filter(
            (agency) =>
                (scope === "all" || (scope === "own") === agency.own) &&
                (!tag || agency.category_id.includes(tag)) &&
                words.every((word) => agency.text.includes(word))
        );
    }

    isSent(agency) {
        return this.already.has(agency.id);
    }

    toggle(agency) {
        const list = this.data[this.props.name];
        const change = this.chosen.has(agency.id) ? "remove" : "add";
        return list.addAndRemove({[change]: [agency.id]});
    }

    addShown() {
        const add = this.shown
            .map((agency) => agency.id)
            .filter((id) => !this.chosen.has(id) && !this.already.has(id));
        return this.data[this.props.name].addAndRemove({add});
    }

    removeAll() {
        return this.data[this.props.name].addAndRemove({remove: [...this.chosen]});
    }

    chooseTag(tag) {
        this.state.tag = this.state.tag === tag.id ? 0 : tag.id;
    }
}

export const agencyPickerField = {
    component: AgencyPickerField,
    supportedTypes: ["many2many"],
    fieldDependencies: [
        {name: "sender_agency_id", type: "many2one"},
        {name: "sent_agency_ids", type: "many2many"},
    ],
};

registry.category("fields").add("amss_agency_picker", agencyPickerField);
