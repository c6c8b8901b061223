# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Databases of their own for tests of the whole, cloned from an installed one.

``AMSS_TEST_CONFIG`` names an Odoo configuration file and ``AMSS_TEST_DB`` a
database in which the addons are installed; scripts/test and scripts/bench make both.
"""

import configparser
import os
import shutil
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg2
from psycopg2 import sql

CONFIG = os.environ.get("AMSS_TEST_CONFIG", "")
INSTALLED = os.environ.get("AMSS_TEST_DB", "")


def options():
    """Return the options of the configuration file as a mapping of texts."""
    parser = configparser.RawConfigParser()
    parser.read(CONFIG)
    return parser["options"]


def connect(name):
    """Return an autocommit connection to a database, past Odoo."""
    chosen = options()
    connection = psycopg2.connect(
        dbname=name,
        host=chosen.get("db_host") or None,
        port=chosen.get("db_port") or None,
        user=chosen.get("db_user") or None,
        password=chosen.get("db_password") or None,
    )
    connection.autocommit = True
    return connection


def query(name, statement, *values):
    """Run one statement in a database and return its rows, if it gives any."""
    connection = connect(name)
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement, values)
            return cursor.fetchall() if cursor.description else None
    finally:
        connection.close()


def filestore(name):
    """Return the folder of a database's files."""
    return Path(options()["data_dir"]) / "filestore" / name


def drop(name):
    """Drop a database and its files; it may be missing or in use."""
    query(
        "postgres",
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s",
        name,
    )
    statement = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
    connection = connect("postgres")
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement.format(sql.Identifier(name)))
    finally:
        connection.close()
    shutil.rmtree(filestore(name), ignore_errors=True)


def comment(name):
    """Return what is said of a database, ``None`` if it says nothing or is missing."""
    rows = query(
        "postgres",
        "SELECT shobj_description(oid, 'pg_database') FROM pg_database"
        " WHERE datname = %s",
        name,
    )
    return rows[0][0] if rows else None


def make(name):
    """Make a clone of the installed database under ``name``; one of that name goes."""
    drop(name)
    connection = connect("postgres")
    try:
        with connection.cursor() as cursor:
            statement = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
            cursor.execute(
                statement.format(sql.Identifier(name), sql.Identifier(INSTALLED))
            )
    finally:
        connection.close()
    with suppress(FileNotFoundError):
        shutil.copytree(filestore(INSTALLED), filestore(name))


@contextmanager
def clone(name):
    """Give a clone of the installed database under ``name``, dropped at the end."""
    make(name)
    try:
        yield name
    finally:
        drop(name)
