# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Locks that wait, and a look at what others have committed meanwhile.

Odoo's cursors run at REPEATABLE READ: after waiting for a row lock a transaction
still sees its old snapshot and an update fails with a serialization error, which
costs a retry of up to 16 seconds. A transaction advisory lock waits without
failing, and a short-lived second cursor sees what the holder before committed.
"""

from contextlib import contextmanager

from odoo.sql_db import Cursor
from odoo.tools import SQL

# First keys of the two-key advisory locks of all addons; the second is a record id.
REGISTER = 0x414D0001
RECIPIENT = 0x414D0002
FORM = 0x414D0003
ASSIGNMENT = 0x414D0004
SEAL = 0x414D0005


def lock(env, space, ids):
    """Wait for the advisory locks of ``ids`` in ``space``, held until commit.

    Ids are taken in rising order, so two callers cannot wait for each other.

    :param env: environment whose transaction holds the locks
    :param int space: one of the constants above
    :param ids: iterable of record ids
    """
    env.cr.execute(
        SQL(
            "SELECT pg_advisory_xact_lock(%s, id) FROM unnest(%s::int[]) AS id",
            space,
            sorted(set(ids)),
        )
    )


def lock_rows(records):
    """Wait for the rows of these records, locked until commit.

    Others may still refer to them. Fails, and so retries, when somebody has changed
    one of them meanwhile.
    """
    records.env.flush_all()
    records.env.execute_query(
        SQL(
            "SELECT 1 FROM %s WHERE id = ANY(%s) ORDER BY id FOR NO KEY UPDATE",
            SQL.identifier(records._table),
            records.ids,
        )
    )


def claim(records):
    """Let one transaction alone change what hangs on these records.

    Rows that another transaction adds to a record do not show in our snapshot. So
    each step that adds such rows, or has to see all of them, writes the record: the
    one that comes second fails, and is retried with a snapshot that shows the first.
    """
    records.env.flush_all()
    records.env.execute_query(
        SQL(
            "UPDATE %s SET write_date = write_date WHERE id = ANY(%s) RETURNING id",
            SQL.identifier(records._table),
            records.ids,
        )
    )


@contextmanager
def fresh_cursor(env):
    """Give a second, read-only-by-habit cursor that sees all that is committed.

    In a test it shares the test's transaction, so the same code runs there.
    """
    with env.registry.cursor() as cr:
        yield cr


@contextmanager
def lookout(env):
    """Give a function that runs a query in a snapshot of the moment it is called.

    Its connection is there before the lock that the caller waits for, and each query
    is a transaction of its own: while others wait, a look costs one round trip.
    """
    with env.registry.cursor() as cr:
        if isinstance(cr, Cursor):  # a test's cursor has no connection of its own
            cr.connection.autocommit = True  # until the pool gives it out again

        def look(statement):
            cr.execute(statement)
            return cr.dictfetchall()

        yield look
