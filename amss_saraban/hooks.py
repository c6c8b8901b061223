# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from .tools import search_sql


def pre_init_hook(env):
    """Stop the installation where letters could not be found, and say the remedy."""
    search_sql.check(env.cr)


def uninstall_hook(env):
    """Leave nothing of the search in the database: a column of all attachments."""
    search_sql.remove(env.cr)
