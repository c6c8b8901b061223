# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import test_thai_tools
from . import test_csv_set
from . import test_loader
