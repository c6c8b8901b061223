# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date

from odoo import Command
from odoo.tests import new_test_user

from odoo.addons.base.tests.common import BaseCommon

#: noon in Bangkok of Thursday 1 June 2566, the month of S3
NOW = "2023-06-01 05:00:00"
THURSDAY, FRIDAY = date(2023, 6, 8), date(2023, 6, 9)


class RoomsCase(BaseCommon):
    """An office with two rooms, their keeper, two requesters, an administrator.

    Test classes freeze the time at ``NOW``.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._make_office()
        cls._make_rooms()

    @classmethod
    def _make_office(cls):
        """An office with two groups, and people who work in them."""
        cls.office = cls.env["res.company"].create({"name": "สพป.ตัวอย่าง เขต 1"})
        cls.office.partner_id.tz = "Asia/Bangkok"
        cls.personnel, cls.policy = cls.env["hr.department"].create(
            [
                {"name": "กลุ่มบริหารงานบุคคล", "company_id": cls.office.id},
                {"name": "กลุ่มนโยบายและแผน", "company_id": cls.office.id},
            ]
        )
        cls.requester = cls.new_user("rooms_requester", "amss_rooms.group_rooms_user")
        cls.other = cls.new_user("rooms_other", "amss_rooms.group_rooms_user")
        cls.keeper = cls.new_user("rooms_keeper", "amss_rooms.group_rooms_user")
        cls.admin = cls.new_user("rooms_admin", "amss_rooms.group_rooms_admin")
        cls.env["hr.employee"].create(
            [
                {
                    "name": user.name,
                    "user_id": user.id,
                    "company_id": cls.office.id,
                    "department_id": department.id,
                }
                for user, department in (
                    (cls.requester, cls.personnel),
                    (cls.other, cls.policy),
                )
            ]
        )

    @classmethod
    def _make_rooms(cls):
        """One room whose keeper decides, and one that is had at once."""
        cls.projector = cls.env["amss.room.equipment"].create(
            {"name": "โปรเจกเตอร์ทดสอบ"}
        )
        cls.phet, cls.phailin = cls.env["amss.room"].create(
            [
                {
                    "name": "เพชร",
                    "company_id": cls.office.id,
                    "capacity": 100,
                    "keeper_ids": [Command.set(cls.keeper.ids)],
                    "equipment_ids": [Command.set(cls.projector.ids)],
                },
                {
                    "name": "ไพลิน",
                    "company_id": cls.office.id,
                    "capacity": 50,
                    "needs_approval": False,
                },
            ]
        )

    @classmethod
    def new_user(cls, login, groups):
        """A user of the office, who may see no other."""
        return new_test_user(
            cls.env,
            login,
            f"base.group_user,{groups}",
            company_id=cls.office.id,
            company_ids=[Command.set(cls.office.ids)],
            tz="Asia/Bangkok",
        )

    def book(self, user=None, **values):
        """Book as a user; the first room on Thursday morning unless said otherwise."""
        bookings = self.env["amss.room.booking"].with_user(user or self.requester)
        defaults = {
            "name": "ประชุมครูผู้ช่วย",
            "room_id": self.phet.id,
            "date": THURSDAY,
            "slot": "morning",
            "headcount": 20,
        }
        return bookings.create({**defaults, **values})
