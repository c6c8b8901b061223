# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""users.csv: who may log in, in which role, with which first password."""

from ..tools import csv_cells as cells
from ..tools.csv_set import Column, FileSpec
from .agencies import SPEC as AGENCIES
from .session import QUIET, FileHandler
from .staff import SPEC as STAFF

ROLES = {
    "staff": ("บุคลากร",),
    "group_registrar": ("สารบรรณกลุ่ม",),
    "central_registrar": ("สารบรรณกลาง",),
    "director": ("ผู้บริหาร",),
    "personnel": ("เจ้าหน้าที่บุคคล",),
    "administrator": ("ผู้ดูแลระบบ",),
    "rooms_administrator": ("ผู้ดูแลระบบห้องประชุม",),
    "school_registrar": ("สารบรรณโรงเรียน", "สารบรรณสถานศึกษา"),
}
SCHOOL_ROLE = "school_registrar"

SPEC = FileSpec(
    "users.csv",
    (
        Column("login", "ชื่อผู้ใช้", cells.login, required=True),
        Column("password", "รหัสผ่านแรก", cells.password),
        Column("role", "บทบาท", cells.choices(ROLES), required=True),
        Column("citizen_id", "เลขประจำตัวประชาชน", cells.citizen_id),
        Column("agency", "รหัสหน่วยงาน", cells.code),
        Column("name", "ชื่อ-สกุล", cells.text),
        Column("email", "อีเมล", cells.email),
    ),
    unique=(("login",), ("citizen_id",)),
)


class UsersHandler(FileHandler):
    """Users are known by their user name. A password is set once, on creation."""

    spec = SPEC

    def __init__(self, session):
        super().__init__(session)
        self.users = session.env["res.users"].with_context(**QUIET)
        self.agencies = self.other(AGENCIES.name)
        self.staff = self.other(STAFF.name)
        self.staff.look_up(row["citizen_id"] for row in self.rows)
        found = self.users.with_context(active_test=False).search(
            [("login", "in", [row["login"] for row in self.rows if row["login"]])]
        )
        self.by_login = {user.login: user for user in found}
        loader = session.env["amss.loader"]
        self.groups = loader._role_groups()
        self.office_groups = loader._office_groups()
        self.in_file = {row["login"]: row for row in self.rows}

    def look_up(self, logins):
        """Find the users with these names, so that :meth:`find` knows them."""
        wanted = set(logins) - {None} - self.by_login.keys()
        found = self.users.search([("login", "in", sorted(wanted))])
        self.by_login |= {user.login: user for user in found}

    def is_staff(self, login):
        """Tell whether a user of this office has that name, in the set or before."""
        row = self.in_file.get(login)
        if row:
            return SCHOOL_ROLE not in (row["role"] or ())
        user = self.find(login)
        return bool(user) and not user.share and self.env.company in user.company_ids

    def find(self, login):
        """Return the user of that name, or none."""
        return self.by_login.get(login, self.users.browse())

    def check(self):
        for row in self.rows:
            if not row["login"] or not row["role"]:
                continue
            if not set(row["role"]) <= self.groups.keys():
                message = self.env._(
                    "this role comes with an addon that is not installed. Install it "
                    "first, or choose another role."
                )
                self.problem(row, "role", message)
            if row["login"] not in self.by_login and not row["password"]:
                message = self.env._(
                    "a new user needs a first password. Fill it in, or leave the line "
                    "out: staff can sign up by themselves with their citizen ID."
                )
                self.problem(row, "password", message)
            if row["role"] == (SCHOOL_ROLE,):
                self._check_school_user(row)
            elif SCHOOL_ROLE in row["role"]:
                message = self.env._(
                    "a school's registrar has no role in this office. Write one of the "
                    "two."
                )
                self.problem(row, "role", message)
            else:
                self._check_staff_user(row)

    def _check_school_user(self, row):
        for column in ("agency", "name"):
            if not row[column]:
                message = self.env._("a school's registrar needs this. Fill it in.")
                self.problem(row, column, message)
        if not row["agency"] or not self.agencies.check_known(row, "agency"):
            return
        if self.agencies.is_own(row["agency"]):
            message = self.env._(
                "this role is for schools, not for this office. Write the school's "
                "code, or choose another role."
            )
            self.problem(row, "agency", message)
        user = self.by_login.get(row["login"])
        agency = self.agencies.by_code.get(row["agency"])
        if user and user.partner_id.commercial_partner_id != agency:
            self._taken(row)

    def _check_staff_user(self, row):
        if not row["citizen_id"]:
            message = self.env._(
                "a user of this role is on the staff list. Fill in the citizen ID "
                "that staff.csv has."
            )
            self.problem(row, "citizen_id", message)
            return
        if not self.staff.knows(row["citizen_id"]):
            message = self.env._(
                "nobody on the staff list has this citizen ID. Correct it, or add the "
                "person to staff.csv."
            )
            self.problem(row, "citizen_id", message)
            return
        if "group_registrar" in row["role"]:
            self._check_has_group(row)
        user = self.find(row["login"])
        employee = self.staff.find(row["citizen_id"])
        if employee.user_id and employee.user_id != user:
            message = self.env._(
                "this person has the user name “%(login)s” already. Write that one.",
                login=employee.user_id.login,
            )
            self.problem(row, "login", message)
        elif user and employee.user_id != user:
            self._taken(row)

    def _check_has_group(self, row):
        if not self.staff.group_name(row["citizen_id"]):
            message = self.env._(
                "a group's registrar has to be in a group. Fill in the group of this "
                "person in staff.csv."
            )
            self.problem(row, "role", message)

    def _taken(self, row):
        message = self.env._(
            "the user name “%(login)s” belongs to someone else. Choose another one.",
            login=row["login"],
        )
        self.problem(row, "login", message)

    def load(self):
        if not self.rows:
            return
        items = [(row, self.find(row["login"]), self._vals(row)) for row in self.rows]
        kept = {}
        for row, user in zip(self.rows, self.save(items), strict=True):
            self.by_login[row["login"]] = user
            employee = self.staff.find(row["citizen_id"])
            if SCHOOL_ROLE not in row["role"] and employee.user_id != user:
                employee.user_id = user
                self.count_updated(user)
            if "group_registrar" in row["role"]:
                kept.setdefault(employee.department_id, self.users.browse())
                kept[employee.department_id] |= user
        for department, users in kept.items():
            new = users - department.registrar_ids
            if new:
                department.registrar_ids |= new
                self.count_updated(new)

    def _vals(self, row):
        user = self.by_login.get(row["login"])
        employee = self.staff.find(row["citizen_id"])
        groups = [self.env.ref(name).id for name in self._groups(row["role"])]
        vals = {
            "name": row["name"] or employee.name,
            "email": row["email"] or employee.work_email or None,
            "group_ids": groups,
        }
        if user:
            return vals
        vals |= {
            "login": row["login"],
            "password": row["password"],
            "tz": self.env.company.partner_id._agency_timezone().zone,
        }
        languages = dict(self.env["res.lang"].get_installed())
        vals |= {"lang": "th_TH"} if "th_TH" in languages else {}
        if SCHOOL_ROLE in row["role"]:
            vals["parent_id"] = self.agencies.find(row["agency"]).id
        return vals

    def _groups(self, roles):
        """Return the security groups (XML ids) of a user with these roles."""
        names = [] if SCHOOL_ROLE in roles else self.office_groups
        return dict.fromkeys(sum((self.groups[role] for role in roles), names))
