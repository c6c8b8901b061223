"""Every button of the office pressed three times in the same moment."""

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import databases
import pytest
from races import at_once

TIMES = 3


@pytest.fixture(scope="module")
def people(server):
    """Give each of two registrars three sessions, as three tabs of a browser."""
    return [
        [server.client(login) for _tab in range(TIMES)]
        for login in ("clerk0", "clerk1")
    ]


def press(tabs, model, method, records):
    """Press a button in all tabs at once; what refuses has to be understood."""
    outcomes = at_once(
        [lambda tab=tab: tab.call(model, method, records) for tab in tabs]
    )
    for refusal in filter(None, outcomes):
        # a ValidationError is what an index that guards against doubles says
        assert refusal.kind in ("UserError", "ValidationError"), refusal
    assert None in outcomes


def fill_in(tab, action, **answers):
    """Fill in a dialog that a button opened; return its model and id."""
    model, dialog = action["res_model"], [action["res_id"]]
    tab.call(model, "write", dialog, answers)
    return model, dialog


def count(district, statement, *values):
    [[found]] = databases.query(
        district["database"], f"SELECT count(*) FROM {statement}", *values
    )
    return found


def steps(district, letter, kind):
    """Return how often a step stands in a letter's history."""
    return count(
        district,
        "amss_document_event WHERE document_id = %s AND kind = %s",
        letter,
        kind,
    )


def received(tab):
    """Register a letter from outside; return its id."""
    letter = tab.call(
        "amss.document",
        "create",
        {
            "origin": "outside",
            "subject": "ขอเชิญประชุม",
            "sender_text": "สพฐ.",
            "addressee_text": "ผอ.สพป.",
        },
    )
    tab.call("amss.document", "action_register_outside", [letter])
    return letter


def assigned(people):
    """Assign a letter to the second registrar; return letter and assignment."""
    (first, *_), (second, *_) = people
    letter = received(first)
    action = first.call("amss.document", "action_route", [letter])
    model, dialog = fill_in(first, action, owner_user_id=second.uid)
    first.call(model, "action_confirm", dialog)
    return letter, first.call(
        "amss.assignment", "search", [["document_id", "=", letter]]
    )


def test_register(district, people):
    tab = people[0][0]
    letter = tab.draft()
    press(people[0], "amss.document", "action_issue", [letter])
    assert steps(district, letter, "registered") == 1


def test_assign(district, people):
    tab, *_others = tabs = people[0]
    letter = received(tab)
    action = tab.call("amss.document", "action_route", [letter])
    press(
        tabs,
        *_with("action_confirm", fill_in(tab, action, owner_user_id=people[1][0].uid)),
    )
    where = "amss_assignment WHERE document_id = %s"
    assert count(district, where, letter) == 1
    assert count(district, f"{where} AND state <> 'new'", letter) == 0
    assert steps(district, letter, "assigned") == 1


def _with(method, dialog):
    model, records = dialog
    return model, method, records


def test_accept_an_assignment(district, people):
    letter, rows = assigned(people)
    press(people[1], "amss.assignment", "action_accept", rows)
    assert steps(district, letter, "taken") == 1


@pytest.mark.parametrize(
    "button, answers, kind, state",
    [
        ("action_ask_report", {"reason": "ทำแล้ว"}, "done", "done"),
        (
            "action_ask_return",
            {"reason": "ไม่ใช่งานนี้", "return_kind": "wrong_addressee"},
            "sent_back",
            "returned",
        ),
    ],
)
def test_finish_an_assignment(district, people, button, answers, kind, state):
    letter, rows = assigned(people)
    tab = people[1][0]
    action = tab.call("amss.assignment", button, rows)
    press(people[1], *_with("action_confirm", fill_in(tab, action, **answers)))
    assert steps(district, letter, kind) == 1
    assert (
        count(
            district,
            "amss_assignment WHERE document_id = %s AND state = %s",
            letter,
            state,
        )
        == 1
    )


def test_withdraw_an_assignment(district, people):
    letter, rows = assigned(people)
    tab = people[0][0]
    action = tab.call("amss.assignment", "action_ask_withdraw", rows)
    press(people[0], *_with("action_confirm", fill_in(tab, action, reason="ผิดคน")))
    assert steps(district, letter, "withdrawn") == 1


def meet(presses, records):
    """Let people confirm dialogs about the same records at once: one alone wins.

    :param presses: ``(client, button, answers)`` of each
    """
    calls = []
    for tab, button, answers in presses:
        action = tab.call("amss.assignment", button, records)
        model, dialog = fill_in(tab, action, **answers)
        calls.append(
            lambda tab=tab, model=model, dialog=dialog: tab.call(
                model, "action_confirm", dialog
            )
        )
    outcomes = at_once(calls)
    assert outcomes.count(None) == 1, outcomes
    for refusal in filter(None, outcomes):
        assert refusal.kind == "UserError", refusal


