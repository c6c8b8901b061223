"""Add up the counts of all test runs and print one closing line.

    total.py FOLDER

reads the JUnit files of FOLDER and its `failed-parts` (parts that count no tests, such
as lint: each failed one is one failure), and exits with 1 when anything failed.
"""

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import sys
from pathlib import Path
from xml.etree import ElementTree


def count(report: Path) -> tuple[int, int, int]:
    """Return how many test cases of a JUnit file passed, failed and were skipped."""
    cases = list(ElementTree.parse(report).iter("testcase"))
    failed = sum(
        1 for c in cases if c.find("failure") is not None or c.find("error") is not None
    )
    skipped = sum(1 for c in cases if c.find("skipped") is not None)
    return len(cases) - failed - skipped, failed, skipped


def main(folder: Path) -> int:
    """Print `N passed, N failed` for all reports of a folder; return the exit code."""
    passed = failed = skipped = 0
    for report in sorted(folder.glob("*.xml")):
        counts = count(report)
        print(f"{report.stem}: {counts[0]} passed, {counts[1]} failed")
        passed, failed, skipped = (
            a + b for a, b in zip((passed, failed, skipped), counts, strict=True)
        )
    parts = folder / "failed-parts"
    names = parts.read_text().splitlines() if parts.exists() else []
    for name in names:
        print(f"{name}: FAILED")
    if names and not failed:
        failed = len(names)
    note = f", {skipped} skipped" if skipped else ""
    print(f"{passed} passed, {failed} failed{note}")
    return 1 if failed or names or not passed else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
