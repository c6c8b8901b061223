# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A made-up archive of any size: what an area office has after ten years of work.

An office of ten groups with six people each, a central registry and 200 schools, all
in one database. Of its letters 45 in 100 came from outside, 20 from schools in the
system, 24 went out on paper and 10 in the system, each thousandth of all to every
school; one in 100 is mail among colleagues. They are numbered in the books of sender
and receiver without a gap, assigned to a group and a person (to another group for
information in one of ten), reported on, and one of five has a file with text. The
last ones, ``BACKLOG`` letters at any size, are at all stages of work.

The rows are what the steps of the addon would have written; they are made by SQL,
because the steps would take days for a million. All is chosen by a hash of the
letter's place and ``SEED``: the same count on the same day gives the same archive.
``MARKS`` of ``archive_words`` stand in so many letters each at any size, so that the
same letters are looked for in a small archive and in a large one.
"""

import os
import time
from contextlib import contextmanager

import archive_sql
import archive_words as words
import databases
import figures
import office

from odoo import Command

SEED = 2569
YEARS = 10
SCHOOLS = 200
PEOPLE = 6
BACKLOG = 4_000
COMPLETE = "archive complete"
CENTRAL, DIRECTOR, ADMIN = "central", "director", "admin"

TABLES = (
    "amss_document",
    "amss_recipient",
    "amss_register_entry",
    "amss_assignment",
    "amss_document_event",
    "amss_document_reader",
)
#: of the attachments, which are more than letters' files
FILE_INDEX = "ir_attachment_letter_find_text_idx"


def person(group, index):
    """Return the login of one of a group's people: 0 registrar, 1 head, 2 on staff."""
    return f"group{group}_{index}"


@contextmanager
def letters(count):
    """Give a database with an archive of ``count`` letters, dropped at the end.

    With ``AMSS_KEEP_LETTERS`` set it stays for the next one who asks: scripts/bench
    makes it once for all benchmarks, and drops it.
    """
    name = f"{databases.INSTALLED}_letters_{count}"
    if not os.environ.get("AMSS_KEEP_LETTERS"):
        with databases.clone(name):
            fill(name, count)
            yield name
        return
    if databases.comment(name) != COMPLETE:
        databases.make(name)
        fill(name, count)
        databases.query(name, f"COMMENT ON DATABASE {name} IS '{COMPLETE}'")
    yield name


def fill(database, count):
    """Fill a freshly installed database; tell how long it took and how large it is."""
    began = time.monotonic()
    params = _found(database, count)
    connection = databases.connect(database)
    try:
        with connection.cursor() as cursor:
            _write(cursor, params)
            cursor.execute("SELECT pg_database_size(current_database())")
            [size] = cursor.fetchone()
    finally:
        connection.close()
    figures.note(
        f"archive of {count} letters: {time.monotonic() - began:.0f} s, "
        f"{size / 1e9:.2f} GB"
    )


