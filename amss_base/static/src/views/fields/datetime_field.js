// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import {useEffect, useRef} from "@odoo/owl";
import {areDatesEqual, parseDate, parseDateTime} from "@web/core/l10n/dates";
import {_t} from "@web/core/l10n/translation";
import {patch} from "@web/core/utils/patch";
import {useService} from "@web/core/utils/hooks";
import {DateTimeField} from "@web/views/fields/datetime/datetime_field";

patch(DateTimeField.prototype, {
    /**
     * Shows the date that the record has. Without this, a date that is typed into a
     * record saved before is stored, but the field goes on showing the old one
     * (odoo/odoo#258111).
     */
    setup() {
        super.setup();
        useEffect(
            () => {
                const value = this.getRecordValue();
                if (
                    !this.picker.activeInput &&
                    !areDatesEqual(this.state.value, value)
                ) {
                    this.state.value = value;
                }
            },
            () => [JSON.stringify(this.getRecordValue()), this.picker.activeInput]
        );
        this.tellWhatIsNoDate();
    },

    /**
     * Says that what was typed is no date, such as 31/02/2567: Odoo puts the date that
     * was there before back without a word, and somebody books the wrong day.
     */
    tellWhatIsNoDate() {
        const root = useRef("root");
        const notification = useService("notification");
        let typed = null;
        const note = ({target}) => {
            typed = {text: target.value, before: JSON.stringify(this.state.value)};
        };
        const tell = () => {
            const {text, before} = typed || {};
            typed = null;
            // Another value: one of the calendar was clicked instead
            const isSame = JSON.stringify(this.state.value) === before;
            if (text?.trim() && isSame && !this.parses(text)) {
                notification.add(
                    _t("“%s” is no date. The date before it is kept.", text),
                    {type: "danger"}
                );
            }
        };
        const tellAtEnter = ({key}) => key === "Enter" && tell();
        useEffect(
            (el) => {
                el?.addEventListener("input", note, {capture: true});
                el?.addEventListener("focusout", tell, {capture: true});
                el?.addEventListener("keydown", tellAtEnter, {capture: true});
                return () => {
                    el?.removeEventListener("input", note, {capture: true});
                    el?.removeEventListener("focusout", tell, {capture: true});
                    el?.removeEventListener("keydown", tellAtEnter, {capture: true});
                };
            },
            () => [root.el]
        );
    },

    /**
     * @param {string} text
     * @returns {boolean} whether the text is a date, or a date and time
     */
    parses(text) {
        try {
            return Boolean(
                (this.field.type === "date" ? parseDate : parseDateTime)(text)
            );
        } catch (error) {
            if (error?.name === "ConversionError") {
                return false;
            }
            throw error;
        }
    },
});
