"""The Thai translation is complete: every term of a fresh export is translated."""

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import subprocess
import sys
from pathlib import Path

import databases
import polib
import pytest

ROOT = Path(__file__).resolve().parent.parent
ADDONS = sorted(path.parent for path in ROOT.glob("*/__manifest__.py"))
sys.path.append(str(ROOT / "scripts"))

import po  # noqa: E402


@pytest.fixture(scope="module")
def terms(tmp_path_factory):
    """Give the terms of all addons as Odoo exports them now."""
    path = tmp_path_factory.mktemp("i18n") / "fresh.pot"
    names = [addon.name for addon in ADDONS]
    options = ["-c", databases.CONFIG, "-d", databases.INSTALLED, "-o", str(path)]
    export = [sys.executable, "-m", "odoo", "i18n", "export", *options, *names]
    subprocess.run(export, check=True, capture_output=True)
    return polib.pofile(path)


def terms_of(addon, terms):
    found = polib.POFile()
    for entry in terms:
        modules = entry.comment.partition("module: ")[2].splitlines()[0].split(", ")
        if addon.name in modules:
            found.append(entry)
    return found


@pytest.mark.parametrize("addon", ADDONS, ids=lambda addon: addon.name)
def test_every_term_is_translated_and_none_is_fuzzy(addon, terms):
    now = terms_of(addon, terms)
    assert len(now) > 10
    thai = polib.pofile(addon / "i18n" / "th.po")
    assert not po.missing(now, thai), "run scripts/i18n, translate the empty terms"


@pytest.mark.parametrize("addon", ADDONS, ids=lambda addon: addon.name)
def test_the_exported_terms_in_the_repository_are_those_of_the_code(addon, terms):
    now = {entry.msgid for entry in terms_of(addon, terms)}
    assert {entry.msgid for entry in polib.pofile(po.template(addon))} == now
