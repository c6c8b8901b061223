# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the web client asks for when a user opens a list from the menu.

The domain of the action with its default filters, all columns of the list, its first
page and the count up to what the list says: one call, in a transaction of its own.
"""

import ast
import time
from contextlib import contextmanager

import office
from lxml import etree

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.tools.safe_eval import safe_eval

PAGE = 80
COUNTED = 10_000
RELATIONS = ("many2one", "one2many", "many2many")


@contextmanager
def session(database, login):
    """Give an environment of a user as a request has it, thrown away at the end."""
    office.configure()
    with Registry(database).cursor() as cr:
        user = api.Environment(cr, SUPERUSER_ID, {})["res.users"].search(
            [("login", "=", login)]
        )
        context = {
            "lang": "th_TH",
            "tz": "Asia/Bangkok",
            "allowed_company_ids": user.company_id.ids,
        }
        env = api.Environment(cr, user.id, context)
        env.user.has_group("base.group_user")  # who asks is known before the call
        yield env
        cr.rollback()


def request(env, action_name):
    """Return the call of a list's first page: model and named arguments.

    :param str action_name: XML id of a window action
    """
    action = env["ir.actions.act_window"]._for_xml_id(action_name)
    model = env[action["res_model"]]
    views = model.get_views(
        [(next(i for i, kind in action["views"] if kind == "list"), "list")]
        + [((action["search_view_id"] or [False])[0], "search")]
    )
    columns = etree.fromstring(views["views"]["list"]["arch"])
    search = etree.fromstring(views["views"]["search"]["arch"])
    domain = _evaluated(env, action["domain"]) or []
    for name in _evaluated(env, action["context"]) or {}:
        if name.startswith("search_default_"):
            chosen = name.removeprefix("search_default_")
            [found] = search.xpath(f"//filter[@name='{chosen}']")
            domain = domain + ast.literal_eval(found.get("domain"))
    types = views["models"][model._name]["fields"]
    specification = {
        name: {"fields": {"display_name": {}}}
        if types[name]["type"] in RELATIONS
        else {}
        for name in columns.xpath("./field/@name")
    }
    return action["res_model"], {
        "domain": domain,
        "specification": specification,
        "limit": int(columns.get("limit", PAGE)),
        "order": columns.get("default_order") or "",
        "count_limit": int(columns.get("count_limit", COUNTED)) + 1,
    }


def _evaluated(env, text):
    return safe_eval(text, {"uid": env.uid}) if text else None


def measure(database, login, call):
    """Return seconds and statements of one call in a transaction of its own.

    :param call: function of an environment
    """
    with session(database, login) as env:
        before = env.cr.sql_log_count
        began = time.perf_counter()
        call(env)
        seconds = time.perf_counter() - began
        return seconds, env.cr.sql_log_count - before


def first_page(database, login, action_name):
    """Return the function that asks for a list's first page."""
    with session(database, login) as env:
        model, arguments = request(env, action_name)

    def call(env):
        return env[model].web_search_read(**arguments)

    return call
