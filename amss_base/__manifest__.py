# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
{
    "name": "AMSS Base",
    "summary": "Thai public offices: agencies, groups, staff sign-up, Thai dates",
    "version": "19.0.1.0.0",
    "category": "Productivity/Saraban",
    "license": "LGPL-3",
    "author": "AMSS for Odoo contributors",
    "website": "https://github.com/amss-odoo/amss",
    "depends": ["hr", "portal", "auth_signup", "mail"],
    "external_dependencies": {"python": ["python-stdnum", "pythainlp"]},
    "data": [
        "security/amss_base_security.xml",
        "security/ir.model.access.csv",
    ],
    "assets": {},
    "installable": True,
    "application": False,
}
