# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The history of a letter: who did what and when, never changed."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.amss_base.tools import guard

DECISIONS = [
    ("noted", "Noted"),
    ("proceed", "To be done"),
    ("approved", "Approved"),
    ("refused", "Not approved"),
]


class AmssDocumentEvent(models.Model):
    """One step in the life of a letter; each agency has its own history of it."""

    _name = "amss.document.event"
    _description = "History of a Letter"
    _order = "id desc"
    _rec_name = "kind"
    _log_access = False

    document_id = fields.Many2one(
        "amss.document", required=True, readonly=True, index=True, ondelete="cascade"
    )
    agency_id = fields.Many2one(
        "res.partner", required=True, readonly=True, ondelete="restrict"
    )
    shared = fields.Boolean(
        readonly=True, help="Sender and the addressee concerned see it, both of them."
    )
    counterpart_id = fields.Many2one(
        "res.partner",
        string="Addressee",
        readonly=True,
        ondelete="restrict",
        help="The addressee whom a shared step concerns.",
    )
    kind = fields.Selection(
        [
            ("registered", "Registered"),
            ("void", "Made void"),
            ("corrected", "File corrected"),
            ("sent", "Sent"),
            ("opened", "Opened"),
            ("accepted", "Accepted"),
            ("returned", "Returned to the sender"),
            ("return_accepted", "Return accepted"),
            ("recalled", "Recalled"),
            ("sent_again", "Sent again"),
            ("assigned", "Assigned"),
            ("taken", "Taken on"),
            ("done", "Done"),
            ("sent_back", "Sent back inside the office"),
            ("withdrawn", "Assignment withdrawn"),
            ("endorsed", "Endorsed"),
            ("proposed", "Proposed"),
            ("approved", "Approved"),
            ("refused", "Sent back for correction"),
            ("signed", "Signed"),
            ("unproposed", "Proposal withdrawn"),
            ("answered", "Answered"),
            ("circulated", "Circulated"),
            ("published", "Published"),
            ("unpublished", "Publication withdrawn"),
        ],
        required=True,
        readonly=True,
    )
    at = fields.Datetime(string="When", required=True, readonly=True)
    user_id = fields.Many2one("res.users", string="Who", required=True, readonly=True)
    text = fields.Text(readonly=True)
    decision = fields.Selection(DECISIONS, readonly=True)
    to_text = fields.Char(string="To whom", readonly=True)

    @api.model_create_multi
    def create(self, vals_list):
        self._check_step()
        return super().create(vals_list)

    def write(self, vals):  # pylint: disable=method-required-super
        raise UserError(self.env._("The history of a letter is never changed."))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_never(self):
        raise UserError(self.env._("The history of a letter is never deleted."))

    @api.model
    def _log(self, kind, vals_list):
        """Write lines into histories, of a step taken now by the user.

        :param str kind: what was done
        :param list vals_list: of each line the letter, the agency, and more
        """
        step = {"kind": kind, "at": fields.Datetime.now(), "user_id": self.env.uid}
        # sudo: a step is recorded by the system, whoever took it
        events = guard.stepping(self.sudo()).create(
            [{**vals, **step} for vals in vals_list]
        )
        events.document_id.invalidate_recordset(["event_ids"])

    def _check_step(self):
        if not guard.is_step(self.env):
            raise UserError(
                self.env._("The history of a letter is written by the system alone.")
            )


class AmssDocument(models.Model):
    _inherit = "amss.document"

    event_ids = fields.One2many(
        "amss.document.event", "document_id", string="History", copy=False
    )

    def _record_event(self, kind, text=None, *, agency=None, **vals):
        """Write one line into the history of each of these letters.

        :param str kind: what was done, of ``amss.document.event``
        :param text: what was written, or a function that gives it for a letter
        :param agency: whose history; that of the keeper of each letter if left out
        :param vals: more fields of the lines: ``shared``, ``counterpart_id`` …, each
            a value or a function that gives it for a letter
        """
        self.env["amss.document.event"]._log(
            kind,
            [
                {
                    "document_id": document.id,
                    "agency_id": (agency or document.agency_id).id,
                    **{
                        name: value(document) if callable(value) else value
                        for name, value in {"text": text, **vals}.items()
                    },
                }
                for document in self
            ],
        )
