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
        "data/mail_template_data.xml",
        "data/res_lang.xml",
        "wizard/amss_signup_refuse_views.xml",
        "views/amss_signup_request_views.xml",
        "views/hr_department_views.xml",
        "views/res_partner_views.xml",
        "views/res_users_views.xml",
        "views/res_config_settings_views.xml",
        "views/res_lang_views.xml",
        "views/signup_templates.xml",
        "views/menus.xml",
    ],
    "post_init_hook": "post_init_hook",
    "assets": {
        # directly after the session: it must be there when core's dates.js loads
        "web._assets_core": [
            (
                "after",
                "web/static/src/session.js",
                "amss_base/static/src/core/buddhist_era/*.js",
            ),
        ],
        "web.assets_frontend": [
            (
                "after",
                "web/static/src/session.js",
                "amss_base/static/src/core/buddhist_era/*.js",
            ),
        ],
        "web.assets_backend": [
            (
                "after",
                "web/static/src/session.js",
                "amss_base/static/src/views/calendar/utils.js",
            ),
            "amss_base/static/src/search/*.js",
            "amss_base/static/src/views/calendar/calendar_*.js",
            "amss_base/static/src/views/fields/*.js",
        ],
        "web.assets_unit_tests": ["amss_base/static/tests/*.test.js"],
        "web.assets_tests": ["amss_base/static/tests/tours/*.js"],
    },
    "installable": True,
    "application": True,
}
