# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The made-up archive is one that the addon's own steps could have written."""

import archive
import archive_words as words
import databases
import office
import pytest
import screens

LETTERS = 4_000
REGISTRAR = archive.person(0, 0)


@pytest.fixture(scope="module")
def database():
    with archive.letters(LETTERS) as name:
        yield name


def test_numbers_have_no_gap(database):
    books = databases.query(
        database,
        "SELECT count(*), count(DISTINCT number), min(number), max(number)"
        " FROM amss_register_entry GROUP BY register_id, year, series",
    )
    assert len(books) > archive.SCHOOLS
    for count, distinct, low, top in books:
        assert (low, count, count) == (1, distinct, top)


def test_next_number_follows(database):
    with screens.session(database, archive.CENTRAL) as env:
        register = env["amss.register"]._for_agency(env.user.agency_id, "sent")
        last = env["amss.register.entry"].search(
            [("register_id", "=", register.id)], limit=1
        )
        letter = env["amss.document"].create(
            {"subject": "ขอเชิญประชุม", "addressee_text": "ผู้อำนวยการโรงเรียน"}
        )
        letter.action_issue()
        assert last.year == letter.entry_id.year
        assert letter.entry_id.number == last.number + 1


def test_readers_follow_from_facts(database):
    """Made anew, who reads each letter is who reads it already."""
    with office.environment(database) as env:
        readers = env["amss.document.reader"]
        before = {(row.document_id.id, row.key) for row in readers.search([])}
        env["amss.document"].search([])._refresh_readers()
        after = {(row.document_id.id, row.key) for row in readers.search([])}
        assert before == after
        assert len(before) > 2 * LETTERS


def test_answers_follow_from_facts(database):
    with office.environment(database) as env:
        lines = env["amss.register.entry"].search([("answer_id", "!=", False)])
        before = {line.id: line.answer_id.id for line in lines}
        env["amss.document"].search([("reply_to_id", "!=", False)])._refresh_answers()
        lines = env["amss.register.entry"].search([("answer_id", "!=", False)])
        assert before == {line.id: line.answer_id.id for line in lines}
        assert before


@pytest.mark.parametrize("table", archive.TABLES)
def test_stored_values_follow_from_others(database, table):
    """What the models compute and store is what they would compute now."""
    with screens.session(database, archive.ADMIN) as env:
        rows = env[table.replace("_", ".")].sudo().search([])
        fields = [
            field
            for field in rows._fields.values()
            # the others may be written over, as a name on a line
            if field.store and field.compute and field.column_type and field.readonly
        ]
        before = {field.name: [row[field.name] for row in rows] for field in fields}
        for field in fields:
            env.add_to_compute(field, rows)
        for name, values in before.items():
            assert [row[name] for row in rows] == values, name


def test_lists_of_a_group_open(database):
    for action in (
        "amss_assignment_action_group",
        "amss_assignment_action_my_work",
        "amss_assignment_action_back",
        "amss_register_entry_action_received",
        "amss_register_entry_action_sent",
    ):
        page = screens.first_page(database, REGISTRAR, f"amss_saraban.{action}")
        with screens.session(database, REGISTRAR) as env:
            assert page(env)["length"], action


def test_marks_are_found_as_often_as_said(database):
    """The rare word is in letters that the group may read, and in no others."""
    with screens.session(database, REGISTRAR) as env:
        for word in (words.RARE, words.IN_FILE):
            found = env["amss.document"].search([("search_text", "ilike", word)])
            assert len(found) == words.MARKS[word], word


def test_group_works_on(database):
    """A letter of the archive goes on as any other."""
    with screens.session(database, REGISTRAR) as env:
        groups = env.user.department_ids.ids
        waiting = env["amss.assignment"].search(
            [("department_id", "in", groups), ("state", "=", "new")]
        )
        waiting[0].action_accept()
        assert waiting[0].state == "accepted"
