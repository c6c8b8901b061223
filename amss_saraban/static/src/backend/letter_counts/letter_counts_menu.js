// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import {Component, useEffect, useState} from "@odoo/owl";
import {Dropdown} from "@web/core/dropdown/dropdown";
import {DropdownItem} from "@web/core/dropdown/dropdown_item";
import {NavBar} from "@web/webclient/navbar/navbar";
import {patch} from "@web/core/utils/patch";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";

/** The boxes of the user with what is new in each, beside Odoo's own systray. */
export class LetterCountsMenu extends Component {
    static components = {Dropdown, DropdownItem};
    static props = {};
    static template = "amss_saraban.LetterCountsMenu";

    setup() {
        this.menu = useService("menu");
        this.counts = useState(useService("amss_letter_counts"));
    }

    open(box) {
        this.menu.selectMenu(box.menu);
    }
}

registry.category("systray").add(
    "amss_saraban.letter_counts",
    {
        Component: LetterCountsMenu,
        isDisplayed: (env) => Boolean(env.services.amss_letter_counts?.boxes.length),
    },
    {sequence: 15}
);

patch(NavBar.prototype, {
    setup() {
        super.setup();
        this.letterCounts = useState(useService("amss_letter_counts"));
        // the entries grow and shrink with their numbers
        useEffect(
            (hasBoxes) => {
                if (hasBoxes) {
                    this.adapt();
                }
            },
            () => [
                this.letterCounts.boxes.length > 0,
                this.currentAppSections.map((one) => this.letterCount(one)).join(),
            ]
        );
    },

    /**
     * @param {object} menu
     * @returns {string} what is new there, empty for nothing
     */
    letterCount(menu) {
        const count = this.letterCounts.ofMenu(menu);
        return count ? this.letterCounts.format(count) : "";
    },
});
