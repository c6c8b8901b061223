# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What tests of the whole share: a district in a database, and a server for it."""

import databases
import pytest
from odoo_server import Server

SCHOOLS = 1000


@pytest.fixture(scope="session")
def district():
    """Give a database with a district, and the ids of its agencies."""
    assert databases.CONFIG and databases.INSTALLED, (
        "Run these tests with ./scripts/test: it makes the database that they clone."
    )
    import office

    with databases.clone(f"{databases.INSTALLED}_system") as name:
        yield {"database": name, **office.build(name, SCHOOLS)}


@pytest.fixture(scope="session")
def server(district):
    """Give a running server of four worker processes."""
    with Server(district["database"]) as running:
        yield running


@pytest.fixture(scope="session")
def clerks(server):
    """Give sixteen central registrars of the area office, logged in."""
    return [server.client(f"clerk{index}") for index in range(16)]
