# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""security/access_matrix.csv says what is installed, for every role and model."""

import csv
import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
OPERATIONS = ("read", "write", "create", "unlink")


@pytest.fixture(scope="module")
def env():
    import odoo
    from odoo.modules.registry import Registry

    odoo.tools.config.parse_config(["-c", os.environ["AMSS_TEST_CONFIG"]])
    with Registry(os.environ["AMSS_TEST_DB"]).cursor() as cr:
        yield odoo.api.Environment(cr, odoo.SUPERUSER_ID, {})
        cr.rollback()
    # others clone this database, which nobody may be connected to then
    odoo.sql_db.close_db(os.environ["AMSS_TEST_DB"])


def _matrix():
    with open(ROOT / "security" / "access_matrix.csv", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_every_role_has_just_the_rights_of_the_matrix(env):
    users = {}
    wrong = []
    for row in _matrix():
        if row["role"] not in users:
            users[row["role"]] = env["res.users"].create(
                {
                    "name": row["role"],
                    "login": f"matrix {row['role']}",
                    "group_ids": [(6, 0, env.ref(row["groups"]).ids)],
                }
            )
        model = env[row["model"]].with_user(users[row["role"]])
        for operation in OPERATIONS:
            if model.has_access(operation) != (row[operation] == "1"):
                wrong.append(f"{row['role']}: {operation} of {row['model']}")
    assert not wrong


def test_every_stored_model_is_in_the_matrix_for_every_role(env):
    """A model of amss_base for all roles; one of another addon for the roles of that
    addon, of amss_base and of Odoo: a role of one addon gives nothing in another."""
    matrix = _matrix()
    rows = {(row["role"], row["model"]) for row in matrix}
    addon_of = {row["role"]: row["groups"].partition(".")[0] for row in matrix}
    missing = {
        (role, name)
        for name, model in env.registry.items()
        if name.startswith("amss.") and not model._transient and not model._abstract
        for role, addon in addon_of.items()
        if model._original_module in ("amss_base", addon)
        or addon in ("amss_base", "base")
    } - rows
    assert not missing


def test_no_role_of_one_addon_gives_rights_in_another(env):
    addon_of = {row["groups"]: row["groups"].partition(".")[0] for row in _matrix()}
    for group, addon in addon_of.items():
        if addon in ("amss_base", "base"):
            continue
        given = env.ref(group).all_implied_ids
        models = env["ir.model.access"].search([("group_id", "in", given.ids)]).model_id
        others = {
            name
            for name in models.mapped("model")
            if name.startswith("amss.")
            and env.registry[name]._original_module not in ("amss_base", addon)
        }
        assert not others, (group, others)
