// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import {DateTimePicker} from "@web/core/datetime/datetime_picker";
import {isInRange, today} from "@web/core/l10n/dates";
import {patch} from "@web/core/utils/patch";
import {BUDDHIST_OFFSET, isBuddhistEra, toBuddhistYears} from "./buddhist_era";

const ERA = {years: BUDDHIST_OFFSET};

patch(DateTimePicker.prototype, {
    /**
     * Puts Buddhist years in the header; the grids of years and decades begin with
     * a Buddhist decade or century.
     */
    onWillRender() {
        super.onWillRender(...arguments);
        if (!isBuddhistEra()) {
            return;
        }
        if (["years", "decades"].includes(this.state.precision)) {
            this.showBuddhistGrid();
        } else {
            this.title = toBuddhistYears(this.title);
        }
    },

    /**
     * Lets Odoo make the grid around the Buddhist year and moves its dates back.
     */
    showBuddhistGrid() {
        const level = this.activePrecisionLevel;
        const date = this.state.focusDate.plus(ERA);
        this.title = level.getTitle(date);
        const items = level.getItems(date, {
            maxDate: this.maxDate.plus(ERA),
            minDate: this.minDate.plus(ERA),
        });
        this.items = items.map((item) => {
            const range = item.range.map((limit) => limit.minus(ERA));
            return {...item, range, includesToday: isInRange(today(), range)};
        });
    },
});
