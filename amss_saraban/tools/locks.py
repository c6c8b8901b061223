# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Locks that wait, and a look at what others have committed meanwhile.

Odoo's cursors run at REPEATABLE READ: after waiting for a row lock a transaction
still sees its old snapshot and an update fails with a serialization error, which
costs a retry of up to 16 seconds. A transaction advisory lock waits without
failing, and a short-lived second cursor sees what the holder before committed.
"""

from contextlib import contextmanager

from odoo.tools import SQL

# First keys of the two-key advisory locks; the second key is a record id.
REGISTER = 0x414D0001
RECIPIENT = 0x414D0002


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


@contextmanager
def fresh_cursor(env):
    """Give a second, read-only-by-habit cursor that sees all that is committed.

    In a test it shares the test's transaction, so the same code runs there.
    """
    with env.registry.cursor() as cr:
        yield cr
