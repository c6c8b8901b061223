# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from odoo.tests import BaseCase, tagged

from odoo.addons.amss_base.tools import thai

# what is written, the day that is meant
WRITTEN = [
    # words: with and without dots and blanks, full and short, either era
    ("31 ม.ค. 2561", date(2018, 1, 31)),
    ("31 มค 2561", date(2018, 1, 31)),
    ("31ม.ค.2561", date(2018, 1, 31)),
    ("31 ม. ค. 2561", date(2018, 1, 31)),
    ("31 มกราคม 2561", date(2018, 1, 31)),
    ("31 มกราคม 2018", date(2018, 1, 31)),
    ("31 มกราคม พ.ศ. 2561", date(2018, 1, 31)),
    ("31 มกราคม พ.ศ.2561", date(2018, 1, 31)),
    ("31 มกราคม พศ 2561", date(2018, 1, 31)),
    ("31 มกราคม ค.ศ. 2018", date(2018, 1, 31)),
    ("วันที่ 31 เดือน มกราคม พ.ศ. 2561", date(2018, 1, 31)),
    ("วันพุธที่ 31 มกราคม 2561", date(2018, 1, 31)),
    ("1 พ.ค. 2569", date(2026, 5, 1)),
    ("1 พ.ค. พ.ศ. 2569", date(2026, 5, 1)),
    ("1 พ.ย. 2569", date(2026, 11, 1)),
    ("9 กุมภาพันธ 2569", date(2026, 2, 9)),
    # Thai digits, odd blanks, invisible characters
    ("๓๑ ม.ค. ๒๕๖๑", date(2018, 1, 31)),
    ("๓๑/๐๑/๒๕๖๑", date(2018, 1, 31)),
    ("  31\u00a0ม.ค.\t2561\n", date(2018, 1, 31)),
    ("31 ม.ค.\u200b 2561", date(2018, 1, 31)),
    # digits
    ("31/01/2561", date(2018, 1, 31)),
    ("31/1/2561", date(2018, 1, 31)),
    ("31-01-2561", date(2018, 1, 31)),
    ("31.01.2561", date(2018, 1, 31)),
    ("31/01/2018", date(2018, 1, 31)),
    ("2561-01-31", date(2018, 1, 31)),
    ("2018-01-31", date(2018, 1, 31)),
    ("2561/1/31", date(2018, 1, 31)),
    # leap days: the Gregorian year of the Buddhist one decides
    ("29 ก.พ. 2567", date(2024, 2, 29)),
    ("29/02/2567", date(2024, 2, 29)),
    ("29/02/2024", date(2024, 2, 29)),
    ("2567-02-29", date(2024, 2, 29)),
    ("29 ก.พ. 2543", date(2000, 2, 29)),
    # year boundaries
    ("31 ธ.ค. 2568", date(2025, 12, 31)),
    ("1 ม.ค. 2569", date(2026, 1, 1)),
    # the boundary of the eras
    ("31/12/2400", date(2400, 12, 31)),
    ("01/01/2401", date(1858, 1, 1)),
]

REFUSED = [
    "",
    " ",
    "เมื่อวาน",
    "2561",
    "ม.ค. 2561",
    "31 ม.ค.",
    "31 มมค 2561",
    "31 January 2018",
    "31/01-2561",
    # two-digit years, and years that nobody means
    "31 ม.ค. 61",
    "31/01/61",
    "31/01/18",
    "61-01-31",
    "31/01/0061",
    "31/01/25610",
    # the era named and the year contradict each other
    "31 มกราคม พ.ศ. 2018",
    "31 มกราคม ค.ศ. 2561",
    # no such day
    "31 ก.พ. 2561",
    "31 กุมภาพันธ์ 2561",
    "31/02/2561",
    "29 ก.พ. 2566",
    "29/02/2568",
    "29/02/2043",
    "0/01/2561",
    "32/01/2561",
    "15/13/2561",
    "2561-13-01",
    "31/01/2561 10:00",
]


