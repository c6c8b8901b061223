// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import {FormController} from "@web/views/form/form_controller";
import {formView} from "@web/views/form/form_view";
import {registry} from "@web/core/registry";

/**
 * What came to a person: shown once, it is read, from the list or by paging.
 */
export class MailFormController extends FormController {
    get modelParams() {
        const params = super.modelParams;
        return {
            ...params,
            hooks: {...params.hooks, onRootLoaded: this.onRootLoaded.bind(this)},
        };
    }

    async onRootLoaded(root) {
        if (root.resId && root.data.state === "sent") {
            this.marking = this.orm.call("amss.recipient", "action_mark_read", [
                [root.resId],
            ]);
            await this.marking;
        }
    }

    /** Who goes back at once finds it read in the list. */
    async beforeLeave() {
        await this.marking;
        return super.beforeLeave(...arguments);
    }
}

registry.category("views").add("amss_mail_form", {
    ...formView,
    Controller: MailFormController,
});
