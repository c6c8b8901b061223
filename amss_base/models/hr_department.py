# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

MEMBERSHIP_FIELDS = {"parent_id", "active", "manager_id", "registrar_ids"}


class HrDepartment(models.Model):
    _inherit = "hr.department"

    # The announcement of the Ministry of Education on the parts of area offices,
    # B.E. 2560, ข้อ 6, in its order.
    amss_standard_group = fields.Selection(
        [
            ("administration", "Administration Group"),
            ("policy", "Policy and Planning Group"),
            ("ict", "Distance Education, Information and Communication Group"),
            ("finance", "Finance and Assets Group"),
            ("personnel", "Personnel Group"),
            ("development", "Teacher and Personnel Development Group"),
            ("supervision", "Supervision, Monitoring and Evaluation Group"),
            ("promotion", "Education Promotion Group"),
            ("audit", "Internal Audit Unit"),
            ("legal", "Legal Affairs and Litigation Group"),
        ],
        string="Standard Group",
        copy=False,
        help="Which of the ten standard groups of an area office this is; its name "
        "may differ.",
    )
    registrar_ids = fields.Many2many(
        "res.users",
        "amss_department_registrar_rel",
        "department_id",
        "user_id",
        string="Group Registrars",
        domain="[('share', '=', False), ('company_ids', '=?', company_id)]",
        help="The staff who keep the correspondence of the group.",
    )

    _amss_standard_group_uniq = models.UniqueIndex(
        "(company_id, amss_standard_group) WHERE amss_standard_group IS NOT NULL",
        "This office already has that standard group.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        departments = super().create(vals_list)
        self.env["res.users"]._invalidate_user_departments()
        return departments

    def write(self, vals):
        result = super().write(vals)
        if MEMBERSHIP_FIELDS & vals.keys():
            self.env["res.users"]._invalidate_user_departments()
        return result

    def unlink(self):
        result = super().unlink()
        self.env["res.users"]._invalidate_user_departments()
        return result

    def action_create_standard_groups(self):
        """Create those of the ten standard groups that the current office lacks.

        :return: a notification of how many there were to create
        """
        return self.env.company.action_create_standard_groups()

    @api.model
    def _create_standard_groups(self, companies):
        """Create those of the ten standard groups that offices lack (S2, S4).

        What an office has renamed or archived it keeps that way, and a group that
        has the name of a standard group already becomes that one.

        :param companies: ``res.company`` records
        :return: the new departments
        """
        names = self._get_standard_group_names()
        existing = self.with_context(active_test=False).search(
            [("company_id", "in", companies.ids)]
        )
        had = {(dep.company_id, dep.amss_standard_group) for dep in existing}
        by_name = {
            (dep.company_id, dep.name): dep
            for dep in existing.filtered(lambda dep: not dep.amss_standard_group)
        }
        missing = []
        for company in companies:
            for key, translations in names.items():
                if (company, key) in had:
                    continue
                same = [(company, name) for name in translations.values()]
                found = next((by_name[pair] for pair in same if pair in by_name), None)
                if found:
                    found.amss_standard_group = key
                else:
                    missing.append((company, key))
        return self._create_named(missing, names)

    @api.model
    def _create_named(self, missing, names):
        """Create departments, named in every language.

        :param list missing: pairs of company and standard group
        :param dict names: by standard group, the names by language
        :return: the departments
        """
        departments = self.with_context(lang="en_US").create(
            [
                {
                    "name": names[key]["en_US"],
                    "company_id": company.id,
                    "amss_standard_group": key,
                }
                for company, key in missing
            ]
        )
        for department in departments:
            department.update_field_translations(
                "name", names[department.amss_standard_group]
            )
        return departments

    @api.model
    def _get_standard_group_names(self):
        """Give the names of the ten groups.

        :return: by standard group, a dict of names by language
        """
        languages = {"en_US", *dict(self.env["res.lang"].get_installed())}
        names = {}
        for lang in sorted(languages):
            field = self.with_context(lang=lang)._fields["amss_standard_group"]
            options = field._description_selection(self.with_context(lang=lang).env)
            for key, label in options:
                names.setdefault(key, {})[lang] = label
        return names
