# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The month table of 20 rooms, and fifty people who want one of them.

``queries``: SQL statements for the table of the web client, for a month of about 850
bookings in an archive of ten years with 10,000 each (ours), and for a month with one
of ten bookings a year (peer). ``growth``: seconds for the table of the same month with
the same bookings, in that archive (ours) and with nothing else beside it (peer), so
that the archive alone is the difference. ``public_growth``: the same for the page that
everybody sees. ``winners``: how many of fifty people who ask for one slot at once, at
a server of four processes, get it; all others have to read who did, and no row of
theirs may stay (else the benchmark fails).

The rows of the archive are what the steps of the addon would have written, made by SQL.
"""

import statistics
from datetime import date, datetime

import databases
import figures
import office
import screens
from odoo_server import Server
from races import at_once
from room_office import assert_one_has_it, book, rows, rows_since

ROOMS, YEARS, A_YEAR, FEW = 20, 10, 10_000, 10
PEOPLE = 50
ROUNDS = 25
LOGIN = "guest0"
THIS_YEAR = date.today().year
ARCHIVE_DAYS = date(THIS_YEAR - YEARS + 1, 1, 1), date(THIS_YEAR, 12, 31)

ARCHIVE = """
    INSERT INTO amss_room_booking
        (name, state, room_id, company_id, date, slot, hour_from, hour_to, start, stop,
         hours, user_id, department_id, headcount, coordinator, phone, create_uid,
         create_date, write_date)
    SELECT 'ประชุมครั้งที่ ' || place, CASE WHEN day < now() THEN 'held' ELSE 'approved' END,
           room.id, room.company_id, day, slot, hour_from, hour_to,
           day + make_interval(mins => ((hour_from - 7) * 60)::int),
           day + make_interval(mins => ((hour_to - 7) * 60)::int),
           hour_to - hour_from, people.ids[1 + hash %% cardinality(people.ids)],
           groups.ids[1 + hash %% cardinality(groups.ids)], 10 + hash %% 90,
           'ผู้ประสานงาน ' || hash %% 500, '0 0000 0000', 1, now(), now()
      FROM (
        SELECT *, abs(hashint4(place::int)) AS hash,
               row_number() OVER (PARTITION BY extract(year FROM day)
                                  ORDER BY hashint4(place::int), place) AS rank
          FROM (
            SELECT day, sequence, slot, hour_from, hour_to,
                   row_number() OVER (ORDER BY day, sequence, hour_from) AS place
              FROM generate_series(%s::timestamp, %s::timestamp, '1 day') AS day,
                   generate_series(1, %s) AS sequence,
                   (VALUES ('morning', 8.5, 12), ('afternoon', 13, 16.5))
                       AS half (slot, hour_from, hour_to)
          ) AS possible
      ) AS chosen
      JOIN amss_room room USING (sequence),
           (SELECT array_agg(id ORDER BY id) AS ids FROM res_users
             WHERE login LIKE 'guest%%') AS people,
           (SELECT array_agg(id ORDER BY id) AS ids FROM hr_department) AS groups
     WHERE rank <= %s AND day BETWEEN %s AND %s
"""


def fill(database, a_year, first, last):
    """Add bookings of some days, ``a_year`` in each year of the archive.

    The same days have the same bookings, whatever other days there are.
    """
    databases.query(
        database,
        ARCHIVE,
        *(*ARCHIVE_DAYS, ROOMS, a_year, first, last),
    )
    connection = databases.connect(database)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE amss_room_booking")
    connection.close()


def build(database):
    """Make rooms, groups and people; return the rooms' ids."""
    rooms = office.build_rooms(database, PEOPLE, ROOMS)
    with office.environment(database) as env:
        for sequence, room in enumerate(env["amss.room"].browse(rooms), start=1):
            room.sequence = sequence
        names = [{"name": f"กลุ่มทดสอบ {index}"} for index in range(10)]
        env["hr.department"].create(names)
    return rooms


def month_table(first):
    """Return the function that asks for the table of a month as the web client does."""
    return lambda env: env["amss.room"].amss_month_table(first.year, first.month)


def public_table(first):
    """Return the function that makes what the public page of a month shows."""

    def call(env):
        rooms = env.company.sudo()._amss_rooms_of()
        return rooms._public_month(first, datetime.now())

    return call


def measured(databases_by_way, call):
    """Return the medians of seconds and statements of a call, for each way in turn."""
    taken = {way: [] for way in databases_by_way}
    for index in range(ROUNDS + 1):
        for way, database in databases_by_way.items():
            cost = screens.measure(database, LOGIN, call)
            if index:  # a server that has run for a while is warm
                taken[way].append(cost)
    return {
        way: tuple(map(statistics.median, zip(*costs, strict=True)))
        for way, costs in taken.items()
    }


def tables(many, few):
    """Report what a month costs in a large archive and in a small one."""
    fill(many, A_YEAR, *ARCHIVE_DAYS)
    fill(few, FEW, *ARCHIVE_DAYS)
    first, last = month_with_a_booking(few)
    one = measured({"few": few}, month_table(first))["few"]
    databases.query(few, "DELETE FROM amss_room_booking")
    fill(few, A_YEAR, first, last)
    ways = {"many": many, "few": few}
    both = [bookings_between(database, first, last) for database in ways.values()]
    assert both[0] == both[1] > 800, both
    costs = measured(ways, month_table(first))
    public = measured(ways, public_table(first))
    figures.note(f"{both[0]} bookings: {costs}; public page: {public}; one: {one}")
    figures.report("rooms", "queries", "statements", costs["many"][1], one[1])
    for figure, cost in (("growth", costs), ("public_growth", public)):
        figures.report("rooms", figure, "s", cost["many"][0], cost["few"][0])


def month_with_a_booking(database):
    """Return first and last day of the first month of this year that has a booking."""
    [days] = databases.query(
        database,
        "SELECT first::date, (first + interval '1 month - 1 day')::date"
        "  FROM (SELECT date_trunc('month', min(date)) AS first"
        "          FROM amss_room_booking WHERE date >= %s) AS found",
        date(THIS_YEAR, 1, 1),
    )
    return days


def bookings_between(database, first, last):
    [[count]] = databases.query(
        database,
        "SELECT count(*) FROM amss_room_booking WHERE date BETWEEN %s AND %s",
        first,
        last,
    )
    return count


def winners(database, rooms):
    """Let fifty ask at once for one slot; return how many have it."""
    day = date(THIS_YEAR + 1, 1, 4).isoformat()
    with Server(database) as server:
        guests = [server.client(f"guest{index}") for index in range(PEOPLE)]
        before = rows(database)
        book(guests[0], rooms[0], date(THIS_YEAR + 1, 1, 5).isoformat())
        alone = rows_since(database, before)
        before = rows(database)
        outcomes = at_once(
            [lambda guest=guest: book(guest, rooms[0], day) for guest in guests]
        )
        assert_one_has_it(database, day, outcomes)
        assert rows_since(database, before) == alone, "rows of losers were left"
    return outcomes.count(None)


def main():
    name = databases.INSTALLED
    with (
        databases.clone(f"{name}_rooms_many") as many,
        databases.clone(f"{name}_rooms_few") as few,
    ):
        rooms = build(many)
        build(few)
        tables(many, few)
        figures.report("rooms", "winners", "people", winners(many, rooms), 1)


if __name__ == "__main__":
    main()
