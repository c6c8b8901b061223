// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import {_t} from "@web/core/l10n/translation";
import {browser} from "@web/core/browser/browser";
import {debounce} from "@web/core/utils/timing";
import {reactive} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {rpcBus} from "@web/core/network/rpc";

const APP = "amss_saraban.menu_saraban";
/** Boxes in the order in which a clerk works through them, and their menus. */
const BOXES = {
    central: "amss_saraban.menu_inbox_central",
    group: "amss_saraban.menu_group_inbox",
    my_work: "amss_saraban.menu_my_work",
    approval: "amss_saraban.menu_my_approvals",
    to_number: "amss_saraban.menu_to_number",
    sent_back: "amss_saraban.menu_sent_back",
    returned: "amss_saraban.menu_returned",
    mail: "amss_saraban.menu_mail_received",
};
/** The server counts no further. */
const CAP = 100;
/** One's own step is seen at once; those of others come together. */
const OWN_DELAY = 200;
const OTHERS_DELAY = 1500;

/**
 * How many letters are new in each box of the user: asked for at the start, when
 * something changed for the user and after each own step. Who has no box asks nothing.
 */
export class LetterCounts {
    constructor({menu, orm}) {
        this.menu = menu;
        this.orm = orm;
        this.counts = {};
        this.setBoxes();
    }

    /** Find the boxes whose menus the user sees; menus may change while one works. */
    setBoxes() {
        const menus = Object.fromEntries(
            this.menu.getAll().map((menu) => [menu.xmlid, menu])
        );
        this.boxes = Object.entries(BOXES)
            .filter(([, xmlid]) => menus[xmlid])
            .map(([key, xmlid]) => ({key, menu: menus[xmlid]}));
    }

    async load() {
        this.setBoxes();
        if (!this.boxes.length) {
            return;
        }
        try {
            this.counts = await this.orm.silent.call("res.users", "amss_counts", []);
        } catch {
            // no connection or no session: what was counted last stays, and whatever
            // else the user does says what is wrong
        }
    }

    /** The boxes that the server counts for this user, who may keep no group. */
    get shown() {
        return this.boxes.filter(({key}) => key in this.counts);
    }

    get total() {
        return this.boxes.reduce((sum, {key}) => sum + (this.counts[key] || 0), 0);
    }

    /**
     * @param {object} menu with `xmlid` and maybe `childrenTree`
     * @returns {number} what is new in the box of a menu, or in all below it
     */
    ofMenu(menu) {
        if (menu.childrenTree?.length) {
            return menu.childrenTree.reduce(
                (sum, child) => sum + this.ofMenu(child),
                0
            );
        }
        const box = this.boxes.find((one) => one.menu.xmlid === menu.xmlid);
        return (box && this.counts[box.key]) || 0;
    }

    /**
     * @param {number} count
     * @returns {string} as it is shown
     */
    format(count) {
        return count >= CAP ? `${CAP - 1}+` : `${count}`;
    }
}

export const letterCountsService = {
    dependencies: ["action", "bus_service", "menu", "notification", "orm"],
    start(env, {action, bus_service, menu, notification, orm}) {
        const counts = reactive(new LetterCounts({menu, orm}));
        const afterOwnStep = debounce(() => counts.load(), OWN_DELAY);
        const afterOthers = debounce(() => {
            // not all screens of an office at the same moment
            browser.setTimeout(() => counts.load(), Math.random() * OTHERS_DELAY);
        }, OTHERS_DELAY);

        bus_service.subscribe("amss.counts/changed", () => afterOthers());
        bus_service.subscribe("amss.notice", ({message, action: target}) => {
            const close = notification.add(message, {
                type: "info",
                buttons: target
                    ? [
                          {
                              name: _t("Open the list"),
                              primary: true,
                              onClick: () => {
                                  close();
                                  action.doAction(target, {clearBreadcrumbs: true});
                              },
                          },
                      ]
                    : [],
            });
        });
        rpcBus.addEventListener("RPC:RESPONSE", ({detail: {data}}) => {
            // a button of ours, such as “Accept”
            const {method, model} = data.params || {};
            if (model?.startsWith("amss.") && method?.startsWith("action_")) {
                afterOwnStep();
            }
        });
        env.bus.addEventListener("ACTION_MANAGER:UI-UPDATED", () => {
            // one left a box, or the list was loaded anew
            if (counts.boxes.length && menu.getCurrentApp()?.xmlid === APP) {
                afterOwnStep();
            }
        });
        env.bus.addEventListener("MENUS:APP-CHANGED", () => counts.setBoxes());
        counts.load();
        return counts;
    },
};

registry.category("services").add("amss_letter_counts", letterCountsService);
