# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from .common import SarabanCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 04:00:00")
class TestSeal(SarabanCommon):
    """What was written into a history and changed later can be told."""

    def setUp(self):
        super().setUp()
        self.events = self.env["amss.document.event"]
        for _index in range(3):
            self._issued()._send(self.school)
        self._seal()
        self.sealed = self.events.search([("seal_number", "!=", 0)], order="id")

    def _seal(self):
        while self.events._seal_some():
            pass

    def _change(self, event, **values):
        """Change a line in the database, as its owner could."""
        for name, value in values.items():
            self.env.cr.execute(
                f"UPDATE amss_document_event SET {name} = %s WHERE id = %s",
                (value, event.id),
            )
        self.env.invalidate_all()

    def test_whole(self):
        self.assertGreaterEqual(len(self.sealed), 6)
        self.assertFalse(self.events._first_broken())
        self._issued()
        self._seal()
        self.assertFalse(self.events._first_broken())

    def test_a_changed_line_is_told(self):
        for values in ({"text": "x"}, {"user_id": self.staff.id}, {"kind": "void"}):
            line = self.sealed[3]
            before = {name: line[name] for name in values}
            self._change(line, **values)
            self.assertEqual(self.events._first_broken(), line, values)
            self._change(
                line,
                **{name: getattr(v, "id", v) or None for name, v in before.items()},
            )
            self.assertFalse(self.events._first_broken())

    def test_a_missing_line_is_told(self):
        self.env.cr.execute(
            "DELETE FROM amss_document_event WHERE id = %s", (self.sealed[2].id,)
        )
        self.assertEqual(self.events._first_broken(), self.sealed[3])

    def test_nobody_changes_a_line_in_odoo(self):
        line = self.sealed[0]
        for step in (lambda: line.write({"text": "x"}), line.unlink):
            with self.assertRaises(UserError), self.cr.savepoint():
                step()

    def test_the_administrator_is_told_without_reading_letters(self):
        settings = self.env["amss.saraban.settings"].with_user(self.admin_user)
        action = settings.create({"amss_file_types": "pdf"}).action_check_history()
        self.assertEqual(action["params"]["type"], "success")
        self._change(self.sealed[1], text="x")
        action = settings.create({"amss_file_types": "pdf"}).action_check_history()
        self.assertEqual(action["params"]["type"], "danger")
        self.assertNotIn("ขอเชิญประชุม", action["params"]["message"])
