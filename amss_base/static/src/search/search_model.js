// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import {SearchModel} from "@web/search/search_model";
import {patch} from "@web/core/utils/patch";
import {isBuddhistEra, toBuddhistYears} from "../core/buddhist_era/buddhist_era";

patch(SearchModel.prototype, {
    /**
     * The years offered by a date filter.
     */
    _enrichItem() {
        const item = super._enrichItem(...arguments);
        if (item?.type === "dateFilter" && isBuddhistEra()) {
            for (const option of item.options) {
                if (/^year(?:[+-]\d+)?$/.test(option.id)) {
                    option.description = toBuddhistYears(option.description);
                }
            }
        }
        return item;
    },

    /**
     * The facet of a date filter: "March 2569". Names of an office's own options are
     * left alone: these come without a year option.
     */
    _getDateFilterDomain(dateFilter, generatorIds, key) {
        const result = super._getDateFilterDomain(...arguments);
        const isCustom = !generatorIds.some((id) => String(id).startsWith("year"));
        if (key !== "description" || isCustom || !isBuddhistEra()) {
            return result;
        }
        return toBuddhistYears(result);
    },
});
