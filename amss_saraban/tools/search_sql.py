# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The functions of the database by which letters are found.

They say the same as ``norm`` and ``skeleton`` of ``search_text``. Both use nothing
but functions of PostgreSQL itself, so that a dump can be restored.
"""

import psycopg2

from odoo.exceptions import UserError
from odoo.tools import SQL

from .search_text import BLANKS, DRAWN, MARKS, PRIVATE, UNSEEN

THAI_DIGITS, DIGITS = "๐๑๒๓๔๕๖๗๘๙", "0123456789"
SAMPLE = "ขอเชิญประชุม"

# most texts have no character of private use: looking costs less than translating
_DRAWN = f"""CASE WHEN $1 ~ '[{PRIVATE[0]}-{PRIVATE[-1]}]'
         THEN pg_catalog.translate($1, '{PRIVATE}', '{DRAWN}') ELSE $1 END"""
_STRIPPED = f"""pg_catalog.regexp_replace(
    pg_catalog.lower({_DRAWN}), '[{{chars}}]+', '', 'g')"""
_DIGITS = f"pg_catalog.translate({{text}}, '{THAI_DIGITS}', '{DIGITS}')"

#: name of each function and what it returns for ``$1``
FUNCTIONS = {
    "amss_norm": f"""
SELECT pg_catalog.regexp_replace(pg_catalog.regexp_replace(
    pg_catalog.regexp_replace(pg_catalog.replace(
        {_DIGITS.format(text=_STRIPPED.format(chars=UNSEEN))},
        'เเ', 'แ'),
    '\u0e4d([\u0e48-\u0e4b]?)\u0e32', E'\\\\1\u0e33', 'g'),
    '([\u0e48-\u0e4b])\u0e4d\u0e32', E'\\\\1\u0e33', 'g'),
    '[{BLANKS}]+', ' ', 'g')
""",
    "amss_skeleton": f"""
SELECT pg_catalog.replace(pg_catalog.replace(pg_catalog.replace(pg_catalog.replace(
    {_DIGITS.format(text=_STRIPPED.format(chars=MARKS + BLANKS + UNSEEN))},
    '\u0e4d\u0e32', '\u0e32'), '\u0e4d', '\u0e32'), '\u0e33', '\u0e32'),
    'เเ', 'แ')
""",
}

LOCALE_MESSAGE = """\
This database cannot index Thai text: its character type (LC_CTYPE) is “%(ctype)s”, in \
which PostgreSQL sees no letters in Thai. Make the database anew with LC_CTYPE \
“C.UTF-8” (createdb -T template0 --lc-ctype=C.UTF-8 --lc-collate=C), restore your data \
into it and install AMSS Saraban there.

ฐานข้อมูลนี้ทำดัชนีข้อความภาษาไทยไม่ได้ เพราะ LC_CTYPE เป็น “%(ctype)s” ให้สร้างฐานข้อมูลใหม่ด้วย \
LC_CTYPE “C.UTF-8” (createdb -T template0 --lc-ctype=C.UTF-8 --lc-collate=C) \
กู้คืนข้อมูลลงฐานข้อมูลใหม่ แล้วติดตั้ง AMSS Saraban อีกครั้ง"""

EXTENSION_MESSAGE = """\
AMSS Saraban needs the PostgreSQL extension pg_trgm to find letters, and could not \
create it: %(error)s. Install the “contrib” package of your PostgreSQL, or ask its \
administrator to run “CREATE EXTENSION pg_trgm” in this database, then try again.

AMSS Saraban ต้องใช้ส่วนขยาย pg_trgm ของ PostgreSQL ในการค้นหาหนังสือ แต่สร้างไม่ได้ \
(%(error)s) ให้ติดตั้งแพ็กเกจ contrib ของ PostgreSQL หรือให้ผู้ดูแลฐานข้อมูลสั่ง \
“CREATE EXTENSION pg_trgm” ในฐานข้อมูลนี้ แล้วลองใหม่"""


def check(cr):
    """Make sure that this database can index Thai text.

    Not translated: no language is loaded when it runs, and both say it at once.

    :raises UserError: in English and Thai, naming the remedy
    """
    try:
        with cr.savepoint():
            cr.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    except psycopg2.Error as error:
        reason = str(error).strip().splitlines()[0]
        raise UserError(EXTENSION_MESSAGE % {"error": reason}) from error
    cr.execute(
        "SELECT cardinality(show_trgm(%s)), datctype FROM pg_database"
        " WHERE datname = current_database()",
        [SAMPLE],
    )
    trigrams, ctype = cr.fetchone()
    if not trigrams:
        raise UserError(LOCALE_MESSAGE % {"ctype": ctype})


def prepare(cr):
    """Make the functions; what an older form of them made goes, to be made anew."""
    check(cr)
    cr.execute(
        "SELECT proname, prosrc FROM pg_proc WHERE proname IN %s"
        " AND pronamespace = current_schema::regnamespace",
        [tuple(FUNCTIONS)],
    )
    present = dict(cr.fetchall())
    for name, body in FUNCTIONS.items():
        if present.get(name) == body:
            continue
        cr.execute(
            SQL("DROP FUNCTION IF EXISTS %s(text) CASCADE", SQL.identifier(name))
        )
        cr.execute(
            SQL(
                "CREATE FUNCTION %s(text) RETURNS text LANGUAGE sql"
                " IMMUTABLE STRICT PARALLEL SAFE AS %s",
                SQL.identifier(name),
                body,
            )
        )


def remove(cr):
    """Take away the functions and what uses them."""
    for name in FUNCTIONS:
        cr.execute(
            SQL("DROP FUNCTION IF EXISTS %s(text) CASCADE", SQL.identifier(name))
        )


def keep_skeleton(cr, table, column, text, where=None):
    """Keep the skeleton of a text in a column of its own, indexed, in step by itself.

    Kept, not computed by the index alone: PostgreSQL compares each candidate once
    more, which costs ten times as much if its skeleton has to be made first.

    :param str text: SQL of the text
    :param str where: SQL of the rows that are looked into, if not all
    """
    prepare(cr)
    names = {
        "table": SQL.identifier(table),
        "column": SQL.identifier(column),
        "index": SQL.identifier(f"{table}_{column}_idx"),
    }
    cr.execute(
        "SELECT col_description(attrelid, attnum) FROM pg_attribute"
        " WHERE attrelid = %s::regclass AND attname = %s AND NOT attisdropped",
        [table, column],
    )
    if cr.fetchone() != (text,):
        for statement in (
            "DROP INDEX IF EXISTS %(index)s",
            "ALTER TABLE %(table)s DROP COLUMN IF EXISTS %(column)s CASCADE",
            "ALTER TABLE %(table)s ADD COLUMN %(column)s text"
            " GENERATED ALWAYS AS (amss_skeleton(%(sql)s)) STORED",
            # what it was made of, to be made anew when that changes
            "COMMENT ON COLUMN %(table)s.%(column)s IS %(text)s",
        ):
            # pylint: disable=sql-injection
            cr.execute(SQL(statement, sql=SQL(text), text=text, **names))
    cr.execute(
        SQL(
            "CREATE INDEX IF NOT EXISTS %(index)s ON %(table)s"
            " USING gin (%(column)s gin_trgm_ops)%(where)s",
            # pylint: disable=sql-injection
            where=SQL(f" WHERE {where}") if where else SQL(),
            **names,
        )
    )
