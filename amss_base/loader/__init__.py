# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Load an office from CSV files: one handler for each file, in the order given.

``amss.loader`` (models/amss_loader.py) runs the handlers; other addons add theirs.
The format is documented in data/README.rst.
"""

from .agencies import AgenciesHandler
from .groups import GroupsHandler
from .session import FileHandler, LoadFailed, LoadSession
from .staff import StaffHandler
from .users import UsersHandler
