// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import {isHit, markPieces, timeText} from "./month_cells";
import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";

/**
 * The table itself: what was computed is drawn. It is a component of its own, so that
 * nothing of it is drawn anew while a month is being read or a filter opened.
 */
export class MonthGrid extends Component {
    static template = "amss_rooms.MonthGrid";
    static props = {
        table: Object,
        data: Object,
        title: String,
        words: String,
        fresh: Array,
        onPointerDown: Function,
        onKeydown: Function,
        onCellClick: Function,
    };

    pieces(text) {
        return markPieces(text, this.props.words);
    }

    bookingClass(booking) {
        const {fresh, words} = this.props;
        return {
            [`o_amss_${booking.state}`]: true,
            o_amss_own: booking.own,
            o_amss_fresh: fresh.includes(booking.id),
            o_amss_miss: words && !isHit(booking, words),
        };
    }

    /** What a booking says below its purpose: "Morning", "20 people". */
    bookingMeta(booking) {
        return [
            timeText(booking, this.props.data.slots),
            booking.people ? _t("%s people", booking.people) : "",
        ].filter(Boolean);
    }

    bookingTitle(booking) {
        return [
            booking.name,
            booking.group,
            booking.who,
            ...this.bookingMeta(booking),
            this.props.data.states[booking.state],
        ]
            .filter(Boolean)
            .join("\n");
    }

    roomTitle(room) {
        const names = this.props.data.equipment
            .filter((thing) => room.equipment.includes(thing.id))
            .map((thing) => thing.name);
        return [
            room.name,
            room.location,
            room.seats ? _t("%s seats", room.seats) : "",
            names.join(", "),
            room.needs_approval ? _t("Its keeper approves bookings") : "",
        ]
            .filter(Boolean)
            .join("\n");
    }
}
