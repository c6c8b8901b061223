# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A small district for tests of the whole: an area office, schools, their clerks."""

from contextlib import contextmanager

import databases
from passlib.hash import pbkdf2_sha512

from odoo import SUPERUSER_ID, Command, api
from odoo.modules.registry import Registry
from odoo.tools import config

PASSWORD = "saraban"
CENTRAL = "amss_saraban.group_saraban_central"
ROOMS = "amss_rooms.group_rooms_user"


def configure():
    """Let Odoo in this process know its configuration file."""
    if config["config"] != databases.CONFIG:
        config.parse_config(["-c", databases.CONFIG, "--no-http"], setup_logging=False)


@contextmanager
def environment(database, uid=SUPERUSER_ID):
    """Give an environment in this process, committed at the end."""
    configure()
    with Registry(database).cursor() as cr:
        yield api.Environment(cr, uid, {})


def build(database, schools=10, clerks=16):
    """Fill a database; return the ids that tests need.

    The clerks (``clerk0`` …) are central registrars of the area office; two of
    ``schools`` are hosted here with staff of their own (``school0a``, ``school0b``,
    ``school1a`` …); all, and ``admin``, have the password ``saraban``.
    """
    with environment(database) as env:
        office = env.company.partner_id
        office.write(
            {
                "name": "สพป.ทดสอบ เขต 1",
                "agency_type": "area_primary",
                "letter_prefix": "ศธ 04999",
                "saraban_email": "office@example.com",
            }
        )
        agencies = _schools(env, office, schools)
        _users(env, env.company, [f"clerk{index}" for index in range(clerks)], CENTRAL)
        for index in range(2):
            company = env["res.company"].create(
                {"name": agencies[index].name, "partner_id": agencies[index].id}
            )
            _users(env, company, [f"school{index}a", f"school{index}b"], CENTRAL)
        _give_password(env, "^(admin$|clerk|school)")
        return {"office": office.id, "schools": agencies.ids}


def build_rooms(database, people=50, rooms=2):
    """Add meeting rooms to a database; return their ids.

    ``people`` book them (``guest0`` …), ``keeper`` decides about all but the last one,
    which needs no approval.
    """
    with environment(database) as env:
        env.company.partner_id.tz = "Asia/Bangkok"
        _users(env, env.company, [f"guest{index}" for index in range(people)], ROOMS)
        [keeper] = _users(env, env.company, ["keeper"], ROOMS)
        _give_password(env, "^(keeper$|guest)")
        made = env["amss.room"].create(
            [
                {
                    "name": f"ห้องทดสอบ {index}",
                    "capacity": 100,
                    "keeper_ids": [Command.set(keeper.ids)],
                    "needs_approval": index < rooms - 1,
                }
                for index in range(rooms)
            ]
        )
        return made.ids


def _give_password(env, logins):
    env.flush_all()
    # one hash for all: a hash of Odoo's strength takes a quarter of a second
    env.cr.execute(
        "UPDATE res_users SET password = %s WHERE login ~ %s",
        [pbkdf2_sha512.using(rounds=600_000).hash(PASSWORD), logins],
    )


def _schools(env, office, count):
    """Make that many schools below an office."""
    return env["res.partner"].create(
        [
            {
                "name": f"โรงเรียนทดสอบ {index}",
                "is_company": True,
                "agency_type": "school",
                "agency_code": f"T{index:05}",
                "letter_prefix": f"ศธ 04999.{index + 1:03}",
                "parent_agency_id": office.id,
                "saraban_email": f"school{index}@example.com",
            }
            for index in range(count)
        ]
    )


def _users(env, company, logins, role):
    groups = env.ref("base.group_user") | env.ref(role)
    return (
        env["res.users"]
        .with_context(no_reset_password=True)
        .create(
            [
                {
                    "name": login,
                    "login": login,
                    "company_id": company.id,
                    "company_ids": [Command.set(company.ids)],
                    "group_ids": [Command.set(groups.ids)],
                    "tz": "Asia/Bangkok",
                }
                for login in logins
            ]
        )
    )
