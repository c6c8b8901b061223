"""The sample district goes in as an office's own files would: by the command line."""

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import csv
import shutil
import subprocess
import sys
from pathlib import Path

import databases
import pytest

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "data"
SAMPLE = DATA / "sample_district"
DATABASE = f"{databases.INSTALLED}_load"
OFFICE = "สำนักงานเขตพื้นที่การศึกษาประถมศึกษาเชียงใหม่ เขต 3"
# Seed manual of สพป.เชียงใหม่ เขต 3, January 2562: number, letter number, to, subject,
# group (the name that the group has now), person, day of registration
PRINTED = """
503|ศธ 04049/503|สพฐ|การจัดระบบประมวลผลแบบอัตโนมัติ ระบบการดำเนินการเรียนการสอน ปีงบประมาณ 2561|กลุ่มนโยบายและแผน|สภานิติบัญญัติ|2018-01-31
504|ศธ 04049/504|ศึกษาธิการจังหวัดเชียงใหม่|การคัดเลือกบุคคลเพื่อบรรจุและแต่งตั้งให้ดำรงตำแหน่งศึกษานิเทศก์|กลุ่มบริหารงานบุคคล|ศิริรัตน์|2018-01-31
505|ศธ 04049/505|ผู้อำนวยการสำนักงานตรวจเงินแผ่นดินจังหวัดเชียงใหม่|ส่งหลักฐานการดำเนินงานประจำปีงบประมาณ 2561|กลุ่มบริหารงานการเงินและสินทรัพย์||2018-01-31
506|ศธ 04049/ว506|ผู้อำนวยการโรงเรียนในสังกัด|การบรรยายพิเศษและมอบนโยบายของรัฐมนตรีว่าการกระทรวงศึกษาธิการ|กลุ่มอำนวยการ|เทอดเกียรติ|2018-01-31
507|ศธ 04049/ว507|ผู้อำนวยการโรงเรียนในสังกัด|อนุมัติใบแจ้งผลการแข่งขันศิลปกรรมนักเรียน ระดับชาติ ครั้งที่ 67 ประจำปีการศึกษา 2560|กลุ่มบริหารงานการเงินและสินทรัพย์|นางสาวศิริพรพรมา สว่าง|2018-01-31
508|ศธ 04049/ว508|ผู้อำนวยการโรงเรียนในสังกัด|ทดสอบ|กลุ่มอำนวยการ|เจ้าที่ธุรการกลุ่มอำนวยการ|2018-02-01
"""  # noqa: E501

# Seed manual of an area office, June 2566: day, room, purpose, group, time, people
TIMETABLE = """
2023-06-01|เพชร|รับสมัครสอบครูผู้ช่วย|กลุ่มบริหารงานบุคคล|day|100
2023-06-01|ไพลิน|ประชุมการบริหารจัดการข้อมูลสารสนเทศ ปีการศึกษา 2566|กลุ่มนโยบายและแผน|day|50
2023-06-01|มรกต|บรรจุข้าราชการครูและบุคลากรทางการศึกษา ตำแหน่งครูผู้ช่วย|กลุ่มบริหารงานบุคคล|morning|20
2023-06-02|เพชร|รับสมัครสอบครูผู้ช่วย|กลุ่มบริหารงานบุคคล|day|100
2023-06-03|เพชร|รับสมัครสอบครูผู้ช่วย|กลุ่มบริหารงานบุคคล|day|100
2023-06-04|เพชร|รับสมัครสอบครูผู้ช่วย|กลุ่มบริหารงานบุคคล|day|100
"""  # noqa: E501


