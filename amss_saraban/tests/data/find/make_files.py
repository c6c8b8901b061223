# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Make reportlab.pdf, mangled.pdf, word.docx and excel.xlsx; see README.rst.

Run by hand, in this folder; the tests read what it made.
"""

import zipfile

import xlsxwriter
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

GARUDA = "/usr/share/fonts/truetype/tlwg/Garuda.ttf"

CLEAN = (
    "คำสั่งสำนักงานเขตพื้นที่การศึกษา",
    "เรื่อง แต่งตั้งคณะกรรมการดำเนินการสอบคัดเลือกลูกจ้างชั่วคราว",
    "ตำแหน่งครูพี่เลี้ยงเด็กพิการ ประจำปี พ.ศ. ๒๕๖๒",
    "ให้ผู้ได้รับแต่งตั้งปฏิบัติหน้าที่โดยซื่อสัตย์สุจริต",
)
#: as it comes out of many offices' PDF files: า as ำ, tone marks and vowels of private
#: use or lost, blanks and ends of lines inside words, SARA AM as two characters
MANGLED = (
    "บันทึกขอ\uf70bควำม",
    "เรื่อง ขอ อนุญำตเดินทำงไปรำชกำร",
    "ขอ\uf70bเทจ็จริงเกี\uf70aยวกบักำรก่อ สร\uf70bำงอำคำรเรียน",
    "โครงกำรพฒันำคุณภำพกำรศึก",
    "ษำทำงไกลผ่ำนดำวเทียม",
    "จึงขอเชิญผู\uf70bบ ริหำรสถำนศึกษำเข้ำร\uf70aวม",
    "ประชุมวนัที\uf70a ๒๑ กรกฎำคม ๒๕๖๓",
)
PARAGRAPHS = (
    "ประกาศรายชื่อผู้ผ่านการอบรมลูกเสือชั้นความรู้ทั่วไป",
    "รุ่นที่ ๒ ประจำปี ๒๕๖๔ ณ ค่ายลูกเสือจังหวัด",
    "ให้นําใบสําคัญมาแสดงด้วย",
)
ROWS = (
    ("ลำดับ", "ชื่อ", "โรงเรียน", "จำนวนเงิน"),
    (1, "เด็กหญิงน้ำฝน รักเรียน", "โรงเรียนบ้านหนองน้ำใส", 1500),
    (2, "เด็กชายก้องเกียรติ ใจดี", "โรงเรียนวัดป่าเลไลยก์", 3000),
)


def pdf(name, lines):
    pdfmetrics.registerFont(TTFont("Garuda", GARUDA))
    canvas = Canvas(name, A4, invariant=True)
    canvas.setFont("Garuda", 16)
    for index, line in enumerate(lines):
        canvas.drawString(72, 760 - 28 * index, line)
    canvas.save()


def word(name, paragraphs):
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    runs = "".join(f"<w:p><w:r><w:t>{one}</w:t></w:r></w:p>" for one in paragraphs)
    types = "http://schemas.openxmlformats.org/package/2006/content-types"
    office = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    document = (
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
        "officeDocument"
    )
    files = {
        "[Content_Types].xml": f'<Types xmlns="{types}"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/word/document.xml" '
        f'ContentType="{office}.document.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{relations}"><Relationship Id="rId1" '
        f'Type="{document}" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{space}"><w:body>{runs}</w:body>'
        "</w:document>",
    }
    with zipfile.ZipFile(name, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, text in files.items():
            head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
            archive.writestr(path, head + text)


def excel(name, rows):
    with xlsxwriter.Workbook(name) as book:
        sheet = book.add_worksheet("ทุนยากจน")
        for index, row in enumerate(rows):
            sheet.write_row(index, 0, row)


if __name__ == "__main__":
    pdf("reportlab.pdf", CLEAN)
    pdf("mangled.pdf", MANGLED)
    word("word.docx", PARAGRAPHS)
    excel("excel.xlsx", ROWS)
