// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import {localizationService} from "@web/core/l10n/localization_service";
import {pyToJsLocale} from "@web/core/l10n/utils";
import {user} from "@web/core/user";
import {patch} from "@web/core/utils/patch";
import {session} from "@web/session";
import {isBuddhistEra} from "./buddhist_era";

const {Settings} = luxon;

patch(localizationService, {
    async start() {
        const localization = await super.start(...arguments);
        const pageLang = session.bundle_params?.lang;
        if (!user.lang && pageLang) {
            // On the portal Odoo takes the browser's language here and the page's
            // later: pickers that are made in between would have no Thai months
            Settings.defaultLocale = pyToJsLocale(pageLang);
        }
        // Browsers write Thai dates with the Buddhist year by themselves: where the
        // language's switch is off, ask them for the Gregorian one
        const isThai = /^th\b/.test(Settings.defaultLocale);
        Settings.defaultOutputCalendar = isThai && !isBuddhistEra() ? "gregory" : null;
        return localization;
    },
});
