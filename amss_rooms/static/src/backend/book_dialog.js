// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import {_t} from "@web/core/l10n/translation";
import {useService} from "@web/core/utils/hooks";

/**
 * Gives a function that opens the dialog in which rooms are booked.
 *
 * @returns {(wish: object, onClose: Function) => Promise} wish has ``roomIds``,
 *  ``from`` and ``to`` (ISO dates), ``slot`` and, for the slot "times",
 *  ``hourFrom`` and ``hourTo``; all may be left out
 */
export function useBookDialog() {
    const action = useService("action");
    return (wish, onClose) => {
        const context = {
            default_date_from: wish.from,
            default_date_to: wish.to,
            default_slot: wish.slot,
        };
        if (wish.roomIds?.length) {
            context.default_room_ids = [[6, 0, wish.roomIds]];
        }
        if (wish.slot === "times" && wish.hourTo) {
            context.default_hour_from = wish.hourFrom;
            context.default_hour_to = wish.hourTo;
        }
        return action.doAction(
            {
                type: "ir.actions.act_window",
                name: _t("Book a Room"),
                res_model: "amss.room.book",
                views: [[false, "form"]],
                target: "new",
                context,
            },
            {onClose}
        );
    };
}
