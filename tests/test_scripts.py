"""What the repository says about itself holds: READMEs, manifests, licences."""

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import ast
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ADDONS = sorted(path.parent for path in ROOT.glob("*/__manifest__.py"))
LICENCE = "License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl)."


@pytest.fixture(params=ADDONS, ids=lambda addon: addon.name)
def addon(request):
    return request.param


def test_readmes_are_written_from_their_fragments():
    run = subprocess.run(
        [ROOT / "scripts" / "readme", "--check"], capture_output=True, text=True
    )
    assert run.returncode == 0, run.stdout + run.stderr


def test_manifest_names_licence_version_and_author(addon):
    manifest = ast.literal_eval((addon / "__manifest__.py").read_text())
    assert manifest["license"] == "LGPL-3"
    assert manifest["version"].startswith("19.0.")
    assert manifest["author"] == "AMSS for Odoo contributors"
    assert not manifest.get("demo"), "an office must not get sample records"


def test_python_files_carry_the_licence_line(addon):
    without = [
        path.relative_to(ROOT)
        for path in addon.rglob("*.py")
        if path.name != "__init__.py" and LICENCE not in path.read_text()[:1500]
    ]
    assert not without