def load(directory, *options, check=True):
    run = subprocess.run(
        [
            *(sys.executable, "-m", "odoo", f"--addons-path={ROOT}", "amss_load"),
            *("-c", databases.CONFIG, "-d", DATABASE),
            *(str(directory), *options),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert not check or run.returncode == 0, run.stdout + run.stderr
    return run


def query(statement):
    """Return the answer as text: a line for a row, a bar between its columns."""
    answer = databases.query(DATABASE, statement)
    return "\n".join(
        "|".join("" if value is None else str(value) for value in row) for row in answer
    )


@pytest.fixture(scope="module")
def first_load():
    """A fresh database with the sample district, and what loading it printed."""
    with databases.clone(DATABASE):
        yield load(SAMPLE, "--logins")


def rows(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.usefixtures("first_load")
def test_the_printed_lines_are_in_the_book_as_printed():
    found = query(
        """
        SELECT entry.number, document.letter_number, document.addressee_text,
               document.subject, department.name->>'th_TH', entry.person_name,
               (entry.registered_at + interval '7 hours')::date
          FROM amss_register_entry entry
          JOIN amss_document document ON document.id = entry.document_id
          JOIN hr_department department ON department.id = entry.department_id
         WHERE entry.year = 2561 ORDER BY entry.number
        """
    )
    assert found == PRINTED.strip()
    assert (
        query("SELECT DISTINCT sender_text, letter_date FROM amss_document")
        == f"{OFFICE}|2018-01-31"
    )


@pytest.mark.usefixtures("first_load")
def test_the_next_number_of_that_year_is_509():
    script = (
        "year = env['amss.register.year'].search([('year', '=', 2561)])\n"
        "now = env['amss.register']._for_agency(env.company.partner_id, 'sent')\n"
        "print('next:', year.next_number, now.next_number)\n"
    )
    run = subprocess.run(
        [
            *(sys.executable, "-m", "odoo", "shell", "--no-http"),
            *("-c", databases.CONFIG, "-d", DATABASE),
        ],
        input=script,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "next: 509 1" in run.stdout


@pytest.mark.usefixtures("first_load")
def test_the_rooms_of_june_2566_are_booked_as_printed():
    found = query(
        """
        SELECT booking.date, room.name, booking.name, department.name->>'th_TH',
               booking.slot, booking.headcount
          FROM amss_room_booking booking
          JOIN amss_room room ON room.id = booking.room_id
          JOIN hr_department department ON department.id = booking.department_id
         WHERE booking.state = 'held'
         ORDER BY booking.date, room.sequence
        """
    )
    assert found == TIMETABLE.strip()
    rooms = query("SELECT name FROM amss_room ORDER BY sequence")
    assert rooms.split() == ["เพชร", "ไพลิน", "พลอยชมพู", "มรกต", "ทับทิม"]


@pytest.mark.usefixtures("first_load")
def test_the_district_is_complete():
    schools = query("SELECT count(*) FROM res_partner WHERE agency_type = 'school'")
    assert int(schools) == 200
    unmarked = query(
        "SELECT name FROM res_partner "
        "WHERE agency_type = 'school' AND right(name, 10) != '(ตัวอย่าง)'"
    )
    assert not unmarked
    books = query(
        "SELECT count(DISTINCT register.agency_id), count(*) "
        "FROM amss_register register JOIN res_partner ON res_partner.id = agency_id "
        "WHERE agency_type = 'school'"
    )
    assert books == "200|400"


def test_one_login_of_every_role_is_printed(first_load):
    roles = {line.split()[-1].strip("()") for line in first_load.stdout.splitlines()}
    assert roles == {
        "staff",
        "group_registrar",
        "central_registrar",
        "director",
        "personnel",
        "administrator",
        "rooms_administrator",
        "school_registrar",
    }


@pytest.mark.usefixtures("first_load")
def test_loading_again_changes_nothing_and_says_so():
    tables = ("res_partner", "res_users", "hr_employee", "amss_register_entry")
    tables += ("amss_room", "amss_room_booking")
    state = "SELECT " + ", ".join(
        f"(SELECT (count(*), max(write_date))::text FROM {name})" for name in tables
    )
    before = query(state)
    run = load(SAMPLE, "--lang=en_US")
    assert "Nothing to do" in run.stderr
    assert query(state) == before


@pytest.mark.usefixtures("first_load")
def test_a_broken_set_loads_nothing_and_says_where(tmp_path):
    shutil.copy(SAMPLE / "groups.csv", tmp_path)
    agencies = (SAMPLE / "agencies.csv").read_text(encoding="utf-8")
    (tmp_path / "agencies.csv").write_text(
        agencies + "NEW,โรงเรียนใหม่ (ตัวอย่าง),สถานศึกษา,,AREA1,,,,\n", encoding="utf-8"
    )
    staff = (SAMPLE / "staff.csv").read_text(encoding="utf-8")
    (tmp_path / "staff.csv").write_bytes(staff.encode("cp874"))
    sent = (SAMPLE / "sent_register.csv").read_text(encoding="utf-8")
    (tmp_path / "sent_register.csv").write_text(
        sent + sent.splitlines()[-1].replace("508", "510") + "\n", encoding="utf-8"
    )
    run = load(tmp_path, "--lang=en_US", check=False)
    assert run.returncode == 1
    assert "staff.csv: the file is in TIS-620" in run.stderr
    assert "sent_register.csv, line 8, column “เลขทะเบียนส่ง”: number 509" in run.stderr
    assert "Nothing was loaded" in run.stderr
    assert not query("SELECT 1 FROM res_partner WHERE agency_code = 'NEW'")


@pytest.mark.usefixtures("first_load")
def test_a_template_has_every_column_of_its_file(tmp_path):
    """Filled-in templates load: each is accepted, and the sample uses no other."""
    for template in (DATA / "templates").iterdir():
        assert template.read_bytes().startswith("\ufeff".encode()), "for Excel"
        shutil.copy(template, tmp_path)
        sample = SAMPLE / template.name
        if sample.exists():
            headers = template.read_text(encoding="utf-8-sig").strip().split(",")
            assert set(rows(sample)[0]) <= set(headers)
    assert len(list(tmp_path.iterdir())) == 9
    load(tmp_path)


def test_the_sample_is_marked_as_such():
    for row in rows(SAMPLE / "staff.csv"):
        assert row["ชื่อ-สกุล"].endswith(" ตัวอย่าง")
        assert row["เลขประจำตัวประชาชน"][1:5] == "9999"
    for row in rows(SAMPLE / "agencies.csv"):
        assert not row["อีเมลสารบรรณ"] or row["อีเมลสารบรรณ"].endswith(".sample.example")
    for row in rows(SAMPLE / "users.csv"):
        assert row["รหัสผ่านแรก"]


@pytest.mark.usefixtures("first_load")
def test_problems_are_told_in_thai(tmp_path):
    (tmp_path / "groups.csv").write_text("ชื่อ\nก\n", encoding="utf-8")
    run = load(tmp_path, check=False)
    assert "groups.csv บรรทัด 1 คอลัมน์ “ชื่อ”" in run.stderr
