# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.fields import Command


def post_init_hook(env):
    """Let all staff who are there already book rooms, as they do in AMSS++ (S3).

    Those who come later have it from the default rights of users.
    """
    staff = env["res.users"].search([("share", "=", False)])
    group = env.ref("amss_rooms.group_rooms_user")
    staff.write({"group_ids": [Command.link(group.id)]})
