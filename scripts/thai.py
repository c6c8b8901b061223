"""Make Thai the language of a new database; run in an Odoo shell (`env` is given)."""

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
partners = env["res.users"].with_context(active_test=False).search([]).partner_id  # noqa: F821
partners |= env["res.company"].search([]).partner_id  # noqa: F821
partners.write({"lang": "th_TH", "tz": "Asia/Bangkok"})
env["ir.default"].set("res.partner", "lang", "th_TH")  # noqa: F821
env["ir.default"].set("res.partner", "tz", "Asia/Bangkok")  # noqa: F821
env.company.country_id = env.ref("base.th")  # noqa: F821
env.cr.commit()  # noqa: F821
