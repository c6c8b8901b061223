# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The rows that the use of rooms is counted from, as one query.

Two kinds of rows: the hours that a room is open on one half of one day, and the part
of one booking that lies in one half of its day. Closures and holidays
(``resource.calendar.leaves``) are open for nobody, so they are in neither.
"""

from datetime import timedelta

from odoo.tools import SQL

#: how far open days reach at most, whatever dates have been typed into bookings
MOST_YEARS_BACK = 30
MOST_YEARS_AHEAD = 3

# Days of the office, not of UTC. A room is open from its first day of use to the last
# month with a booking in the office, at least the current one; a room that is no
# longer in use until its last booking.
_ROOM = """
    SELECT r.id, r.company_id, r.resource_id, place.tz,
           c.resource_calendar_id AS schedule_id,
           ARRAY[r.mon, r.tue, r.wed, r.thu, r.fri, r.sat, r.sun] AS week,
           GREATEST(
               LEAST(used.first, (r.create_date AT TIME ZONE 'UTC'
                                  AT TIME ZONE place.tz)::date),
               %(earliest)s::date
           ) AS first_day,
           CASE WHEN r.active THEN LEAST(
               (date_trunc('month', GREATEST(
                   MAX(used.last) OVER (PARTITION BY r.company_id),
                   (%(now)s::timestamp AT TIME ZONE 'UTC' AT TIME ZONE place.tz)::date
               )) + interval '1 month - 1 day')::date,
               %(latest)s::date
           ) ELSE used.last END AS last_day
      FROM amss_room r
      JOIN res_company c ON c.id = r.company_id
      JOIN res_partner p ON p.id = c.partner_id
      LEFT JOIN (
          SELECT room_id, MIN(date) AS first, MAX(date) AS last
            FROM amss_room_booking
           WHERE state = ANY(%(occupying)s)
           GROUP BY room_id
      ) used ON used.room_id = r.id
     CROSS JOIN LATERAL (
          SELECT COALESCE(NULLIF(p.tz, ''), %(tz)s) AS tz
     ) place
"""

# The morning lasts until the afternoon begins: lunch within a whole day belongs to it.
# Open is what lies both in the half-day and in the opening hours.
_PART = """
    SELECT r.id AS room_id, half.rank, half.part, half.begins, half.ends,
           c.amss_morning_from AS day_begins, c.amss_afternoon_from AS noon,
           c.amss_afternoon_to AS day_ends,
           GREATEST(half.open_from, r.open_from) AS open_from,
           LEAST(half.open_to, r.open_to) AS open_to
      FROM amss_room r
      JOIN res_company c ON c.id = r.company_id
     CROSS JOIN LATERAL (VALUES
          (0, 'am', c.amss_morning_from, c.amss_afternoon_from,
           c.amss_morning_from, c.amss_morning_to),
          (1, 'pm', c.amss_afternoon_from, c.amss_afternoon_to,
           c.amss_afternoon_from, c.amss_afternoon_to),
          (2, 'rest', 0, 0, 0, 0)
     ) half (rank, part, begins, ends, open_from, open_to)
"""

# Closures cut into local days and made disjoint, so that what two of them cover is
# taken off once. Of an array the planner expects ten elements, of a series a thousand:
# it would compile the query as a large one, for seconds.
_CLOSED = """
    SELECT room_id, day, array_agg(hour_from) AS froms, array_agg(hour_to) AS tos
      FROM (
          SELECT room_id, day, hour_to, GREATEST(hour_from, COALESCE(
                     MAX(hour_to) OVER (
                         PARTITION BY room_id, day ORDER BY hour_from, hour_to
                         ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
                     ), 0)) AS hour_from
            FROM (
                SELECT closure.room_id, day,
                       EXTRACT(epoch FROM GREATEST(closure.begins, day)
                                          - day::timestamp) / 3600.0 AS hour_from,
                       EXTRACT(epoch FROM LEAST(closure.ends, day + 1)
                                          - day::timestamp) / 3600.0 AS hour_to
                  FROM (
                      SELECT room.id AS room_id,
                             GREATEST(leave.begins, room.first_day) AS begins,
                             LEAST(leave.ends, room.last_day + 1) AS ends
                        FROM room
                       CROSS JOIN LATERAL (
                            SELECT l.date_from AT TIME ZONE 'UTC'
                                       AT TIME ZONE room.tz AS begins,
                                   l.date_to AT TIME ZONE 'UTC'
                                       AT TIME ZONE room.tz AS ends
                              FROM resource_calendar_leaves l
                             WHERE l.resource_id = room.resource_id
                             UNION ALL
                            SELECT l.date_from AT TIME ZONE 'UTC'
                                       AT TIME ZONE room.tz,
                                   l.date_to AT TIME ZONE 'UTC'
                                       AT TIME ZONE room.tz
                              FROM resource_calendar_leaves l
                             WHERE l.resource_id IS NULL
                               AND l.company_id = room.company_id
                               AND (l.calendar_id IS NULL
                                    OR l.calendar_id = room.schedule_id)
                       ) leave
                       WHERE room.last_day IS NOT NULL
                  ) closure
                 CROSS JOIN LATERAL (
                      SELECT closure.begins::date + number AS day
                        FROM unnest(ARRAY(SELECT generate_series(
                            0, closure.ends::date - closure.begins::date
                        ))) number
                 ) days
            ) cut
      ) disjoint
     WHERE hour_to > hour_from
     GROUP BY room_id, day
