# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Sending one letter to 1,000 agencies, against sending it to 10.

Ours is the sending to 1,000, the peer that to 10: SQL statements of the sending, and
seconds for each addressee, its queueing of notices and all included.
"""

import statistics
import time
from functools import partial

import databases
import figures
import office

MANY, FEW = 1000, 10
ROUNDS = 7


def send(env, document, agencies):
    """Send as the dialog does, agencies chosen one by one; count the statements."""
    before = env.cr.sql_log_count
    wizard = env["amss.send"].create(
        {
            "document_id": document,
            "choice": "some",
            "agency_ids": [(6, 0, agencies)],
            "urgency": "urgent",
            "summary": "สรุปเรื่อง",
        }
    )
    wizard.action_send()
    env.flush_all()
    return env.cr.sql_log_count - before


def one_round(database, login, agencies):
    """Issue a letter and send it in a transaction of its own, as the server does."""
    from odoo import api
    from odoo.modules.registry import Registry
    from odoo.service.model import retrying

    with office.environment(database) as env:
        uid = env["res.users"].search([("login", "=", login)]).id
    registry = Registry(database)
    with registry.cursor() as cr:
        letter = api.Environment(cr, uid, {})["amss.document"].create(
            {"subject": "ขอเชิญประชุม", "addressee_text": "ผู้อำนวยการโรงเรียน"}
        )
        letter.action_issue()
    with registry.cursor() as cr:
        env = api.Environment(cr, uid, {})
        began = time.perf_counter()
        queries = retrying(partial(send, env, letter.id, agencies), env)
        seconds = time.perf_counter() - began
    return {"queries": queries, "seconds_per_recipient": seconds / len(agencies)}


def main():
    with databases.clone(f"{databases.INSTALLED}_send") as database:
        schools = office.build(database, schools=MANY, clerks=1)["schools"]
        ways = {"ours": schools, "peer": schools[:FEW]}
        for agencies in ways.values():  # a server that has run for a while is warm
            one_round(database, "clerk0", agencies)
        results = {way: [] for way in ways}
        for _index in range(ROUNDS):
            for way, agencies in ways.items():
                results[way].append(one_round(database, "clerk0", agencies))
                figures.note(f"{way}: {results[way][-1]}")
        check(database, MANY + FEW)
    for figure, unit in (
        ("queries", "statements"),
        ("seconds_per_recipient", "s"),
    ):
        ours, peer = (
            statistics.median(result[figure] for result in rounds)
            for rounds in results.values()
        )
        figures.report("send", figure, unit, ours, peer)


def check(database, each):
    """Raise unless every round has reached all its agencies, once each."""
    [[count]] = databases.query(database, "SELECT count(*) FROM amss_recipient")
    assert count == (ROUNDS + 1) * each, count


if __name__ == "__main__":
    main()
