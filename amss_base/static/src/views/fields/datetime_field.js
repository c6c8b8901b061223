// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import {useEffect} from "@odoo/owl";
import {areDatesEqual} from "@web/core/l10n/dates";
import {patch} from "@web/core/utils/patch";
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
    },
});