# ----------------------------------------------------------------------
# The office and its people
# ----------------------------------------------------------------------
def _found(database, count):
    """Found the office, its schools and its books; return what the SQL names."""
    with office.environment(database) as env:
        company = env.company
        company.partner_id.write(
            {
                "name": "สำนักงานเขตพื้นที่การศึกษาประถมศึกษาทดสอบ เขต 1",
                "agency_type": "area_primary",
                "letter_prefix": "ศธ 04999",
                "tz": "Asia/Bangkok",
            }
        )
        schools = _schools(env)
        groups = env["hr.department"].create(
            [{"name": name, "company_id": company.id} for name in words.GROUPS]
        )
        people = _people(env, groups)
        central = _user(env, CENTRAL, "amss_saraban.group_saraban_central")
        _user(env, DIRECTOR, "amss_saraban.group_saraban_director")
        year = company.partner_id._agency_year()
        _open_books(env, company.partner_id | schools, year)
        activity_type = env.ref("amss_saraban.mail_activity_type_letter")
        return {
            "seed": SEED,
            "count": count,
            "backlog": min(BACKLOG, count // 2),
            "first_year": year - YEARS + 1,
            "company": company.id,
            "office": company.partner_id.id,
            "schools": schools.ids,
            "writers": _school_users(env, schools).ids,
            "groups": groups.ids,
            "people": people.ids,
            "central": central.id,
            "activity_type": activity_type.id,
            "activity_model": env["ir.model"]._get_id("amss.assignment"),
            **_chosen_words(count),
        }


def _schools(env):
    return env["res.partner"].create(
        [
            {
                "name": f"โรงเรียนบ้านทดสอบ {index}",
                "is_company": True,
                "agency_type": "school",
                "agency_code": f"A{index:05}",
                "letter_prefix": f"ศธ 04999.{index:03}",
                "parent_agency_id": env.company.partner_id.id,
                "tz": "Asia/Bangkok",
            }
            for index in range(1, SCHOOLS + 1)
        ]
    )


def _school_users(env, schools):
    group = env.ref("amss_saraban.group_school_registrar")
    return (
        env["res.users"]
        .with_context(no_reset_password=True)
        .create(
            [
                {
                    "name": f"ธุรการ {school.name}",
                    "login": school.agency_code,
                    "group_ids": [Command.set(group.ids)],
                    "partner_id": env["res.partner"]
                    .create({"name": f"ธุรการ {school.name}", "parent_id": school.id})
                    .id,
                }
                for school in schools
            ]
        )
    )


def _user(env, login, *groups):
    groups = env["res.groups"].union(*map(env.ref, ("base.group_user", *groups)))
    return (
        env["res.users"]
        .with_context(no_reset_password=True)
        .create(
            {
                "name": f"ผู้ใช้ {login}",
                "login": login,
                "group_ids": [Command.set(groups.ids)],
                "tz": "Asia/Bangkok",
            }
        )
    )


def _people(env, groups):
    """Employ six people in each group; return them group by group.

    In the last place of the first group is the administrator, who is its registrar
    too and reads all letters: the same work as the others', and all rights.
    """
    people = env["res.users"]
    for index, group in enumerate(groups):
        registrar = _user(env, person(index, 0), "amss_saraban.group_saraban_unit")
        others = [_user(env, person(index, place)) for place in range(1, PEOPLE)]
        if index == 0:
            others[-1] = _administrator(env)
        users = registrar.union(*others)
        employees = env["hr.employee"].create(
            [
                {"name": user.name, "user_id": user.id, "department_id": group.id}
                for user in users - users.employee_id.user_id
            ]
        )
        # the administrator is employed from the beginning
        users.employee_id.department_id = group
        group.manager_id = employees[1]
        group.registrar_ids = registrar | users.filtered(lambda u: u.login == ADMIN)
        people += users
    return people


def _administrator(env):
    admin = env.ref("base.user_admin")
    admin.group_ids |= env.ref("amss_saraban.group_saraban_central")
    admin.group_ids |= env.ref("amss_saraban.group_saraban_director")
    admin.group_ids |= env.ref("amss_base.group_amss_admin")
    return admin


def _open_books(env, agencies, year):
    registers = env["amss.register"]
    for kind in ("received", "sent"):
        registers |= registers._for_agency(agencies, kind)
    env["amss.register.year"]._open(
        {
            (register.id, past)
            for register in registers
            for past in range(year - YEARS + 1, year)
        }
    )


def _chosen_words(count):
    places = {
        name: [(2 * index + 1) * count // (2 * words.MARKS[mark]) + shift
               for index in range(words.MARKS[mark])]
        for shift, (name, mark) in enumerate(
            (("rare", words.RARE), ("medium", words.MEDIUM), ("filed", words.IN_FILE))
        )
    }  # fmt: skip
    lists = ("acts", "topics", "details", "senders", "sentences", "reports")
    texts = {name: getattr(words, name.upper()) for name in lists}
    marks = {"rare_word": words.RARE, "medium_word": words.MEDIUM}
    return {
        **{f"{name}_places": numbers for name, numbers in places.items()},
        **texts,
        **marks,
        "instructions": words.INSTRUCTIONS,
        "filed_word": words.IN_FILE,
    }


# ----------------------------------------------------------------------
# The rows
# ----------------------------------------------------------------------
def _write(cursor, params):
    """Write all rows, with constraints and indexes made anew after them."""
    cursor.execute(
        "SET work_mem = '256MB'; SET maintenance_work_mem = '512MB';"
        " SET synchronous_commit = off; SET jit = off"
    )
    restore = _strip(cursor)
    for name, statement in archive_sql.STATEMENTS.items():
        _timed(name, cursor, statement, params)
    _timed("readers", cursor, _readers())
    for name, statement in restore:
        _timed(name, cursor, statement)
    _continue_sequences(cursor)
    _timed("statistics", cursor, "VACUUM ANALYZE")
    _timed("answers", cursor, *_answers(params))


def _timed(name, cursor, statement, params=None):
    began = time.monotonic()
    cursor.execute(statement, params)
    seconds = time.monotonic() - began
    if seconds > 5:
        figures.note(f"  {seconds:4.0f} s {name}")


def _strip(cursor):
    """Take constraints and indexes off the tables; return how to make them anew."""
    cursor.execute(
        """
        SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid)
          FROM pg_constraint
         WHERE contype IN ('f', 'u', 'p')
           AND (conrelid = ANY(%(tables)s::regclass[])
                OR confrelid = ANY(%(tables)s::regclass[]))
         ORDER BY contype = 'f' DESC, conname
        """,
        {"tables": list(TABLES)},
    )
    constraints = cursor.fetchall()
    for table, name, _definition in constraints:
        cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
    cursor.execute(
        "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = ANY(%s)",
        [list(TABLES)],
    )
    indexes = cursor.fetchall()
    cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = %s", [FILE_INDEX])
    indexes += [(FILE_INDEX, *definition) for definition in cursor.fetchall()]
    for name, _definition in indexes:
        cursor.execute(f'DROP INDEX "{name}"')
    # keys before what refers to them
    return indexes + [
        (name, f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}')
        for table, name, definition in reversed(constraints)
    ]


def _readers():
    """Return the statement that writes who reads: the addon's own, of all letters."""
    from odoo.addons.amss_saraban.models.amss_document_reader import FACTS

    facts = FACTS.replace("= ANY(%(ids)s)", "IS NOT NULL")
    return (
        "INSERT INTO amss_document_reader (document_id, key)"
        f" SELECT document_id, key FROM ({facts}) AS facts"
        " WHERE key IS NOT NULL ORDER BY document_id, key"
    )


def _answers(params):
    """Return the addon's own statement by which the office's answers are noted."""
    from odoo.addons.amss_saraban.models.amss_document_reply import ANSWER_OF_LINES

    letters = "ARRAY(SELECT reply_to_id FROM amss_document WHERE reply_to_id > 0)"
    statement = ANSWER_OF_LINES.replace("ANY(%(letters)s)", f"ANY({letters})")
    return statement, {"agencies": [params["office"]]}


def _continue_sequences(cursor):
    for table in TABLES:
        cursor.execute(
            f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id))"
            f" FROM {table}"
        )
