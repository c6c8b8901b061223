// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import {AttendeeCalendarModel} from "@calendar/views/attendee_calendar/attendee_calendar_model";
import {patch} from "@web/core/utils/patch";

patch(AttendeeCalendarModel.prototype, {
    /**
     * A meeting whose room cannot be had goes back to where it was; the server says why.
     */
    async updateRecord() {
        try {
            return await super.updateRecord(...arguments);
        } catch (error) {
            await this.load();
            throw error;
        }
    },
});
