"""Servers that die in the middle: nothing is lost, doubled or skipped."""

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import random
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import databases
import pytest
import requests
from odoo_server import Refused, Server, wait_until
from post_office import PostOffice
from races import assert_no_gap, numbers, obstacle, outcome, register_of, waiting

EACH = 12
#: where a server is stopped while it issues a letter -> what stops it there
MOMENTS = {
    "before the number is taken": (
        "SELECT 1 FROM amss_register_year WHERE register_id = {book} FOR UPDATE"
    ),
    "before the line is written": "LOCK TABLE amss_register_entry IN SHARE MODE",
    "before the letter is written": (
        "SELECT 1 FROM amss_document WHERE id = ANY({letters}) FOR UPDATE"
    ),
}


@pytest.fixture
def mortal(district):
    """Give a server that may be killed."""
    with Server(district["database"]) as running:
        yield running


def rows(district, statement, *values):
    return databases.query(district["database"], statement, *values)


def sent_book(district):
    return register_of(district["database"], district["office"], "sent")


def drafts(client, count):
    """Write drafts and return their ids."""
    values = {"subject": "ขอเชิญประชุม", "addressee_text": "ผู้อำนวยการโรงเรียน"}
    return client.call("amss.document", "create", [values] * count)


def broken(call):
    """Tell whether the server died during the call."""
    try:
        call()
    except requests.ConnectionError:
        return True
    return False


def quiet(district):
    """Wait until PostgreSQL has seen that the dead are dead."""
    statement = (
        "SELECT count(*) FROM pg_stat_activity WHERE datname = %s"
        " AND state <> 'idle' AND pid <> pg_backend_pid()"
    )
    wait_until(
        lambda: databases.query("postgres", statement, district["database"]) == [(0,)],
        "transactions of the dead server to end",
    )


def assert_each_has_one_line(district, letters):
    """Check that all these letters are registered, with one line and its number."""
    wrong = rows(
        district,
        "SELECT doc.id, doc.state, count(entry.id) FROM amss_document doc"
        " LEFT JOIN amss_register_entry entry ON entry.document_id = doc.id"
        "  AND entry.id = doc.entry_id"
        "  AND doc.letter_number = 'ศธ 04999/' || entry.number"
        " WHERE doc.id = ANY(%s) GROUP BY doc.id"
        " HAVING count(entry.id) <> 1 OR doc.state <> 'registered'"
        "  OR 1 <> (SELECT count(*) FROM amss_register_entry"
        "            WHERE document_id = doc.id)",
        letters,
    )
    assert not wrong


class Clerk:
    """One who issues letters and, when the line breaks, looks and tries again."""

    def __init__(self, client, letters):
        self.client = client
        self.letters = letters
        self.broken = 0

    def work(self):
        for letter in self.letters:
            while not self.is_issued(letter):
                self.broken += broken(lambda letter=letter: self.client.issue(letter))

    def is_issued(self, letter):
        while True:
            try:
                [values] = self.client.call(
                    "amss.document", "read", [letter], ["state"]
                )
                return values["state"] == "registered"
            except requests.ConnectionError:
                time.sleep(0.1)


def test_processes_die_while_16_clerks_issue(district, mortal):
    """Workers are killed at random moments, and once the whole server."""
    book = sent_book(district)
    before = len(numbers(district["database"], book))
    clients = [mortal.client(f"clerk{index}") for index in range(16)]
    people = [Clerk(client, drafts(client, EACH)) for client in clients]
    goal = before + 16 * EACH
    chance = random.Random(2569)

    with ThreadPoolExecutor(16) as pool:
        work = [pool.submit(person.work) for person in people]
        for kill in range(1, 7):
            reached = before + kill * (goal - before) // 8
            wait_until(
                lambda reached=reached: len(numbers(district["database"], book))
                >= reached,
                f"{reached} numbers",
            )
            if kill == 4:
                mortal.kill()
                mortal.start()
            else:
                mortal.kill_worker(chance.choice(mortal.worker_pids()))
        for future in work:
            future.result(timeout=120)

    assert sum(person.broken for person in people), "nobody was in the middle"
    assert assert_no_gap(district["database"], book) == goal
    assert_each_has_one_line(district, [x for p in people for x in p.letters])


@pytest.mark.parametrize("moment", MOMENTS)
def test_server_dies(district, mortal, moment):
    """The whole server is killed at one certain moment of issuing."""
    book = sent_book(district)
    before = numbers(district["database"], book)
    clients = [mortal.client(f"clerk{index}") for index in range(4)]
    letters = drafts(clients[0], 4)
    statement = MOMENTS[moment].format(book=book, letters=f"ARRAY{letters}")

    with ThreadPoolExecutor(4) as pool:
        with obstacle(district["database"], statement):
            calls = [
                pool.submit(broken, lambda c=client, x=letter: c.issue(x))
                for client, letter in zip(clients, letters, strict=True)
            ]
            wait_until(lambda: waiting(district["database"]) >= 4, "all in the middle")
            mortal.kill()
        assert all(call.result() for call in calls)
    quiet(district)

    assert numbers(district["database"], book) == before
    states = rows(
        district, "SELECT DISTINCT state FROM amss_document WHERE id = ANY(%s)", letters
    )
    assert states == [("draft",)]
    mortal.start()
    for client, letter in zip(clients, letters, strict=True):
        client.issue(letter)
    assert assert_no_gap(district["database"], book) == len(before) + 4
    assert_each_has_one_line(district, letters)


