"""The project's README says what is there."""

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import json
import re
from pathlib import Path

import docutils.core
import docutils.utils
import pytest

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.rst").read_text()
SCRIPTS = [path for path in (ROOT / "scripts").iterdir() if path.is_file()]
READMES = sorted([*ROOT.glob("*.rst"), *ROOT.glob("*/*.rst")])


def test_every_variable_of_the_scripts_is_told():
    used = {
        name
        for path in SCRIPTS
        for name in re.findall(r"\bAMSS_[A-Z]+\b(?!_)", path.read_text())
    }
    assert used == set(re.findall(r"``(AMSS_[A-Z]+)``", README))


def test_every_target_of_the_makefile_is_told():
    makefile = (ROOT / "Makefile").read_text()
    targets = set(re.findall(r"^([a-z0-9]+): ##", makefile, re.MULTILINE))
    assert targets - {"stop"} == set(re.findall(r"^``make ([a-z0-9]+)``", README, re.M))


def test_every_addon_is_told():
    for manifest in ROOT.glob("*/__manifest__.py"):
        assert f"<{manifest.parent.name}/README.rst>" in README


def test_pictures_are_those_that_the_script_takes():
    pages = json.loads((ROOT / "docs" / "screenshots.json").read_text())["pages"]
    taken = {f"docs/images/{page['name']}.png" for page in pages}
    shown = set(re.findall(r"image:: (\S+)", README))
    assert shown <= taken
    assert all((ROOT / path).is_file() for path in shown)


@pytest.mark.parametrize("path", READMES, ids=lambda path: str(path.relative_to(ROOT)))
def test_readmes_are_sound(path):
    settings = {"report_level": 2, "halt_level": 2, "file_insertion_enabled": False}
    docutils.core.publish_doctree(
        path.read_text(), source_path=str(path), settings_overrides=settings
    )