@tagged("post_install", "-at_install")
class TestThaiTools(BaseCase):
    def test_digits(self):
        for text, thai_text in [
            ("508", "๕๐๘"),
            ("ที่ ศธ 04049/ว508", "ที่ ศธ ๐๔๐๔๙/ว๕๐๘"),
            ("0123456789", "๐๑๒๓๔๕๖๗๘๙"),
            ("", ""),
            ("ไม่มีตัวเลข", "ไม่มีตัวเลข"),
        ]:
            with self.subTest(text=text):
                self.assertEqual(thai.to_thai_digits(text), thai_text)
                self.assertEqual(thai.to_arabic_digits(thai_text), text)

    def test_digits_of_other_values(self):
        self.assertEqual(thai.to_thai_digits(508), "๕๐๘")
        self.assertEqual(thai.to_thai_digits(0), "๐")
        self.assertEqual(thai.to_thai_digits(False), "")
        self.assertEqual(thai.to_arabic_digits(None), "")
        self.assertEqual(thai.to_arabic_digits("๑2๓"), "123")

    def test_buddhist_year(self):
        self.assertEqual(thai.buddhist_year(date(2025, 12, 31)), 2568)
        self.assertEqual(thai.buddhist_year(date(2026, 1, 1)), 2569)
        self.assertEqual(thai.buddhist_year(datetime(2026, 1, 1, 0, 0)), 2569)

    def test_gregorian_year(self):
        self.assertEqual(thai.gregorian_year(2569), 2026)
        self.assertEqual(thai.gregorian_year(2026), 2026)
        self.assertEqual(thai.gregorian_year(2400), 2400)
        self.assertEqual(thai.gregorian_year(2401), 1858)
        for year in (0, 69, 999):
            with self.subTest(year=year), self.assertRaises(ValueError):
                thai.gregorian_year(year)

    def test_format_date(self):
        day = date(2018, 1, 31)
        self.assertEqual(thai.format_thai_date(day), "31 มกราคม 2561")
        self.assertEqual(thai.format_thai_date(day, short=True), "31 ม.ค. 2561")
        self.assertEqual(thai.format_thai_date(day, digits="thai"), "๓๑ มกราคม ๒๕๖๑")
        self.assertEqual(
            thai.format_thai_date(date(2024, 2, 29), short=True), "29 ก.พ. 2567"
        )
        self.assertEqual(thai.format_thai_date(False), "")

    def test_format_datetime_is_local(self):
        # 31 December, 17:30 UTC is already the new year in Bangkok
        moment = datetime(2025, 12, 31, 17, 30)
        for tz in ("Asia/Bangkok", ZoneInfo("Asia/Bangkok")):
            self.assertEqual(
                thai.format_thai_datetime(moment, tz), "1 มกราคม 2569 00:30 น."
            )
        self.assertEqual(
            thai.format_thai_datetime(moment, "UTC", short=True),
            "31 ธ.ค. 2568 17:30 น.",
        )
        self.assertEqual(
            thai.format_thai_datetime(moment, "Asia/Bangkok", digits="thai"),
            "๑ มกราคม ๒๕๖๙ ๐๐:๓๐ น.",
        )
        self.assertEqual(thai.format_thai_datetime(None, "UTC"), "")

    def test_parse_written_dates(self):
        for text, day in WRITTEN:
            with self.subTest(text=text):
                self.assertEqual(thai.parse_thai_date(text), day)

    def test_parse_refuses(self):
        for text in REFUSED:
            with self.subTest(text=text), self.assertRaises(ValueError):
                thai.parse_thai_date(text)

    def test_parse_reads_what_format_writes(self):
        day = date(2023, 12, 1)
        while day < date(2025, 3, 2):
            for short in (False, True):
                for digits in ("arabic", "thai"):
                    text = thai.format_thai_date(day, short=short, digits=digits)
                    self.assertEqual(thai.parse_thai_date(text), day, text)
            day += timedelta(days=1)

    def test_normalize_sara_am(self):
        # one character; NIKHAHIT + SARA AA; with a tone mark on either side
        for text in ("น้ำ", "น\u0e49\u0e4d\u0e32", "น\u0e4d\u0e49\u0e32"):
            self.assertEqual(thai.normalize_text(text), "น้ำ")
        for text in ("ประจำ", "ประจ\u0e4d\u0e32", " ประจ\u0e33\u200b "):
            self.assertEqual(thai.normalize_text(text), "ประจำ")
