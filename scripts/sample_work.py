# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
# ruff: noqa: F821  # env is the Odoo shell's
"""Letters on their way and rooms asked for in the sample district, plainly samples.

Run by scripts/demo in an Odoo shell, once, after the sample district was loaded. All is
done by the steps that people take, as the people who take them.
"""

from datetime import timedelta

#: one empty page
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF\n"
)


def user(login):
    return env["res.users"].search([("login", "=", login)])


def attach(letter, name):
    env["ir.attachment"].create(
        {
            "name": name,
            "raw": PDF,
            "res_model": "amss.document",
            "res_id": letter.id,
            "letter_file": True,
        }
    )


def from_school(school, subject, urgency="normal"):
    """Send a letter from a school to the office, as its portal page does."""
    agency = school.agency_id
    # sudo as the portal's pages do: schools have no right on the models
    letter = env["amss.document"].with_user(school).sudo()
    letter = letter.create(
        {
            "subject": subject,
            "addressee_text": "ผู้อำนวยการสำนักงานเขตพื้นที่การศึกษา",
            "agency_id": agency.id,
            "department_id": False,
            "user_id": False,
            "urgency": urgency,
        }
    )
    attach(letter, "หนังสือโรงเรียน (ตัวอย่าง).pdf")
    letter._issue()
    letter._send(office)


def from_outside(number, subject, urgency="normal"):
    """Register a letter of OBEC that came on paper."""
    letter = (
        env["amss.document"]
        .with_user(central)
        .create(
            {
                "origin": "outside",
                "letter_number": number,
                "subject": subject,
                "sender_text": "สำนักงานคณะกรรมการการศึกษาขั้นพื้นฐาน",
                "addressee_text": "ผู้อำนวยการสำนักงานเขตพื้นที่การศึกษา",
                "department_id": False,
                "user_id": False,
                "urgency": urgency,
            }
        )
    )
    attach(letter, "หนังสือนำส่ง (ตัวอย่าง).pdf")
    letter.action_register_outside()
    return letter


def route(records, by, **values):
    """Assign letters with the dialog of that name."""
    action = records.with_user(by).action_route()
    dialog = env["amss.route"].with_user(by).browse(action["res_id"])
    dialog.write(values)
    dialog.action_confirm()


def book(login, purpose, rooms, day, **values):
    """Ask for rooms with the dialog of that name; return the bookings."""
    found = env["amss.room"].search([("name", "in", rooms)])
    dialog = env["amss.room.book"].with_user(user(login))
    purpose = f"{purpose} (ตัวอย่าง)"
    dialog = dialog.create(
        {
            "room_ids": [(6, 0, found.ids)],
            "name": purpose,
            "date_from": day,
            "phone": "0 0000 0000",
            **values,
        }
    )
    dialog.action_book()
    return env["amss.room.booking"].search([("name", "=", purpose)], order="start")


def refuse(bookings, by, reason):
    """Refuse requests with the dialog of that name."""
    action = bookings.with_user(by).action_open_refuse()
    dialog = env[action["res_model"]].with_user(by).browse(action["res_id"])
    dialog.reason = reason
    dialog.action_confirm()


central, group, staff, director = map(user, ("central", "group", "staff", "director"))
office = central.agency_id
# Odoo's own department is none of the office's groups
env.ref("hr.dep_administration").active = False
department = group.registrar_department_ids[:1]

from_school(user("school001"), "ขอส่งรายงานผลการประเมินตนเอง (ตัวอย่าง)")
from_school(user("school002"), "ขออนุญาตพานักเรียนไปทัศนศึกษา (ตัวอย่าง)", "urgent")
from_school(user("school003"), "ขอรับการสนับสนุนวิทยากร (ตัวอย่าง)", "most_urgent")

budget = from_outside("ศธ 04006/ว1201", "การจัดสรรงบประมาณเพิ่มเติม (ตัวอย่าง)", "urgent")
meeting = from_outside(
    "ศธ 04002/ว1188", "ขอเชิญประชุมทางไกลผ่านดาวเทียม (ตัวอย่าง)", "most_urgent"
)
survey = from_outside("ศธ 04010/ว1175", "การสำรวจข้อมูลนักเรียนรายคน (ตัวอย่าง)")
from_outside("ศธ 04009/ว1160", "ประชาสัมพันธ์การคัดเลือกครูดีเด่น (ตัวอย่าง)")

# to the director, who endorses it to a group, whose registrar gives it to a person
route(budget, central, owner_user_id=director.id, instruction="เพื่อโปรดพิจารณา")
route(
    budget.assignment_ids,
    director,
    owner_department_id=department.id,
    instruction="ทราบ มอบกลุ่มดำเนินการ",
    decision="proceed",
)
of_group = budget.assignment_ids.filtered("department_id")
of_group.with_user(group).action_accept()
route(
    of_group,
    group,
    owner_user_id=staff.id,
    instruction="ดำเนินการและรายงานภายในกำหนด",
)
# to a group, and to all others for information
route(
    meeting,
    central,
    owner_department_id=department.id,
    info_department_ids=[(6, 0, central.department_ids.ids)],
    instruction="เพื่อดำเนินการ",
)
# to the wrong group, which sends it back
route(survey, central, owner_department_id=department.id)
survey.assignment_ids.with_user(group)._return(
    "wrong_addressee", "เป็นงานของกลุ่มส่งเสริมการจัดการศึกษา"
)

# The rooms, from the next working day on: a demo may start at any hour of any day
now = office._agency_now()
today = now.date()
days = [today + timedelta(days=number) for number in range(1, 22)]
days = [day for day in days if day.weekday() < 5]

soon = max(now.hour + 2, 9)
if soon <= 15:
    hours = {"slot": "times", "hour_from": soon, "hour_to": soon + 2}
    book("director", "หารือข้อราชการ", ["ทับทิม"], today, headcount=6, **hours)
meeting = book(
    "group",
    "ประชุมผู้บริหารสถานศึกษา",
    ["เพชร"],
    days[1],
    slot="day",
    headcount=110,
    chair="ผู้อำนวยการสำนักงานเขตพื้นที่การศึกษา",
    participant_ids=[(6, 0, (director | staff).partner_id.ids)],
)
meeting.with_user(central).action_approve()
training = book(
    "central",
    "อบรมเชิงปฏิบัติการงานสารบรรณ",
    ["ไพลิน", "มรกต"],
    days[3],
    date_to=days[3] + timedelta(days=1),
    slot="day",
    headcount=60,
)
weekly = book(
    "personnel",
    "ประชุมกลุ่มบริหารงานบุคคล",
    ["พลอยชมพู"],
    days[0],
    slot="morning",
    headcount=15,
    repeat="week",
    until=days[0] + timedelta(weeks=3),
    **{("mon", "tue", "wed", "thu", "fri")[days[0].weekday()]: True},
)
weekly.with_user(group).action_approve()
# two that wait for the keeper, and one that could not be had
book("staff", "ประชุมจัดทำแผนปฏิบัติการ", ["ไพลิน"], days[1], slot="afternoon", headcount=30)
book("group2", "สอบสัมภาษณ์", ["มรกต"], days[2], slot="morning", headcount=12)
refused = book("staff", "ซ้อมพิธีการ", ["เพชร"], days[4], slot="afternoon", headcount=80)
refuse(refused, central, "ปิดปรับปรุงระบบเสียงในวันนั้น (ตัวอย่าง)")
env.cr.commit()
