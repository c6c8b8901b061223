# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""groups.csv: the groups (กลุ่ม) of the office and the sections below them."""

from ..tools import csv_cells as cells
from ..tools.csv_set import Column, FileSpec
from .session import QUIET, FileHandler

SPEC = FileSpec(
    "groups.csv",
    (
        Column("name", "ชื่อกลุ่ม", cells.text, required=True),
        Column("parent", "อยู่ในกลุ่ม", cells.text),
        Column("other_names", "ชื่ออื่นที่ใช้ในแฟ้ม", cells.words),
    ),
    unique=(("name",),),
)


class GroupsHandler(FileHandler):
    """Groups are known by name. ``other_names`` are how other files of the same set
    write a group, such as a register that was kept under an older name."""

    spec = SPEC

    def __init__(self, session):
        super().__init__(session)
        self.departments = session.env["hr.department"].with_context(**QUIET)
        found = self.departments.search([("company_id", "=", self.env.company.id)])
        self.by_name = {}
        self.ambiguous = set()
        for department in found:
            if department.name in self.by_name:
                self.ambiguous.add(department.name)
            self.by_name[department.name] = department
        self.in_file = {row["name"]: row for row in self.rows if row["name"]}
        self.aliases = {
            alias: row["name"]
            for row in self.rows
            for alias in row["other_names"] or ()
        }

    def check(self):
        written = {}
        for row in self.rows:
            self.check_known(row, "parent")
            if row["name"] and self._is_below_itself(row):
                message = self.env._(
                    "a group cannot stand below itself. Correct the name."
                )
                self.problem(row, "parent", message)
            if row["name"] in self.ambiguous:
                self._two_of_this_name(row, "name")
            for alias in row["other_names"] or ():
                other = written.setdefault(alias, row)
                if other is not row or alias in self.in_file:
                    message = self.env._(
                        "“%(name)s” would mean two groups. Keep it with one of them.",
                        name=alias,
                    )
                    self.problem(row, "other_names", message)

    def _is_below_itself(self, row):
        seen = set()
        while row and row["name"] not in seen:
            seen.add(row["name"])
            parent = self.aliases.get(row["parent"], row["parent"])
            if parent in seen:
                return True
            row = self.in_file.get(parent)
        return False

    def _two_of_this_name(self, row, column):
        message = self.env._(
            "the database has two groups named “%(name)s”. Rename one of them there.",
            name=row[column],
        )
        self.problem(row, column, message)

    def check_known(self, row, column):
        """Report the name in ``column`` unless it is empty or one group's.

        :return: whether the cell can be used
        """
        name = self.aliases.get(row[column], row[column])
        if not name or name in self.in_file:
            return True
        if name in self.ambiguous:
            self._two_of_this_name(row, column)
            return False
        if name in self.by_name:
            return True
        self.problem(
            row,
            column,
            self.env._(
                "there is no group “%(name)s”, neither in groups.csv nor in the "
                "database. Correct the name, or add the group to groups.csv.",
                name=row[column],
            ),
        )
        return False

    def find(self, name):
        """Return the group of that name, or none; only while loading."""
        return self.by_name.get(self.aliases.get(name, name), self.departments.browse())

    def load(self):
        if not self.rows:
            return
        company = self.env.company.id
        items = [
            (
                row,
                self.by_name.get(row["name"], self.departments.browse()),
                {"name": row["name"], "company_id": company},
            )
            for row in self.rows
        ]
        for row, department in zip(self.rows, self.save(items), strict=True):
            self.by_name[row["name"]] = department
        self._load_parents()

    def _load_parents(self):
        moved = {}
        for row in self.rows:
            department, parent = self.find(row["name"]), self.find(row["parent"])
            if parent and department.parent_id != parent:
                moved.setdefault(parent, self.departments.browse())
                moved[parent] |= department
        self.link(moved, "parent_id")
