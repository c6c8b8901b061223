"""Many people at once, over HTTP, at a server of four worker processes."""

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import re
from datetime import datetime, timedelta, timezone

import databases
import pytest
from races import assert_no_gap, at_once, numbers, race, register_of

EACH = 25


def sent_book(district):
    return register_of(district["database"], district["office"], "sent")


def letter(district, document):
    """Return state, letter number and number in the book of a letter."""
    [row] = databases.query(
        district["database"],
        "SELECT doc.state, doc.letter_number, entry.number FROM amss_document doc "
        "LEFT JOIN amss_register_entry entry ON entry.id = doc.entry_id "
        "WHERE doc.id = %s",
        document,
    )
    return row


def sent_letter(clerk, agencies):
    """Issue a letter, send it and return its id and that of its first addressee."""
    document = clerk.draft()
    clerk.issue(document)
    clerk.send(document, agencies)
    rows = clerk.call("amss.recipient", "search", [["document_id", "=", document]])
    return document, rows[0]


def states(people, row):
    """Return the state of an addressee as these people see it, who may see it."""
    found = [
        person.call("amss.recipient", "search_read", [["id", "=", row]], ["state"])
        for person in people
    ]
    return {values["state"] for rows in found for values in rows}


def cron_of(district, name):
    """Return the id of a scheduled action."""
    [[cron]] = databases.query(
        district["database"],
        "SELECT res_id FROM ir_model_data WHERE model = 'ir.cron' AND name = %s",
        name,
    )
    return cron


def accept(person, row):
    return person.call("amss.recipient", "action_accept", [row])


def give_back(person, row):
    action = ("amss.recipient", "action_ask_return")
    return person.ask(action, [row], return_kind="wrong_addressee", reason="ผิดโรงเรียน")


def recall(person, row):
    action = ("amss.recipient", "action_ask_recall")
    return person.ask(action, [row], reason="ส่งผิด")


@pytest.fixture(scope="module")
def staff(server):
    """Give two people of the first hosted school."""
    return [server.client("school0a"), server.client("school0b")]


def test_400_numbers_by_16_clerks(district, server, clerks):
    before = len(numbers(district["database"], sent_book(district)))

    def work(clerk):
        for index in range(EACH):
            clerk.issue(clerk.draft(f"เรื่องที่ {index} ของ {clerk.login}"))

    refusals = at_once([lambda clerk=clerk: work(clerk) for clerk in clerks])

    assert refusals == [None] * 16
    count = assert_no_gap(district["database"], sent_book(district))
    assert count == before + 16 * EACH
    wrong = databases.query(
        district["database"],
        "SELECT doc.id FROM amss_document doc "
        "LEFT JOIN amss_register_entry entry ON entry.document_id = doc.id "
        "WHERE doc.state = 'registered' AND ("
        " entry.id IS DISTINCT FROM doc.entry_id OR"
        " doc.letter_number <> 'ศธ 04999/' || entry.number OR"
        " entry.letter_number IS DISTINCT FROM doc.letter_number)",
    )
    assert not wrong
    processes = set(re.findall(r" (\d+) INFO .*action_issue", server.log.read_text()))
    assert len(processes) >= 4


def test_two_clerks_issue_the_same_draft(district, clerks):
    document = clerks[0].draft()
    first, second = race(
        district["database"],
        ("amss_document", document),
        [lambda clerk=clerk: clerk.issue(document) for clerk in clerks[:2]],
    )
    state, text, number = letter(district, document)
    assert sorted([first is None, second is None]) == [False, True]
    refusal = first or second
    assert refusal.kind == "UserError"
    assert text in str(refusal)
    assert (state, text) == ("registered", f"ศธ 04999/{number}")
    assert_no_gap(district["database"], sent_book(district))


