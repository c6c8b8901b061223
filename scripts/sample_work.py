# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
# ruff: noqa: F821  # env is the Odoo shell's
"""Some letters on their way through the sample district, all names plainly samples.

Run by scripts/demo in an Odoo shell, once, after the sample district was loaded. All is
done by the steps that people take, as the people who take them.
"""

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
env.cr.commit()
