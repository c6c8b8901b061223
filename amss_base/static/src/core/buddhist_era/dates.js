// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import "@web/core/l10n/dates";
import {localization} from "@web/core/l10n/localization";
import {_t} from "@web/core/l10n/translation";
import {formatBuddhist, isBuddhistEra, readTyped} from "./buddhist_era";

/**
 * Replaces what "@web/core/l10n/dates" exports for showing and reading dates, the one
 * place that fields, pickers, lists, search and the portal all use. Others take these
 * functions out of the module when they load, so this file must run directly after
 * it: it stands early in the bundles and needs nothing that the module does not need.
 */
const dates = odoo.loader.modules.get("@web/core/l10n/dates");
const original = {...dates};

const {DateTime} = luxon;

/**
 * The year is always shown, also this year's, which Odoo leaves out: in a register
 * nobody should have to guess it.
 */
const inBuddhistEra = (value) => value.reconfigure({outputCalendar: "buddhist"});

function parse(parser, value, options, defaultFormat) {
    const typed = readTyped(value, options.format || defaultFormat);
    if (!typed) {
        throw new dates.ConversionError(_t("'%s' has no year of four digits", value));
    }
    return parser(typed.text, {...options, format: typed.format});
}

Object.assign(dates, {
    formatDate(value, options = {}) {
        if (!value || !isBuddhistEra()) {
            return original.formatDate(value, options);
        }
        return formatBuddhist(value, options.format || localization.dateFormat);
    },

    formatDateTime(value, options = {}) {
        if (!value || !isBuddhistEra()) {
            return original.formatDateTime(value, options);
        }
        const local = value.setZone(options.tz || "default");
        return formatBuddhist(local, options.format || localization.dateTimeFormat);
    },

    toLocaleDateString(value) {
        if (!value || !isBuddhistEra()) {
            return original.toLocaleDateString(value);
        }
        return inBuddhistEra(value).toLocaleString(DateTime.DATE_MED);
    },

    toLocaleDateTimeString(value, options = {}) {
        if (!value || !isBuddhistEra()) {
            return original.toLocaleDateTimeString(value, options);
        }
        const parts = {...DateTime.DATETIME_MED_WITH_SECONDS};
        const hidden = [
            ...(options.showSeconds ? [] : ["second"]),
            ...(options.showDate === false ? ["year", "month", "day"] : []),
            ...(options.showTime === false ? ["hour", "minute"] : []),
        ];
        for (const part of hidden) {
            delete parts[part];
        }
        const local = value.setZone(options.tz || "default");
        return inBuddhistEra(local).toLocaleString(parts);
    },

    parseDate(value, options = {}) {
        if (!value || !isBuddhistEra()) {
            return original.parseDate(value, options);
        }
        return parse(original.parseDate, value, options, localization.dateFormat);
    },

    parseDateTime(value, options = {}) {
        if (!value || !isBuddhistEra()) {
            return original.parseDateTime(value, options);
        }
        return parse(
            original.parseDateTime,
            value,
            options,
            localization.dateTimeFormat
        );
    },
});