def test_who_withdraws_meets_who_reports(district, people):
    letter, rows = assigned(people)
    reason = {"reason": "เหตุผล"}
    meet(
        [
            (people[0][0], "action_ask_withdraw", reason),
            (people[1][0], "action_ask_report", reason),
        ],
        rows,
    )
    assert steps(district, letter, "withdrawn") + steps(district, letter, "done") == 1


def test_two_who_keep_a_group_finish_at_once(district, server, people):
    (first, *_), (second, *_) = people
    keepers = [[6, 0, [first.uid, second.uid]]]
    group = server.client("admin").call(
        "hr.department", "create", {"name": "กลุ่มทดสอบ", "registrar_ids": keepers}
    )
    letter = received(first)
    action = first.call("amss.document", "action_route", [letter])
    model, dialog = fill_in(first, action, owner_department_id=group)
    first.call(model, "action_confirm", dialog)
    rows = first.call("amss.assignment", "search", [["document_id", "=", letter]])
    report = {"reason": "ทำแล้ว"}
    meet([(tab, "action_ask_report", report) for tab in (first, second)], rows)
    assert steps(district, letter, "done") == 1


def test_send_a_mail(district, people):
    tab, *_others = people[0]
    to = [[6, 0, [people[1][0].uid]]]
    mail = tab.draft(doc_type="mail", mail_user_ids=to)
    press(people[0], "amss.document", "action_send_mail", [mail])
    assert count(district, "amss_recipient WHERE document_id = %s", mail) == 1


@pytest.fixture
def stand_in(server, people):
    """Let the second registrar approve letters; give who stands in for them."""
    admin, (second, *_), other = (
        server.client("admin"),
        people[1],
        server.client("clerk2"),
    )
    step = admin.call(
        "amss.approval.step",
        "create",
        {"name": "ผอ. ลงนาม", "who": "person", "user_id": second.uid},
    )
    away = second.call("amss.substitute", "create", {"substitute_id": other.uid})
    yield other
    # the other tests' letters need no approval
    second.call("amss.substitute", "unlink", [away])
    admin.call("amss.approval.step", "write", [step], {"active": False})


def proposed(tab):
    """Write and propose a draft; return its id and who has it for approval."""
    letter = tab.draft()
    tab.call("amss.document", "action_propose", [letter])
    domain = [["document_id", "=", letter]]
    return letter, tab.call("amss.assignment", "search", domain)


def test_propose_approve_and_number(district, people, stand_in):
    letter = people[0][0].draft()
    press(people[0], "amss.document", "action_propose", [letter])
    assert steps(district, letter, "proposed") == 1
    press([*people[1], stand_in], "amss.document", "action_approve", [letter])
    assert steps(district, letter, "signed") == 1
    where = "amss_assignment WHERE document_id = %s"
    assert count(district, where, letter) == 1
    press([*people[0], *people[1]], "amss.document", "action_number", [letter])
    assert steps(district, letter, "registered") == 1
    where = "amss_register_entry WHERE document_id = %s"
    assert count(district, where, letter) == 1


def test_who_approves_meets_who_sends_back(district, people, stand_in):
    letter, rows = proposed(people[0][0])
    meet(
        [
            (people[1][0], "action_ask_approve", {"reason": "เห็นชอบ"}),
            (stand_in, "action_ask_refuse", {"reason": "แก้คำผิด"}),
        ],
        rows,
    )
    assert steps(district, letter, "signed") + steps(district, letter, "refused") == 1
    where = "amss_assignment WHERE document_id = %s AND state IN ('new', 'accepted')"
    # back with its writer, or with nobody
    assert count(district, where, letter) == steps(district, letter, "refused")


def test_circulate(district, people):
    tab, *_others = people[0]
    letter = received(tab)
    action = tab.call("amss.document", "action_circulate", [letter])
    answers = {"user_ids": [[6, 0, [people[1][0].uid]]]}
    press(people[0], *_with("action_confirm", fill_in(tab, action, **answers)))
    where = "amss_recipient WHERE document_id = %s AND user_id IS NOT NULL"
    assert count(district, where, letter) == 1
    assert steps(district, letter, "circulated") == 1


def test_publish(district, people):
    tab, *_others = people[0]
    letter = received(tab)
    action = tab.call("amss.document", "action_open_publish", [letter])
    press(people[0], *_with("action_publish", fill_in(tab, action, title="ประกาศ")))
    where = "amss_announcement WHERE document_id = %s"
    assert count(district, where, letter) == 1


def test_accept_a_return_and_send_again(district, server, people):
    tab, *_others = people[0]
    letter = tab.draft()
    tab.issue(letter)
    tab.send(letter, district["schools"][:1])
    [row] = tab.call("amss.recipient", "search", [["document_id", "=", letter]])
    school = server.client("school0a")
    school.ask(
        ("amss.recipient", "action_ask_return"),
        [row],
        return_kind="damaged_file",
        reason="เปิดไม่ได้",
    )
    press(people[0], "amss.recipient", "action_accept_return", [row])
    press(people[0], "amss.recipient", "action_send_again", [row])
    # one line in the history of each side
    assert steps(district, letter, "return_accepted") == 2
    assert count(district, "amss_recipient WHERE document_id = %s", letter) == 1
