# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from .common import SarabanCommon


class MailCommon(SarabanCommon):
    """An office in which two groups and a section write to each other.

    Group 0 employs ``staff`` and ``unit``; group 1 ``writer`` and, in its section,
    ``reader``; ``central`` and ``director`` are in no group.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.writer = cls._user("mail_writer", "amss_saraban.group_saraban_staff", 1)
        cls.departments |= cls.env["hr.department"].create(
            {
                "name": "งานแผน",
                "company_id": cls.company.id,
                "parent_id": cls.departments[1].id,
            }
        )
        cls.reader = cls._user("mail_reader", "amss_saraban.group_saraban_staff", 2)

    @classmethod
    def _mail(cls, *users, groups=None, by=None, **vals):
        """Write a mail to users and groups as ``writer``, or as ``by``."""
        return (
            cls.env["amss.document"]
            .with_user(by or cls.writer)
            .create(
                {
                    "doc_type": "mail",
                    "subject": "นัดประชุมกลุ่ม",
                    "summary": "พรุ่งนี้ 9.00 น.",
                    "mail_user_ids": [(6, 0, [user.id for user in users])],
                    "mail_department_ids": [(6, 0, groups.ids if groups else [])],
                    **vals,
                }
            )
        )

    @classmethod
    def _sent_mail(cls, *users, **vals):
        mail = cls._mail(*users, **vals)
        mail.action_send_mail()
        return mail

    def _rows(self, document):
        """Return the persons to whom a letter came, as the system sees them."""
        return document.sudo().person_ids

    def _row(self, document, user):
        """Return the row of one person, as that person sees it."""
        rows = self.env["amss.recipient"].with_user(user)
        return rows.search(
            [("document_id", "=", document.id), ("user_id", "=", user.id)]
        )
