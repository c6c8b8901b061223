"""The closing line of a test run counts all runs, and no failure is lost."""

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).resolve().parent.parent / "scripts"))

import total  # noqa: E402

PASSED = "<testcase/>"
FAILED = "<testcase><failure/></testcase>"
ERROR = "<testcase><error/></testcase>"
SKIPPED = "<testcase><skipped/></testcase>"


@pytest.mark.parametrize(
    ("reports", "parts", "line", "code"),
    [
        ([PASSED * 2, PASSED], "", "3 passed, 0 failed", 0),
        ([PASSED, FAILED + ERROR], "", "1 passed, 2 failed", 1),
        ([PASSED + SKIPPED], "", "1 passed, 0 failed, 1 skipped", 0),
        ([PASSED], "lint\n", "1 passed, 1 failed", 1),
        ([PASSED + FAILED], "lint\ntests\n", "1 passed, 1 failed", 1),
        ([], "", "0 passed, 0 failed", 1),
    ],
)
def test_counts_are_added_up(tmp_path, capsys, reports, parts, line, code):
    for index, cases in enumerate(reports):
        (tmp_path / f"{index}.xml").write_text(f"<testsuite>{cases}</testsuite>")
    if parts:
        (tmp_path / "failed-parts").write_text(parts)
    assert total.main(tmp_path) == code
    assert capsys.readouterr().out.splitlines()[-1] == line
