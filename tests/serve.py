# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The odoo command as a file: a server of many processes starts itself by its name."""

import odoo.cli

if __name__ == "__main__":
    odoo.cli.main()
