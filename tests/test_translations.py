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


@pytest.fixture(scope="module", params=ADDONS, ids=lambda addon: addon.name)
def addon(request):
    return request.param


@pytest.fixture(scope="module")
def terms(addon, tmp_path_factory):
    """Give the terms of an addon as Odoo exports them now."""
    path = tmp_path_factory.mktemp("i18n") / f"{addon.name}.pot"
    options = ["-c", databases.CONFIG, "-d", databases.INSTALLED, "-o", str(path)]
    export = [sys.executable, "-m", "odoo", "i18n", "export", *options, addon.name]
    subprocess.run(export, check=True, capture_output=True)
    return polib.pofile(path)


def test_every_term_is_translated_and_none_is_fuzzy(addon, terms):
    thai = polib.pofile(addon / "i18n" / "th.po")
    assert terms
    assert not po.missing(terms, thai), "run scripts/i18n, translate the empty terms"


def test_the_exported_terms_in_the_repository_are_those_of_the_code(addon, terms):
    kept = {entry.msgid for entry in polib.pofile(po.template(addon))}
    assert kept == {entry.msgid for entry in terms}, "run scripts/i18n"
