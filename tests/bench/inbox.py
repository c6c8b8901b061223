# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The first page of inbox and register, with a million letters in the archive.

As the registrar of one of ten groups sees them, with the counts of the menu.
``growth`` and ``queries``: the pages with 1,000,000 letters (ours) and with 10,000
(peer), in seconds and SQL statements. ``non_admin``: the same pages for the registrar
(ours) and for the administrator (peer), who reads all letters and has as much work of
the same group.
"""

import statistics

import archive
import figures
import screens

MANY, FEW = 1_000_000, 10_000
ROUNDS = 15
USER = archive.person(0, 0)
PAGES = (
    "amss_assignment_action_group",
    "amss_assignment_action_my_work",
    "amss_assignment_action_back",
    "amss_register_entry_action_received",
    "amss_register_entry_action_sent",
    "amss_document_action_outbox",
)


def pages(database, login):
    """Return the functions that ask for the pages and the counts, by their names."""
    calls = {
        name: screens.first_page(database, login, f"amss_saraban.{name}")
        for name in PAGES
    }
    return calls | {"counts": lambda env: env["res.users"].amss_counts()}


def measured(ways):
    """Ask for all pages in turn; return medians of seconds and statements.

    :param dict ways: database and login by name of the way
    :return: ``{way: {page: (seconds, statements)}}``
    """
    calls = {way: pages(*who) for way, who in ways.items()}
    names = (*PAGES, "counts")
    taken = {way: {name: [] for name in names} for way in ways}
    for index in range(ROUNDS + 1):
        for name in names:
            for way, who in ways.items():
                cost = screens.measure(*who, calls[way][name])
                if index:  # a server that has run for a while is warm
                    taken[way][name].append(cost)
    return {
        way: {
            name: tuple(map(statistics.median, zip(*costs, strict=True)))
            for name, costs in by_page.items()
        }
        for way, by_page in taken.items()
    }


def total(by_page, index):
    return sum(costs[index] for costs in by_page.values())


def main():
    with archive.letters(MANY) as many, archive.letters(FEW) as few:
        ways = {"many": (many, USER), "few": (few, USER)}
        costs = measured(ways | {"admin": (many, archive.ADMIN)})
    for name in (*PAGES, "counts"):
        figures.note(
            f"{name}: "
            + ", ".join(
                f"{way} {by_page[name][0] * 1000:.1f} ms {by_page[name][1]:.0f} st."
                for way, by_page in costs.items()
            )
        )
    for figure, unit, index, peer in (
        ("growth", "s", 0, "few"),
        ("queries", "statements", 1, "few"),
        ("non_admin", "s", 0, "admin"),
    ):
        both = (total(costs[way], index) for way in ("many", peer))
        figures.report("inbox", figure, unit, *both)


if __name__ == "__main__":
    main()