def test_two_people_accept_the_same_letter(district, clerks, staff):
    _document, row = sent_letter(clerks[0], district["schools"][:1])
    first, second = race(
        district["database"],
        ("amss_recipient", row),
        [lambda person=person: accept(person, row) for person in staff],
    )
    book = register_of(district["database"], district["schools"][0], "received")
    count = assert_no_gap(district["database"], book)
    assert first is None
    assert second.kind == "UserError"
    assert "school0a" in str(second) and f"{count}/25" in str(second)
    assert states([clerks[0], *staff], row) == {"accepted"}


def void(person, row):
    return person.ask(
        ("amss.register.entry", "action_ask_void"),
        [entry_of_letter(person, row)],
        reason="พิมพ์ผิด",
    )


def entry_of_letter(person, row):
    """Return the line of an addressee's letter in the book of its sender."""
    document = person.call("amss.recipient", "read", [row], ["document_id"])
    document = document[0]["document_id"][0]
    [letter] = person.call("amss.document", "read", [document], ["entry_id"])
    return letter["entry_id"][0]


@pytest.mark.parametrize("rival", [give_back, recall, void])
@pytest.mark.parametrize("accept_first", [True, False])
def test_accept_against(district, clerks, staff, rival, accept_first):
    _document, row = sent_letter(clerks[0], district["schools"][:1])
    book = register_of(district["database"], district["schools"][0], "received")
    before = len(numbers(district["database"], book))
    calls = [
        lambda: accept(staff[0], row),
        lambda: rival(staff[1] if rival is give_back else clerks[0], row),
    ]
    ahead, behind = race(
        district["database"],
        ("amss_recipient", row),
        calls if accept_first else calls[::-1],
    )
    lost = "returned" if rival is give_back else "recalled"
    assert ahead is None
    assert behind.kind == "UserError"
    assert states([clerks[0], staff[0]], row) == {"accepted" if accept_first else lost}
    assert assert_no_gap(district["database"], book) == before + accept_first


def send_on(person, document, _row, schools):
    return person.send(document, schools)


def send_again(person, _document, row, _schools):
    return person.call("amss.recipient", "action_send_again", [row])


@pytest.mark.parametrize("rival", [send_on, send_again])
@pytest.mark.parametrize("void_first", [True, False])
def test_void_against(district, clerks, rival, void_first):
    """No addressee is left with a letter that its sender has made void."""
    document, row = sent_letter(clerks[0], district["schools"][:2])
    other = clerks[0].call(
        "amss.recipient", "search", [["document_id", "=", document], ["id", "!=", row]]
    )
    recall(clerks[0], row)
    entry = entry_of_letter(clerks[0], row)
    action = ("amss.register.entry", "action_ask_void")
    calls = [
        lambda: clerks[0].ask(action, [entry], reason="พิมพ์ผิด"),
        lambda: rival(clerks[1], document, row, district["schools"][:3]),
    ]
    if void_first:
        where = ("amss_recipient", other[0])
    else:
        where = ("LOCK TABLE ir_cron_trigger IN SHARE MODE",)
    race(district["database"], where, calls if void_first else calls[::-1])
    rows = clerks[0].call(
        "amss.recipient", "search_read", [["document_id", "=", document]], ["state"]
    )
    assert letter(district, document)[0] == "void"
    assert {row["state"] for row in rows} == {"recalled"}


def test_sending_again_in_the_same_moment_sends_once(district, clerks):
    document = clerks[0].draft()
    clerks[0].issue(document)
    schools = district["schools"][:20]
    refusals = at_once(
        [lambda clerk=clerk: clerk.send(document, schools) for clerk in clerks[:8]]
    )
    assert refusals == [None] * 8
    [[count]] = databases.query(
        district["database"],
        "SELECT count(*) FROM amss_recipient WHERE document_id = %s",
        document,
    )
    assert count == 20


