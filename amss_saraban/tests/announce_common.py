# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from .common import PDF, SarabanCommon


class AnnounceCommon(SarabanCommon):
    """Letters that the office puts on its public page."""

    @classmethod
    def _letter(cls, *files, user=None, **vals):
        """Issue a letter of the office with files of these names."""
        document = cls._draft(user, **vals)
        for name in files:
            cls._attach(document, name, PDF + name.encode())
        document.action_issue()
        return document

    @classmethod
    def _publish(cls, document, *files, user=None, **vals):
        """Publish a letter through the dialog, with the files of these names."""
        wizard = cls._dialog(document, user)
        chosen = document.attachment_ids.filtered(lambda file: file.name in files)
        wizard.write({"attachment_ids": [(6, 0, chosen.ids)], **vals})
        wizard.action_publish()
        return cls._announcements(document)[:1]

    @classmethod
    def _dialog(cls, document, user=None):
        user = user or cls.central
        action = document.with_user(user).action_open_publish()
        return cls.env[action["res_model"]].with_user(user).browse(action["res_id"])

    @classmethod
    def _announcements(cls, document):
        return cls.env["amss.announcement"].search([("document_id", "=", document.id)])

    @classmethod
    def _accepted_from_school(cls, *files):
        """Send a letter of the first school to the office, which accepts it."""
        document = cls._sent_by_school(*files)
        document.recipient_ids.with_user(cls.central).action_accept()
        return document

    @classmethod
    def _sent_by_school(cls, *files):
        """Send a letter of the first school to the office."""
        document = cls.env["amss.document"].create(
            {
                "agency_id": cls.school.id,
                "company_id": cls.company.id,
                "subject": "รายงานผลของโรงเรียน",
                "addressee_text": cls.office.name,
                "department_id": False,
                "user_id": False,
            }
        )
        for name in files:
            cls._attach(document, name)
        document._issue()
        document._send(cls.office)
        return document