def test_database_connection_dies_while_issuing(district, server, clerks):
    book = sent_book(district)
    before = len(numbers(district["database"], book))
    letters = drafts(clerks[0], 4)
    lock = MOMENTS["before the line is written"]

    with ThreadPoolExecutor(4) as pool:
        with obstacle(district["database"], lock):
            calls = [
                pool.submit(outcome, lambda c=clerk, x=letter: c.issue(x))
                for clerk, letter in zip(clerks, letters, strict=False)
            ]
            wait_until(lambda: waiting(district["database"]) >= 4, "all in the middle")
            ended = databases.query(
                "postgres",
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = %s AND wait_event_type = 'Lock'",
                district["database"],
            )
            assert len(ended) >= 4
        refusals = [call.result() for call in calls]

    assert all(isinstance(refusal, Refused) for refusal in refusals)
    for clerk, letter in zip(clerks, letters, strict=False):
        clerk.issue(letter)
    assert assert_no_gap(district["database"], book) == before + 4
    assert_each_has_one_line(district, letters)


def test_server_dies_while_sending_to_1000(district, mortal):
    """It dies when it has reached half of the schools."""
    client = mortal.client("clerk0")
    [letter] = drafts(client, 1)
    client.issue(letter)
    middle = sorted(district["schools"])[500]
    row = (
        "INSERT INTO amss_recipient (document_id, agency_id, sender_agency_id, state,"
        " sent_at, notice_state) SELECT %s, id, id, 'sent', now(), 'waiting'"
        " FROM res_partner WHERE id = %s"
    )
    with ThreadPoolExecutor(1) as pool:
        with obstacle(district["database"], row, letter, middle):
            call = pool.submit(broken, lambda: client.send(letter))
            wait_until(lambda: waiting(district["database"]), "half to be sent")
            mortal.kill()
        assert call.result()
    quiet(district)

    count = "SELECT count(*), count(DISTINCT agency_id) FROM amss_recipient"
    assert rows(district, f"{count} WHERE document_id = %s", letter) == [(0, 0)]
    sent_at = "SELECT sent_at FROM amss_document WHERE id = %s"
    assert rows(district, sent_at, letter) == [(None,)]
    mortal.start()
    for _click in range(2):
        client.send(letter)
    assert rows(district, f"{count} WHERE document_id = %s", letter) == [(1000, 1000)]
    assert rows(district, sent_at, letter) != [(None,)]


@pytest.fixture
def post_office():
    with PostOffice() as office:
        yield office


def only_cron(district, name):
    """Let this scheduled action run alone, from now on."""
    rows(
        district,
        "UPDATE ir_cron SET active = (id = (SELECT res_id FROM ir_model_data"
        " WHERE model = 'ir.cron' AND name = %s)), nextcall = now()",
        name,
    )


def wake(district):
    """Tell the servers that a scheduled action is due."""
    databases.query(
        "postgres", "SELECT pg_notify('cron_trigger', %s)", district["database"]
    )


def test_server_dies_while_notices_go_out(district, mortal, post_office):
    """It dies while it writes the mails, and again while it delivers them."""
    client = mortal.client("clerk0")
    [letter] = drafts(client, 1)
    client.issue(letter)
    rows(district, "UPDATE amss_recipient SET notice_state = 'none'")
    rows(district, "DELETE FROM mail_mail")
    client.send(letter)
    mortal.kill()
    options = ["--smtp=127.0.0.1", f"--smtp-port={post_office.port}"]
    with Server(district["database"], workers=1, crons=1, options=options) as carrier:
        write_notices(district, carrier, letter)
        deliver(district, carrier, post_office)
    sent_to = Counter(address for to, _id in post_office.letters for address in to)
    assert sent_to == Counter(
        {f"school{index}@example.com": 1 for index in range(1000)}
    )
    assert len({number for _to, number in post_office.letters}) == 1000


def write_notices(district, carrier, letter):
    """Let the mails be written, with a death after some hundred of them."""
    database = district["database"]
    mails = "SELECT count(*), count(DISTINCT message.res_id) FROM mail_mail mail"
    mails += " JOIN mail_message message ON message.id = mail.mail_message_id"
    done = "SELECT count(*) FROM amss_recipient WHERE document_id = %s"
    done += " AND notice_state = 'done'"
    only_cron(district, "ir_cron_notices")
    wake(district)
    wait_until(lambda: rows(district, done, letter) >= [(100,)], "some notices")
    with obstacle(database, "LOCK TABLE mail_mail IN SHARE MODE"):
        wait_until(lambda: waiting(database), "the next notices")
        carrier.kill()
    quiet(district)
    [(written,)] = rows(district, done, letter)
    assert 0 < written < 1000
    assert rows(district, mails) == [(written, written)]
    carrier.start()
    wait_until(
        lambda: wake(district) or rows(district, done, letter) == [(1000,)],
        "all notices",
    )
    assert rows(district, mails) == [(1000, 1000)]


def deliver(district, carrier, post_office):
    """Let the mails be delivered, with a death at one of them."""
    outgoing = "SELECT count(*) FROM mail_mail WHERE state = 'outgoing'"
    post_office.stop_at = 300
    only_cron(district, "ir_cron_mail_scheduler_action")
    wake(district)
    assert post_office.stopped.wait(120)
    carrier.kill()
    post_office.stop_at = None
    post_office.go_on.set()
    quiet(district)
    assert rows(district, outgoing) == [(700,)]
    carrier.start()
    wait_until(
        lambda: wake(district) or rows(district, outgoing) == [(0,)],
        "all mails",
        patience=180,
    )