def test_letters_are_accepted_while_notices_go_out(district, server, clerks, staff):
    """Who accepts a letter does not fail, nor does the scheduled action."""
    admin = server.client("admin")
    _document, row = sent_letter(clerks[0], district["schools"][:1])
    _document, other = sent_letter(clerks[0], district["schools"][:1])
    cron = cron_of(district, "ir_cron_notices")
    outcomes = race(
        district["database"],
        ("LOCK TABLE mail_mail IN SHARE MODE",),
        [
            lambda: admin.call("ir.cron", "method_direct_trigger", [cron]),
            lambda: accept(staff[0], row),
        ],
    ) + race(
        district["database"],
        ("LOCK TABLE amss_register_entry IN SHARE MODE",),
        [
            lambda: accept(staff[0], other),
            lambda: admin.call("ir.cron", "method_direct_trigger", [cron]),
        ],
    )
    assert outcomes == [None] * 4
    assert states([clerks[0], *staff], row) == {"accepted"}
    assert states([clerks[0], *staff], other) == {"accepted"}
    mails = databases.query(
        district["database"],
        "SELECT count(*) FROM mail_mail mail"
        " JOIN mail_message message ON message.id = mail.mail_message_id"
        " WHERE message.model = 'amss.recipient' AND message.res_id = %s",
        row,
    )
    assert mails == [(1,)]


def test_first_letters_of_the_year(district, server, clerks):
    """As in the first second of January when no row of the year is there yet."""
    agency = district["schools"][0]
    book = register_of(district["database"], agency, "sent")
    databases.query(
        district["database"],
        "DELETE FROM amss_register_year WHERE register_id = %s",
        book,
    )
    people = [server.client(f"school0{'ab'[index % 2]}") for index in range(8)]
    drafts = [person.draft() for person in people]
    refusals = at_once(
        [
            lambda person=person, draft=draft: person.issue(draft)
            for person, draft in zip(people, drafts, strict=True)
        ]
    )
    assert refusals == [None] * 8
    assert assert_no_gap(district["database"], book) == 8
    years = databases.query(
        district["database"],
        "SELECT DISTINCT year FROM amss_register_entry WHERE register_id = %s",
        book,
    )
    thai = datetime.now(timezone(timedelta(hours=7)))
    assert years == [(thai.year + 543,)]


def test_the_year_is_opened_while_a_letter_is_issued(district, server):
    """The scheduled action that opens years meets the first letter of the year."""
    person, admin = server.client("school1a"), server.client("admin")
    agency = district["schools"][1]
    book = register_of(district["database"], agency, "sent")
    last = register_of(district["database"], district["schools"][-1], "sent")
    databases.query(
        district["database"],
        "DELETE FROM amss_register_year WHERE register_id IN (%s, %s)",
        book,
        last,
    )
    draft = person.draft()
    cron = cron_of(district, "ir_cron_years")
    [year] = databases.query(
        district["database"],
        "SELECT max(year) FROM amss_register_year",
    )
    insert = (
        "INSERT INTO amss_register_year"
        " (register_id, year, first_number, first_circular_number)"
        f" VALUES ({last}, {year[0]}, 1, 1)"
    )
    outcomes = race(
        district["database"],
        (insert,),
        [
            lambda: admin.call("ir.cron", "method_direct_trigger", [cron]),
            lambda: person.issue(draft),
        ],
    )
    assert outcomes == [None, None]
    assert assert_no_gap(district["database"], book) == 1


def test_first_letters_of_an_agency_without_books(district, server):
    """Its book is opened with its first letter, by whoever is first to need it."""
    agency = district["schools"][1]
    databases.query(
        district["database"],
        "UPDATE amss_register SET active = false WHERE agency_id = %s",
        agency,
    )
    people = [server.client("school1a"), server.client("school1b")]
    drafts = [person.draft() for person in people]
    outcomes = race(
        district["database"],
        ("LOCK TABLE amss_register IN SHARE MODE",),
        [
            lambda person=person, draft=draft: person.issue(draft)
            for person, draft in zip(people, drafts, strict=True)
        ],
    )
    assert outcomes == [None, None]
    book = register_of(district["database"], agency, "sent")
    assert assert_no_gap(district["database"], book) == 2
