# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import freeze_time, tagged

from .common import SarabanCommon


class QueriesCommon(SarabanCommon):
    """Counts the statements of a step."""

    FEW, MANY = 2, 20

    def _cost(self, records, step):
        """Return how many statements ``step(records)`` costs on its own."""
        self.env.flush_all()
        self.env.invalidate_all()
        if not isinstance(records, int):
            # as the server gets them: by their ids, with nothing known of them
            records = records.browse(records.ids)
        start = self.env.cr.sql_log_count
        step(records)
        self.env.flush_all()
        return self.env.cr.sql_log_count - start

    def _assert_same_cost(self, make, step):
        """Check that ``step`` costs the same for few records as for many.

        The registry's caches are empty both times: what tests before have put into
        them, or pushed out, would be a statement more or less.
        """
        step(make(1))  # templates are compiled from then on

        def cost(count):
            records = make(count)
            self.env.registry.clear_all_caches()
            return self._cost(records, step)

        few, many = cost(self.FEW), cost(self.MANY)
        self.assertLessEqual(many, few)


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 04:00:00")
class TestQueries(QueriesCommon):
    """Steps on many letters cost as many statements as on one."""

    def _drafts(self, count):
        return (
            self.env["amss.document"]
            .with_user(self.central)
            .create(
                [
                    {"subject": f"เรื่องที่ {index}", "addressee_text": "โรงเรียน"}
                    for index in range(count)
                ]
            )
        )

    def _rows(self, count):
        """Send letters to the first school and return its inbox rows."""
        documents = self._drafts(count)
        documents.action_issue()
        for document in documents:
            document._send(self.school)
        return documents.recipient_ids

    def test_write_drafts(self):
        self._assert_same_cost(lambda count: count, self._drafts)

    def test_issue(self):
        self._assert_same_cost(self._drafts, lambda docs: docs.action_issue())

    def test_issue_one_letter(self):
        """What registering a letter costs, on which the speed of all rests."""
        self._drafts(1).action_issue()
        cost = self._cost(self._drafts(1), lambda docs: docs.action_issue())
        self.assertLessEqual(cost, 25)

    def test_accept(self):
        self._assert_same_cost(self._rows, lambda rows: rows._accept())

    def test_return(self):
        self._assert_same_cost(
            self._rows, lambda rows: rows._return("other", "ผิดโรงเรียน")
        )

    def test_return_accepted(self):
        def make(count):
            rows = self._rows(count)
            rows._accept()
            return rows

        self._assert_same_cost(
            make, lambda rows: rows._return_accepted("other", "ผิดโรงเรียน")
        )

    def _returned(self, count):
        rows = self._rows(count)
        rows._return("other", "ผิดโรงเรียน")
        return rows

    def test_accept_return(self):
        self._assert_same_cost(self._returned, lambda rows: rows._accept_return())

    def test_return_notices(self):
        self.office.saraban_email = "office@example.com"
        self._assert_same_cost(
            lambda count: self._returned(count).sudo(),
            lambda rows: rows._queue_return_notices(),
        )

    def test_what_letters_say_of_their_returns(self):
        self._assert_same_cost(
            lambda count: self._returned(count).document_id,
            lambda letters: letters.mapped("return_text"),
        )

    def test_recall(self):
        self._assert_same_cost(self._rows, lambda rows: rows._recall("ส่งผิด"))

    def test_send_again(self):
        def make(count):
            rows = self._rows(count)
            rows._recall("ส่งผิด")
            return rows

        self._assert_same_cost(make, lambda rows: rows._send_again())
        self._assert_same_cost(self._returned, lambda rows: rows._send_again())

    def test_remind(self):
        self._assert_same_cost(self._rows, lambda rows: rows._remind())

    def test_open(self):
        self._assert_same_cost(self._rows, lambda rows: rows._mark_opened())

    def test_void(self):
        self._assert_same_cost(
            lambda count: self._rows(count).document_id.entry_id,
            lambda entries: entries._void("พิมพ์ผิด"),
        )

    def test_notices(self):
        def make(count):
            schools = self.env["res.partner"].create(
                [
                    {
                        "name": f"โรงเรียน {index}",
                        "agency_type": "school",
                        "saraban_email": f"notice{index}@example.com",
                    }
                    for index in range(count)
                ]
            )
            document = self._issued()
            document._send(schools)
            return document.recipient_ids.sudo()

        self._assert_same_cost(make, lambda rows: rows._queue_notices())

    def test_reserve(self):
        entries = self.env["amss.register.entry"]
        self._assert_same_cost(
            lambda count: count,
            lambda count: entries._reserve(self.register, count, "จองทางโทรศัพท์"),
        )
