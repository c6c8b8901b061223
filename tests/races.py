# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""People who press a button in the same moment, and letters as the books show them."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import databases
from odoo_server import Refused, wait_until


def outcome(call):
    """Return ``None`` when the call was done, or what refused it."""
    try:
        call()
    except Refused as refusal:
        return refusal


def at_once(calls):
    """Run the calls in threads of their own; return the outcome of each."""
    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(outcome, calls))


def waiting(database):
    """Return how many transactions of a database wait for a lock."""
    return databases.query(
        "postgres",
        "SELECT count(*) FROM pg_stat_activity "
        "WHERE datname = %s AND wait_event_type = 'Lock'",
        database,
    )[0][0]


@contextmanager
def obstacle(database, statement, *values):
    """Hold what ``statement`` locks, so that others stop in mid-transaction."""
    connection = databases.connect(database)
    connection.autocommit = False
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement, values)
        yield
    finally:
        connection.rollback()
        connection.close()


def race(database, where, calls):
    """Let the calls meet in mid-transaction, the first one ahead of the others.

    The first is stopped in the middle of its transaction, the others come as far as
    they can behind it, then all are let go.

    :param where: ``(table, id)`` of the row, or a statement, that stops them
    :return: the outcome of each
    """
    statement, *values = where
    if values:
        statement = f"SELECT 1 FROM {statement} WHERE id = %s FOR UPDATE"
    with ThreadPoolExecutor(len(calls)) as pool:
        futures = []
        with obstacle(database, statement, *values):
            for call in calls:
                stopped = waiting(database)
                future = pool.submit(outcome, call)
                futures.append(future)
                wait_until(
                    lambda future=future, stopped=stopped: future.done()
                    or waiting(database) > stopped,
                    "a call to be stopped",
                )
            assert not futures[0].done(), futures[0].result()
        return [future.result() for future in futures]


def numbers(database, register):
    """Return ``[(number, registered_at)]`` of a book, in the order of numbers."""
    return databases.query(
        database,
        "SELECT number, registered_at FROM amss_register_entry "
        "WHERE register_id = %s ORDER BY year, number",
        register,
    )


def assert_no_gap(database, register):
    """Check that a book's numbers follow on and rise with time; return how many."""
    rows = numbers(database, register)
    assert [number for number, _when in rows] == list(range(1, len(rows) + 1))
    times = [when for _number, when in rows]
    assert times == sorted(times)
    return len(rows)


def register_of(database, agency, kind):
    """Return the id of an agency's book."""
    [[register]] = databases.query(
        database,
        "SELECT id FROM amss_register WHERE agency_id = %s AND kind = %s AND active",
        agency,
        kind,
    )
    return register
