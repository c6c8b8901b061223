# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date, datetime

from odoo.tests import HttpCase, new_test_user, tagged

from odoo.addons.base.tests.common import BaseCommon


class BuddhistEraMixin:
    """Thai, active and with its switch on, as after the installation in Thai."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        english = cls.env["res.lang"]._activate_lang("en_US")
        english.write({"date_format": "%m/%d/%Y", "time_format": "%H:%M:%S"})
        cls.thai = cls.env["res.lang"]._activate_lang("th_TH")
        cls.thai.write({"buddhist_era": True, "date_format": "%d/%m/%Y"})


@tagged("post_install", "-at_install")
class TestBuddhistEra(BuddhistEraMixin, BaseCommon):
    def render(self, value, widget, lang="th_TH", **options):
        converter = self.env[f"ir.qweb.field.{widget}"]
        return converter.with_context(lang=lang, tz="Asia/Bangkok").value_to_html(
            value, options
        )

    def test_installed_switched_on_for_thai_alone(self):
        languages = self.env["res.lang"].with_context(active_test=False).search([])
        self.assertEqual(languages.filtered("buddhist_era"), self.thai)

    def test_printed_dates(self):
        day = date(2024, 2, 29)
        for value in (day, "2024-02-29", datetime(2024, 2, 28, 17, 0)):
            self.assertEqual(self.render(value, "date"), "29/02/2567")
        for pattern, text in [
            ("d MMM yyyy", "29 ก.พ. 2567"),
            ("d MMMM G y", "29 กุมภาพันธ์ พ.ศ. 2567"),
            ("long", "29 กุมภาพันธ์ พ.ศ. 2567"),
            ("medium", "29 ก.พ. 2567"),
            ("short", "29/2/67"),
            ("'year' yyyy", "year 2567"),
            ("EEEE", "วันพฤหัสบดี"),
        ]:
            with self.subTest(pattern=pattern):
                self.assertEqual(self.render(day, "date", format=pattern), text)
        self.assertEqual(self.render(False, "date"), "")

    def test_printed_datetimes_have_the_year_of_the_local_day(self):
        new_year = datetime(2025, 12, 31, 17, 30)
        self.assertEqual(self.render(new_year, "datetime"), "01/01/2569 00:30:00")
        self.assertEqual(
            self.render("2025-12-31 17:30:00", "datetime"), "01/01/2569 00:30:00"
        )
        for options, text in [
            ({"hide_seconds": True}, "01/01/2569 00:30"),
            ({"date_only": True}, "01/01/2569"),
            ({"time_only": True}, "00:30:00"),
            ({"tz_name": "UTC"}, "31/12/2568 17:30:00"),
            ({"format": "d MMM yyyy HH:mm"}, "1 ม.ค. 2569 00:30"),
            ({"format": "medium"}, "1 ม.ค. 2569 00:30:00"),
            ({"format": "medium", "date_only": True}, "1 ม.ค. 2569"),
        ]:
            with self.subTest(options=options):
                self.assertEqual(self.render(new_year, "datetime", **options), text)
        self.assertEqual(self.render(False, "datetime"), "")

    def test_printed_dates_of_other_languages(self):
        day, moment = date(2026, 3, 15), datetime(2026, 3, 15, 2, 30)
        self.assertEqual(self.render(day, "date", lang="en_US"), "03/15/2026")
        self.assertEqual(
            self.render(moment, "datetime", lang="en_US"), "03/15/2026 09:30:00"
        )
        self.thai.buddhist_era = False
        self.assertEqual(self.render(day, "date"), "15/03/2026")
        self.assertEqual(self.render(moment, "datetime"), "15/03/2026 09:30:00")

    def test_dates_in_email_templates(self):
        self.env.user.tz = "Asia/Bangkok"
        mixin = self.env["mail.render.mixin"].with_context(lang="en_US")
        context = mixin._render_eval_context()
        format_date, format_datetime = (
            context["format_date"],
            context["format_datetime"],
        )
        day, moment = date(2026, 3, 15), datetime(2025, 12, 31, 17, 30)
        self.assertEqual(format_date(day), "03/15/2026")
        self.assertEqual(format_date(day, lang_code="th_TH"), "15/03/2569")
        self.assertEqual(format_date(day, "d MMM y", lang_code="th_TH"), "15 มี.ค. 2569")
        self.assertEqual(format_datetime(moment), "01/01/2026 00:30:00")
        self.assertEqual(
            format_datetime(moment, lang_code="th_TH"), "01/01/2569 00:30:00"
        )
        self.assertEqual(
            format_datetime(moment, "UTC", "d MMM y HH:mm", "th_TH"),
            "31 ธ.ค. 2568 17:30",
        )

    def test_groups_of_dates(self):
        partner = self.env["res.partner"].create({"name": "กลุ่มอำนวยการ"})
        self.env["mail.activity"].create(
            {
                "res_model_id": self.env["ir.model"]._get_id("res.partner"),
                "res_id": partner.id,
                "date_deadline": "2024-02-29",
            }
        )
        for lang, labels in [
            (
                "th_TH",
                {
                    "day": "29 ก.พ. 2567",
                    "week": "W9 2567",
                    "month": "กุมภาพันธ์ 2567",
                    "quarter": "ไตรมาส 1 2567",
                    "year": "2567",
                },
            ),
            ("en_US", {"month": "February 2024", "year": "2024"}),
        ]:
            activities = self.env["mail.activity"].with_context(lang=lang)
            for granularity, label in labels.items():
                spec = f"date_deadline:{granularity}"
                with self.subTest(lang=lang, granularity=granularity):
                    [group] = activities.formatted_read_group(
                        [("res_id", "=", partner.id)], [spec], ["__count"]
                    )
                    self.assertEqual(group[spec][1], label)
                    self.assertRegex(group[spec][0], "^2024-")

    def test_groups_without_year(self):
        tag = self.env["res.partner"].create({"name": "ไม่มีวันที่"})
        partners = self.env["res.partner"].with_context(lang="th_TH")
        for spec in ("create_date:hour", "create_date:day_of_month", "name"):
            with self.subTest(spec=spec):
                [group] = partners.formatted_read_group(
                    [("id", "=", tag.id)], [spec], ["__count"]
                )
                self.assertNotIn("256", str(group[spec]))
        employee = self.env["hr.employee"].create({"name": "สมชาย ใจดี"})
        [group] = (
            self.env["hr.employee"]
            .with_context(lang="th_TH")
            .formatted_read_group(
                [("id", "=", employee.id)], ["birthday:month"], ["__count"]
            )
        )
        self.assertFalse(group["birthday:month"])


@tagged("post_install", "-at_install")
class TestBuddhistEraBrowser(BuddhistEraMixin, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = new_test_user(
            cls.env,
            login="amss_calendar",
            groups="base.group_user",
            lang="th_TH",
            tz="Asia/Bangkok",
        )
        partner = cls.env["res.partner"].create({"name": "กลุ่มอำนวยการ"})
        cls.activity = cls.env["mail.activity"].create(
            {
                "res_model_id": cls.env["ir.model"]._get_id("res.partner"),
                "res_id": partner.id,
                "date_deadline": "2024-03-15",
                "user_id": cls.user.id,
            }
        )
        view = cls.env["ir.ui.view"].create(
            {
                "name": "a form with a date",
                "model": "mail.activity",
                "arch": '<form><field name="date_deadline"/></form>',
            }
        )
        cls.action = cls.env["ir.actions.act_window"].create(
            {
                "name": "a form with a date",
                "res_model": "mail.activity",
                "view_id": view.id,
                "view_mode": "form",
                "res_id": cls.activity.id,
            }
        )

    def type_date(self, tour):
        self.start_tour(f"/odoo/action-{self.action.id}", tour, login="amss_calendar")

    def test_buddhist_year_typed(self):
        self.type_date("amss_buddhist_year_typed")
        self.assertEqual(self.activity.date_deadline, date(2026, 3, 15))

    def test_gregorian_year_typed(self):
        self.type_date("amss_gregorian_year_typed")
        self.assertEqual(self.activity.date_deadline, date(2026, 3, 15))

    def test_leap_day_typed(self):
        self.type_date("amss_leap_day_typed")
        self.assertEqual(self.activity.date_deadline, date(2024, 2, 29))

    def test_a_day_that_is_none_is_told_and_changes_nothing(self):
        self.type_date("amss_no_such_day_typed")
        self.assertEqual(self.activity.date_deadline, date(2024, 3, 15))

    def test_switched_off_and_on_without_restart(self):
        self.thai.buddhist_era = False
        self.type_date("amss_buddhist_era_off")
        self.assertEqual(self.activity.date_deadline, date(2025, 3, 15))
        self.thai.buddhist_era = True
        self.activity.date_deadline = "2024-03-15"
        self.type_date("amss_buddhist_year_typed")
        self.assertEqual(self.activity.date_deadline, date(2026, 3, 15))

    def test_english_user(self):
        self.user.lang = "en_US"
        self.type_date("amss_english")
        self.assertEqual(self.activity.date_deadline, date(2025, 3, 15))

    def test_portal(self):
        portal_user = new_test_user(
            self.env,
            login="amss_calendar_portal",
            groups="base.group_portal",
            lang="th_TH",
        )
        self.assertEqual(portal_user.lang, "th_TH")
        self.env["ir.ui.view"].create(
            {
                "name": "portal page with a date",
                "type": "qweb",
                "inherit_id": self.env.ref("portal.portal_my_home").id,
                "arch": """
                    <xpath expr="//div[hasclass('o_portal_my_home')]" position="inside">
                        <t t-set="day" t-value="datetime.date(2024, 3, 15)"/>
                        <span class="amss_printed" t-out="day"
                            t-options="{'widget': 'date'}"/>
                        <input class="amss_picker" data-widget="datetime-picker"
                            data-widget-type="date" t-att-value="day"/>
                    </xpath>""",
            }
        )
        self.start_tour("/my", "amss_buddhist_era_portal", login="amss_calendar_portal")