"""

# A booking counts, with its hours and people, while it holds the room. The first of
# its rows carries what is counted once.
_OF_BOOKINGS = """
    SELECT booking.id::bigint * 8 + part.rank * 2 AS id,
           booking.date, booking.company_id, booking.room_id, part.part,
           booking.id AS booking_id, booking.department_id, booking.slot,
           booking.state, booking.headcount AS people,
           (piece.is_first AND holds)::int AS bookings,
           CASE WHEN piece.is_first AND holds THEN booking.headcount ELSE 0 END
               AS headcount,
           CASE WHEN holds THEN piece.hours ELSE 0 END AS hours,
           CASE WHEN holds AND room.week[EXTRACT(isodow FROM booking.date)::int]
                THEN piece.used - %(closed_of_booking)s ELSE 0 END AS used_hours,
           0::float8 AS open_hours,
           (piece.is_first AND booking.state = 'refused')::int AS refused,
           (piece.is_first AND booking.state = 'cancelled')::int AS cancelled,
           (piece.is_first AND booking.state = 'no_show')::int AS no_shows
      FROM amss_room_booking booking
      JOIN room ON room.id = booking.room_id
      JOIN part ON part.room_id = booking.room_id
      LEFT JOIN closed
        ON closed.room_id = booking.room_id AND closed.day = booking.date
     CROSS JOIN LATERAL (
          SELECT booking.state = ANY(%(occupying)s) AS holds,
                 GREATEST(booking.hour_from, part.open_from) AS used_from,
                 LEAST(booking.hour_to, part.open_to) AS used_to
     ) hold
     CROSS JOIN LATERAL (
          SELECT CASE part.rank WHEN 2
                 THEN booking.hour_to - booking.hour_from
                      - GREATEST(0, LEAST(booking.hour_to, part.day_ends)
                                    - GREATEST(booking.hour_from, part.day_begins))
                 ELSE GREATEST(0, LEAST(booking.hour_to, part.ends)
                                  - GREATEST(booking.hour_from, part.begins))
                 END AS hours,
                 GREATEST(0, used_to - used_from) AS used,
                 part.rank = CASE
                     WHEN booking.hour_from < part.noon
                          AND booking.hour_to > part.day_begins THEN 0
                     WHEN booking.hour_from < part.day_ends
                          AND booking.hour_to > part.noon THEN 1
                     ELSE 2 END AS is_first
     ) piece
     WHERE piece.hours > 0.001
"""

_OF_OPEN_TIME = """
    SELECT ((room.id::bigint * 100000 + (opened.day - date '1970-01-01')) * 4
               + part.rank) * 2 + 1 AS id,
           opened.day AS date, room.company_id, room.id AS room_id, part.part,
           NULL::int AS booking_id, NULL::int AS department_id, NULL AS slot,
           NULL AS state, 0 AS people, 0 AS bookings, 0 AS headcount,
           0::float8 AS hours, 0::float8 AS used_hours, free.hours AS open_hours,
           0 AS refused, 0 AS cancelled, 0 AS no_shows
      FROM room
      JOIN part ON part.room_id = room.id AND part.open_to > part.open_from
     CROSS JOIN LATERAL (
          SELECT room.first_day + number AS day
            FROM generate_series(0, room.last_day - room.first_day) number
     ) opened
      LEFT JOIN closed
        ON closed.room_id = room.id AND closed.day = opened.day
     CROSS JOIN LATERAL (
          SELECT part.open_to - part.open_from - %(closed_of_part)s AS hours
     ) free
     WHERE room.week[EXTRACT(isodow FROM opened.day)::int] AND free.hours > 0.001
"""


def _closed_hours(begins, ends):
    """The hours between two moments of a day for which the room is closed."""
    return SQL(
        """CASE WHEN closed.day IS NULL THEN 0 ELSE (
               SELECT COALESCE(SUM(GREATEST(
                          0, LEAST(%(ends)s, cut.ends)
                             - GREATEST(%(begins)s, cut.begins)
                      )), 0)::float8
                 FROM unnest(closed.froms, closed.tos) cut (begins, ends)
           ) END""",
        begins=begins,
        ends=ends,
    )


def rows_of_use(now, tz, occupying):
    """Give the query of the rows, see above.

    :param datetime now: naive UTC
    :param str tz: the zone of offices that have none set
    :param occupying: the states in which a booking holds its room
    :rtype: odoo.tools.SQL
    """
    occupying = list(occupying)
    of_bookings = SQL(
        _OF_BOOKINGS,
        occupying=occupying,
        closed_of_booking=_closed_hours(SQL("used_from"), SQL("used_to")),
    )
    of_open_time = SQL(
        _OF_OPEN_TIME,
        closed_of_part=_closed_hours(SQL("part.open_from"), SQL("part.open_to")),
    )
    room = SQL(
        _ROOM,
        now=now,
        tz=tz,
        occupying=occupying,
        earliest=(now - timedelta(days=366 * MOST_YEARS_BACK)).date(),
        latest=(now + timedelta(days=366 * MOST_YEARS_AHEAD)).date(),
    )
    return SQL(
        "WITH room AS (%s), part AS (%s), closed AS (%s) %s UNION ALL %s",
        room,
        SQL(_PART),
        SQL(_CLOSED),
        of_bookings,
        of_open_time,
    )
