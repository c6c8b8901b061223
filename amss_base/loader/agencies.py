# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""agencies.csv: the area office itself, its schools, and whom they write to."""

from ..tools import csv_cells as cells
from ..tools.csv_set import Column, FileSpec
from .session import QUIET, FileHandler

AGENCY_TYPES = {
    "ministry": ("กระทรวง", "ส่วนราชการระดับกระทรวง"),
    "obec": ("สพฐ", "สำนักงานคณะกรรมการการศึกษาขั้นพื้นฐาน"),
    "area_primary": ("สพป", "สำนักงานเขตพื้นที่การศึกษาประถมศึกษา"),
    "area_secondary": ("สพม", "สำนักงานเขตพื้นที่การศึกษามัธยมศึกษา"),
    "school": ("สถานศึกษา", "โรงเรียน"),
    "government": ("หน่วยงานราชการอื่น", "ส่วนราชการอื่น"),
    "private": ("เอกชน", "หน่วยงานเอกชน"),
    "person": ("บุคคล", "บุคคลธรรมดา"),
}

SPEC = FileSpec(
    "agencies.csv",
    (
        Column("code", "รหัสหน่วยงาน", cells.code, required=True),
        Column("name", "ชื่อหน่วยงาน", cells.text, required=True),
        Column("type", "ประเภท", cells.choice(AGENCY_TYPES), required=True),
        Column("letter_prefix", "เลขประจำหน่วยงาน", cells.letter_prefix),
        Column("parent", "รหัสหน่วยงานต้นสังกัด", cells.code),
        Column("saraban_email", "อีเมลสารบรรณ", cells.email),
        Column("phone", "โทรศัพท์", cells.text),
        Column("tags", "กลุ่มหน่วยงาน", cells.words),
        Column("own_office", "เป็นสำนักงานนี้", cells.boolean),
    ),
    unique=(("code",), ("letter_prefix",)),
)


class AgenciesHandler(FileHandler):
    """Agencies are known by their code; a set may name those loaded before."""

    spec = SPEC

    def __init__(self, session):
        super().__init__(session)
        self.partners = session.env["res.partner"].with_context(**QUIET)
        found = self.partners.with_context(active_test=False).search(
            [("agency_code", "!=", False)]
        )
        self.by_code = {partner.agency_code: partner for partner in found}
        self.in_file = {row["code"]: row for row in self.rows if row["code"]}

    def knows(self, code):
        """Tell whether an agency of that code is in the set or in the database."""
        return code in self.in_file or code in self.by_code

    def is_own(self, code):
        """Tell whether that code is the hosting office's."""
        row = self.in_file.get(code)
        own = self.env.company.partner_id
        return bool(row and row["own_office"]) or own.agency_code == code

    def is_school(self, code):
        """Tell whether a school has that code."""
        row = self.in_file.get(code)
        if row:
            return row["type"] == "school"
        return self.by_code[code].agency_type == "school"

    def find(self, code):
        """Return the agency of that code, the hosting office without a code; only
        while loading."""
        return self.by_code[code] if code else self.env.company.partner_id

    def check(self):
        own_line = None
        for row in self.rows:
            parent = row["parent"]
            if parent and not self.knows(parent):
                self._unknown(row, "parent")
            elif parent and self._is_below_itself(row):
                message = self.env._(
                    "an agency cannot stand below itself. Correct the code."
                )
                self.problem(row, "parent", message)
            if row["own_office"]:
                self._check_own(row, own_line)
                own_line = own_line or row.line

    def _unknown(self, row, column):
        self.problem(
            row,
            column,
            self.env._(
                "there is no agency with code “%(code)s”, neither in agencies.csv nor "
                "in the database. Correct the code, or add the agency to agencies.csv.",
                code=row[column],
            ),
        )

    def check_known(self, row, column):
        """Report the code in ``column`` unless it is empty or an agency's.

        :return: whether the cell can be used
        """
        if row[column] and not self.knows(row[column]):
            self._unknown(row, column)
            return False
        return True

    def _is_below_itself(self, row):
        seen = set()
        while row and row["code"] not in seen:
            seen.add(row["code"])
            if row["parent"] in seen:
                return True
            row = self.in_file.get(row["parent"])
        return False

    def _check_own(self, row, own_line):
        own = self.env.company.partner_id
        if own_line:
            message = self.env._(
                "line %(line)s is marked as this office already. Mark one line only.",
                line=own_line,
            )
            self.problem(row, "own_office", message)
        elif own.agency_code and own.agency_code != row["code"]:
            message = self.env._(
                "this office is in the database with code “%(code)s”. Write that code, "
                "or correct it first in the company's contact.",
                code=own.agency_code,
            )
            self.problem(row, "code", message)
        elif self.by_code.get(row["code"], own) != own:
            message = self.env._(
                "another agency has code “%(code)s”. Correct the code.",
                code=row["code"],
            )
            self.problem(row, "code", message)

    def load(self):
        if not self.rows:
            return
        tags = self._load_tags()
        own = self.env.company.partner_id.with_context(**QUIET)
        items = []
        for row in self.rows:
            record = own if row["own_office"] else self.by_code.get(row["code"])
            items.append((row, record or self.partners.browse(), self._vals(row, tags)))
        for row, partner in zip(self.rows, self.save(items), strict=True):
            self.by_code[row["code"]] = partner
        self._load_parents()

    def _vals(self, row, tags):
        return {
            "agency_code": row["code"],
            "name": row["name"],
            "agency_type": row["type"],
            "is_company": row["type"] != "person",
            "letter_prefix": row["letter_prefix"],
            "saraban_email": row["saraban_email"],
            "phone": row["phone"],
            "category_id": [tags[name] for name in row["tags"] or ()],
        }

    def _load_tags(self):
        """Return the id of each tag named in the file, making those that are new."""
        names = dict.fromkeys(name for row in self.rows for name in row["tags"] or ())
        model = self.env["res.partner.category"]
        found = model.search([("name", "in", list(names))])
        ids = {tag.name: tag.id for tag in found}
        new = [name for name in names if name not in ids]
        for tag in model.create([{"name": name} for name in new]):
            ids[tag.name] = tag.id
        return ids

    def _load_parents(self):
        """Set the agencies above, now that all of them exist."""
        moved = {}
        for row in self.rows:
            partner = self.by_code[row["code"]]
            parent = self.by_code.get(row["parent"])
            if parent and partner.parent_agency_id != parent:
                moved.setdefault(parent, self.partners.browse())
                moved[parent] |= partner
        self.link(moved, "parent_agency_id")
