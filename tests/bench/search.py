# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Finding letters among a million, as the registrar of one of ten groups.

Each query is asked as the page “Find letters” does, hits and facets, and as the box
above the received register does: one page of lines and their count.

``rare_word``: the page, for a word that six letters have; the peer is the same query
in a transaction that has dropped the three indexes of trigrams. ``growth``: the
median of all queries with 1,000,000 letters (ours) and with 10,000 (peer). What is
looked for stands in as many letters of both, but for the common word, which every
fifth letter has.
"""

import statistics
from functools import partial
from itertools import product

import archive
import archive_words as words
import figures
import screens

MANY, FEW = 1_000_000, 10_000
ROUNDS, SLOW_ROUNDS = 15, 3
USER = archive.person(0, 0)
INDEXES = (
    "amss_document_find_text_idx",
    "amss_register_entry_find_text_idx",
    "ir_attachment_letter_find_text_idx",
)
QUERIES = {
    "rare word": words.RARE,
    "word of a file": words.IN_FILE,
    "medium word": words.MEDIUM,
    "common word": words.COMMON,
    "two words": f"{words.COMMON} {words.MEDIUM}",
    "Thai digits": f"{words.MEDIUM} ๒๕๖๙",
    "two letters": "O-",
    "nothing found": "กขคงจฉชซ",
    "number": "100",
}


def find(text, env):
    """Ask for hits and facets as the page does."""
    env["amss.document"].amss_find(text)
    env["amss.document"].amss_find_counts(text)


def find_without_index(text, env):
    for index in INDEXES:
        env.cr.execute(f"DROP INDEX {index}")
    find(text, env)


def box(database):
    """Return a function that asks the box above the received register for a text."""
    with screens.session(database, USER) as env:
        model, arguments = screens.request(
            env, "amss_saraban.amss_register_entry_action_received"
        )

    def ask(text, env):
        domain = [*arguments["domain"], ("search_text", "ilike", text)]
        env[model].web_search_read(**arguments | {"domain": domain})

    return ask


def growth(databases):
    """Ask everything of both in turn; return the median seconds of each query.

    :param dict databases: by their sizes
    :return: ``{size: {name: seconds}}``
    """
    doors = {
        size: {"page": find, "register": box(name)} for size, name in databases.items()
    }
    taken = {size: {} for size in databases}
    for index in range(ROUNDS + 1):
        for (name, text), door in product(QUERIES.items(), ("page", "register")):
            for size, database in databases.items():
                call = partial(doors[size][door], text)
                seconds, _statements = screens.measure(database, USER, call)
                if index:  # a server that has run for a while is warm
                    taken[size].setdefault(f"{name}, {door}", []).append(seconds)
    return {
        size: {name: statistics.median(times) for name, times in by_query.items()}
        for size, by_query in taken.items()
    }


def rare_word(database):
    """Return median seconds of the rare word with the indexes and without them."""
    times = {find: [], find_without_index: []}
    for way, rounds in zip(times, (ROUNDS, SLOW_ROUNDS), strict=True):
        for _index in range(rounds):
            call = partial(way, words.RARE)
            times[way].append(screens.measure(database, USER, call)[0])
    return [statistics.median(seconds) for seconds in times.values()]


def main():
    with archive.letters(MANY) as many, archive.letters(FEW) as few:
        medians = growth({MANY: many, FEW: few})
        rare = rare_word(many)
    for name, seconds in medians[MANY].items():
        peer = medians[FEW][name]
        figures.note(
            f"{name}: {seconds * 1000:.1f} ms, with {FEW} letters {peer * 1000:.1f} ms"
        )
    figures.report("search", "rare_word", "s", *rare)
    both = (statistics.median(medians[size].values()) for size in (MANY, FEW))
    figures.report("search", "growth", "s", *both)


if __name__ == "__main__":
    main()
