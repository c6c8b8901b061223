# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Registering letters by sixteen people at once: our numbers against ``ir.sequence``.

A registration is a draft written and issued in one transaction, retried as the server
does. The peer is the same registration with its number from a sequence without gaps,
taken at the same point. The people share the workers of a server: processes with a
thread, and so a connection and a transaction, for each person.
"""

import logging
import math
import multiprocessing
import statistics
import threading
import time
from contextlib import suppress
from functools import partial
from unittest.mock import patch

import databases
import figures
import office
from psycopg2 import OperationalError

PEOPLE = 16
WORKERS = 4
EACH = 25
ROUNDS = 5


def register_letter(env):
    """Write a draft and issue it."""
    letter = env["amss.document"].create(
        {"subject": "ขอเชิญประชุม", "addressee_text": "ผู้อำนวยการโรงเรียน"}
    )
    letter.action_issue()


def number_of_sequence(register, counts):
    """Take the number from the sequence, in the place of ``_take_numbers``."""
    from odoo import fields

    register.env.flush_all()
    now = fields.Datetime.now()
    [year] = register.env["amss.register.year"].search_read(
        [
            ("register_id", "=", register.id),
            ("year", "=", register.agency_id._agency_year(now)),
        ],
        ["year", "closed"],
    )
    sequence = register.env["ir.sequence"].search([("code", "=", "amss.bench")])
    return year, {series: int(sequence.next_by_id()) for series in counts}, now


def worker(database, logins, way, start, results):
    """Serve some of the people, each in a thread."""
    from odoo import SUPERUSER_ID, api
    from odoo.modules.registry import Registry

    logging.getLogger("odoo.sql_db").setLevel(logging.CRITICAL)
    registry = Registry(database)
    if way == "peer":
        model = registry["amss.register"]
        patch.object(model, "_take_numbers", number_of_sequence).start()
    with registry.cursor() as cr:
        env = api.Environment(cr, SUPERUSER_ID, {})
        users = env["res.users"].search([("login", "in", logins)])
    threads = [
        threading.Thread(target=person, args=(registry, uid, start, results))
        for uid in users.ids
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def person(registry, uid, start, results):
    """Register letters one after the other; report how long each one took."""
    from odoo import api
    from odoo.exceptions import ConcurrencyError
    from odoo.service.model import retrying

    # a server that has run for a while is warm
    with suppress(OperationalError), registry.cursor() as cr:
        register_letter(api.Environment(cr, uid, {}))
        cr.rollback()
    seconds, again = [], 0
    start.wait()
    while len(seconds) < EACH:
        began = time.perf_counter()
        while True:
            try:
                with registry.cursor() as cr:
                    env = api.Environment(cr, uid, {})
                    retrying(partial(register_letter, env), env)
                break
            except (OperationalError, ConcurrencyError):
                again += 1  # the user is shown an error and presses the button again
        seconds.append(time.perf_counter() - began)
    results.put((seconds, again))


def one_round(database, way):
    """Let all work at once; return letters per second and the p99 in milliseconds."""
    prepare(database)
    processes = multiprocessing.get_context("fork")
    start, results = processes.Barrier(PEOPLE + 1), processes.Queue()
    logins = [f"clerk{index}" for index in range(PEOPLE)]
    workers = [
        processes.Process(
            target=worker,
            args=(database, logins[index::WORKERS], way, start, results),
            daemon=True,
        )
        for index in range(WORKERS)
    ]
    for process in workers:
        process.start()
    start.wait(timeout=120)
    began = time.perf_counter()
    reports = [results.get(timeout=600) for _login in logins]
    elapsed = time.perf_counter() - began
    for process in workers:
        process.join()
    seconds = sorted(taken for report, _again in reports for taken in report)
    count = PEOPLE * EACH
    p99 = seconds[math.ceil(count * 0.99) - 1] * 1000
    again = sum(again for _report, again in reports)
    figures.note(
        f"{way}: {count / elapsed:.1f}/s, p50 {statistics.median(seconds) * 1000:.0f} "
        f"ms, p99 {p99:.0f} ms, {again} errors shown"
    )
    return {"throughput": count / elapsed, "p99": p99}


def prepare(database):
    """Let the sequence go on after the last number; leave no connection to forks."""
    from odoo import sql_db

    with office.environment(database) as env:
        register = env["amss.register"]._for_agency(env.company.partner_id, "sent")
        sequence = env["ir.sequence"].search([("code", "=", "amss.bench")])
        if not sequence:
            sequence = sequence.create(
                {
                    "name": "Peer",
                    "code": "amss.bench",
                    "implementation": "no_gap",
                    "company_id": False,
                }
            )
        sequence.number_next = register.next_number
    sql_db.close_all()


def check(database):
    """Raise when a number is missing or doubled, whichever way it was made."""
    [[count, last]] = databases.query(
        database,
        "SELECT count(DISTINCT number), max(number) FROM amss_register_entry",
    )
    assert count == last == 2 * ROUNDS * PEOPLE * EACH, (count, last)


def main():
    with databases.clone(f"{databases.INSTALLED}_numbering") as database:
        office.build(database, schools=5, clerks=PEOPLE)
        results = {"ours": [], "peer": []}
        for _index in range(ROUNDS):
            for way, rounds in results.items():
                rounds.append(one_round(database, way))
        check(database)
    for figure, unit in (("throughput", "letters/s"), ("p99", "ms")):
        ours, peer = (
            statistics.median(result[figure] for result in rounds)
            for rounds in results.values()
        )
        figures.report("numbering", figure, unit, ours, peer)


if __name__ == "__main__":
    main()
