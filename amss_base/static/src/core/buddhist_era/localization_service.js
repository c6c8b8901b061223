// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import {localizationService} from "@web/core/l10n/localization_service";
import {patch} from "@web/core/utils/patch";
import {isBuddhistEra} from "./buddhist_era";

patch(localizationService, {
    /**
     * Browsers write Thai dates with the Buddhist year by themselves: where the
     * language's switch is off, ask them for the Gregorian one.
     */
    async start() {
        const localization = await super.start(...arguments);
        const isThai = localization.code.startsWith("th");
        luxon.Settings.defaultOutputCalendar =
            isThai && !isBuddhistEra() ? "gregory" : null;
        return localization;
    },
});
