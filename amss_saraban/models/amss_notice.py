# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""How persons of an office are told that there is something for them.

What is told in one transaction is put together when it is committed: for each person
one message on the screen for each kind and one mail for all, so that twenty letters
assigned at once are one mail. Mails are rows of Odoo's mail queue, written in the same
transaction: a crash loses and doubles none.

A notice says that there is a letter, who did it, and where; never which letter.
"""

from odoo import fields, models
from odoo.tools import email_normalize

#: of what persons are told -> the list that shows it, and whether by mail as well
KINDS = {
    "assigned": ("amss_assignment_action_my_work", True),
    "assigned_group": ("amss_assignment_action_group", True),
    "approval": ("amss_assignment_action_my_approvals", True),
    "approved": ("amss_document_action_drafts", True),
    "refused": ("amss_assignment_action_my_work", True),
    "to_number": ("amss_document_action_to_number", False),
    "sent_back": ("amss_assignment_action_back", True),
    "withdrawn": ("amss_assignment_action_my_work", True),
    "withdrawn_group": ("amss_assignment_action_group", True),
    "reported": (None, False),
    # the office's own mailbox gets the mail
    "inbox": ("amss_recipient_action_inbox", False),
    "returned": ("amss_recipient_action_returned", True),
    "returned_office": ("amss_recipient_action_returned", False),
    "mail": ("amss_recipient_action_mail_received", True),
    "note": (None, True),
    "reminder": ("amss_assignment_action_my_work", True),
    "reminder_group": ("amss_assignment_action_group", True),
}
WAITING = "amss_saraban.notices"


class ResUsers(models.Model):
    _inherit = "res.users"

    amss_notice = fields.Selection(
        [
            ("both", "On the screen and by e-mail"),
            ("bus", "On the screen"),
            ("email", "By e-mail"),
        ],
        string="Notices of letters",
        required=True,
        default="both",
        help="How you are told that there is a letter for you. A mail never says what "
        "the letter says. Without an e-mail address you are told on the screen.",
    )

    @property
    def SELF_READABLE_FIELDS(self):
        return super().SELF_READABLE_FIELDS + ["amss_notice"]

    @property
    def SELF_WRITEABLE_FIELDS(self):
        return super().SELF_WRITEABLE_FIELDS + ["amss_notice"]

    def _amss_tell(self, kind, records):
        """Tell these persons that there is something for them, each as they like.

        They are told at the end of the transaction, once for all that it did; who did
        it is not told. Costs no query here.

        :param str kind: of ``KINDS``
        :param records: the rows they are told of, which are only counted
        """
        data = self.env.cr.precommit.data
        if WAITING not in data:
            data[WAITING] = {}
            self.env.cr.precommit.add(self.env["res.users"]._amss_send_notices)
        for user_id in set(self.ids) - {self.env.uid}:
            of_user = data[WAITING].setdefault(user_id, {})
            of_user.setdefault((kind, self.env.uid), set()).update(records.ids)

    # ------------------------------------------------------------------
    # At the end of the transaction
    # ------------------------------------------------------------------
    def _amss_send_notices(self):
        """Send what was collected: on the screens, and into the mail queue."""
        waiting = self.env.cr.precommit.data.pop(WAITING, {})
        # sudo: how colleagues want to be told, their languages and addresses
        users = self.sudo().browse(waiting).filtered(lambda u: u.active and not u.share)
        mails = []
        for lang, readers in users.grouped("lang").items():
            texts = {}
            for user in readers.with_context(lang=lang):
                lines = user._amss_notice_lines(waiting[user.id], texts)
                by_mail = user._amss_bus(lines)
                if by_mail:
                    mails.append(user._amss_notice_mail(by_mail))
        if mails:
            # sudo: mails to persons concerned, written by the system alone
            self.env["mail.mail"].sudo().create(mails)
            self.env.ref("mail.ir_cron_mail_scheduler_action")._trigger()

    def _amss_notice_lines(self, told, texts):
        """Return the lines of this person's notice.

        :param dict told: by kind and who did it the ids of what it is about
        :param dict texts: lines that others got already, by what they are about
        """
        lines = []
        for (kind, actor_id), ids in told.items():
            key = (kind, actor_id, len(ids))
            if key not in texts:
                texts[key] = {
                    "kind": kind,
                    "text": self._amss_notice_text(kind, actor_id, len(ids)),
                    "action": KINDS[kind][0] and f"amss_saraban.{KINDS[kind][0]}",
                }
            lines.append(texts[key])
        return lines

    def _amss_notice_text(self, kind, actor_id, count):
        """Return that there is something, how much and from whom; nothing of it."""
        returned = self.env._("Letters of yours that were returned: %s", count)
        text = {
            "returned": returned,
            "returned_office": returned,
            "assigned": self.env._("Letters assigned to you: %s", count),
            "assigned_group": self.env._("Letters assigned to your group: %s", count),
            "approval": self.env._("Letters that wait for your approval: %s", count),
            "approved": self.env._("Letters of yours that were approved: %s", count),
            "to_number": self.env._("Signed letters that wait for a number: %s", count),
            "refused": self.env._("Letters that you are to correct: %s", count),
            "sent_back": self.env._("Letters sent back to you: %s", count),
            "withdrawn": self.env._(
                "Assignments of yours that were withdrawn: %s", count
            ),
            "withdrawn_group": self.env._(
                "Assignments of your group, withdrawn: %s", count
            ),
            "reported": self.env._("Letters you assigned that are done: %s", count),
            "inbox": self.env._("New letters in the central inbox: %s", count),
            "mail": self.env._("New letters for you to read: %s", count),
            "note": self.env._("Letters with a note for you: %s", count),
            "reminder": self.env._("Letters that you have not finished: %s", count),
            "reminder_group": self.env._(
                "Letters that your group has not finished: %s", count
            ),
        }[kind]
        if actor_id == self.env.ref("base.user_root").id:
            return text
        return self.env._(
            "%(text)s, by %(name)s", text=text, name=self.browse(actor_id).name
        )

    def _amss_bus(self, lines):
        """Send this person the lines that belong on the screen.

        :return: the lines that belong into a mail
        """
        address = email_normalize(self.email or "")
        way = self.amss_notice if address else "bus"
        mail = (
            [line for line in lines if KINDS[line["kind"]][1]] if way != "bus" else []
        )
        for line in lines:
            if way != "email" or line not in mail:
                payload = {"message": line["text"], "action": line["action"]}
                self._bus_send("amss.notice", payload)
        return mail

    def _amss_notice_mail(self, lines):
        """Return the values of the mail to this person: texts and links to lists."""
        paths = [
            # sudo: the address of a list, which says nothing
            line["action"] and self.env.ref(line["action"]).sudo().path
            for line in lines
        ]
        base = self.get_base_url()
        body = self.env["ir.qweb"]._render(
            "amss_saraban.person_notice_mail",
            {
                "user": self,
                "lines": [
                    (line["text"], f"{base}/odoo/{path or ''}")
                    for line, path in zip(lines, paths, strict=True)
                ],
            },
            raise_if_not_found=True,
        )
        subject = lines[0]["text"]
        if len(lines) > 1:
            subject = self.env._("Letters are waiting for you")
        email_from = self.company_id.email_formatted or self.env.user.email_formatted
        return {
            "subject": subject,
            "body_html": body,
            "email_to": self.email_formatted,
            "email_from": email_from,
            "reply_to": email_from,  # else it would be looked up for each mail
            "auto_delete": True,
        }


class HrDepartment(models.Model):
    _inherit = "hr.department"

    def _amss_above(self):
        """Return these groups with all groups above them, sudo."""
        # sudo: who keeps which group; nothing else is read
        paths = self.sudo().mapped("parent_path")
        ids = {int(part) for path in paths for part in path.split("/") if part}
        return self.sudo().browse(sorted(ids))

    def _amss_keepers(self):
        """Return head and registrars of each of these groups.

        :return: ``res.users`` by id of group, those of the next group above that has
            any where a group has none
        """
        above = self._amss_above()
        own = {
            group.id: (group.registrar_ids | group.manager_id.user_id).filtered(
                "active"
            )
            for group in above
        }
        # sudo: as in _amss_above
        groups = self.sudo()
        none = groups.env["res.users"]
        keepers = {}
        for group in groups:
            line = [int(part) for part in group.parent_path.split("/") if part]
            found = (own[group_id] for group_id in reversed(line) if own[group_id])
            keepers[group.id] = next(found, none)
        return keepers


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _amss_registrars(self):
        """Return the central registrars of these agencies, as far as they are offices
        of this database: one query, by agency."""
        central = self.env.ref("amss_saraban.group_saraban_central")
        # sudo: who keeps the registers of an office
        users = (
            self.env["res.users"]
            .sudo()
            .search_fetch(
                [
                    ("company_id.partner_id", "in", self.ids),
                    ("all_group_ids", "in", central.ids),
                    ("share", "=", False),
                ],
                ["company_id"],
            )
        )
        return users.grouped(lambda user: user.company_id.partner_id.id)
