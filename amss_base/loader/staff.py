# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""staff.csv: the people of the office, known by their citizen ID."""

from ..tools import csv_cells as cells
from ..tools.csv_set import Column, FileSpec
from .groups import SPEC as GROUPS
from .session import QUIET, FileHandler

SPEC = FileSpec(
    "staff.csv",
    (
        Column("citizen_id", "เลขประจำตัวประชาชน", cells.citizen_id, required=True),
        Column("name", "ชื่อ-สกุล", cells.text, required=True),
        Column("group", "กลุ่ม", cells.text),
        Column("job_title", "ตำแหน่ง", cells.text),
        Column("email", "อีเมล", cells.email),
        Column("phone", "โทรศัพท์", cells.text),
        Column("head", "เป็นหัวหน้ากลุ่ม", cells.boolean),
    ),
    unique=(("citizen_id",),),
)


class StaffHandler(FileHandler):
    """Employees; who is not on file here cannot sign up."""

    spec = SPEC

    def __init__(self, session):
        super().__init__(session)
        self.employees = session.env["hr.employee"].with_context(**QUIET)
        self.groups = self.other(GROUPS.name)
        self.in_file = {row["citizen_id"]: row for row in self.rows}
        self.by_citizen_id = {}
        self.look_up(self.in_file)

    def look_up(self, citizen_ids):
        """Find the employees with these IDs, so that :meth:`find` knows them."""
        wanted = set(citizen_ids) - {None} - self.by_citizen_id.keys()
        found = self.employees.with_context(active_test=False).search(
            [
                ("identification_id", "in", sorted(wanted)),
                ("company_id", "=", self.env.company.id),
            ]
        )
        self.by_citizen_id |= {
            employee.identification_id: employee for employee in found
        }

    def knows(self, citizen_id):
        """Tell whether that person is in the set or in the database."""
        return citizen_id in self.in_file or citizen_id in self.by_citizen_id

    def find(self, citizen_id):
        """Return the employee with that ID, or none."""
        return self.by_citizen_id.get(citizen_id, self.employees.browse())

    def group_name(self, citizen_id):
        """Return the name of the group a person will be in, or nothing."""
        row = self.in_file.get(citizen_id)
        return (row and row["group"]) or self.find(citizen_id).department_id.name

    def check(self):
        heads = {}
        for row in self.rows:
            known = self.groups.check_known(row, "group")
            if not row["head"] or not known:
                continue
            group = self.groups.aliases.get(row["group"], row["group"])
            if not group:
                message = self.env._("a head needs a group. Fill in the group.")
                self.problem(row, "head", message)
            elif heads.setdefault(group, row) is not row:
                message = self.env._(
                    "line %(line)s names a head of this group already. Keep one.",
                    line=heads[group].line,
                )
                self.problem(row, "head", message)

    def load(self):
        if not self.rows:
            return
        items = [
            (row, self.find(row["citizen_id"]), self._vals(row)) for row in self.rows
        ]
        heads = {}
        for row, employee in zip(self.rows, self.save(items), strict=True):
            self.by_citizen_id[row["citizen_id"]] = employee
            group = self.groups.find(row["group"])
            if row["head"] and group.manager_id != employee:
                heads[employee] = group
        for employee, group in heads.items():
            group.manager_id = employee
            self.count_updated(employee)

    def _vals(self, row):
        group = self.groups.find(row["group"])
        return {
            "identification_id": row["citizen_id"],
            "name": row["name"],
            "company_id": self.env.company.id,
            "department_id": group.id or None,
            "job_title": row["job_title"],
            "work_email": row["email"],
            "work_phone": row["phone"],
        }
