"""Thai translations of the addons: take over exported terms, tell what is missing.

As a program: merge i18n/ADDON.pot of every addon into its i18n/th.po and print how
many terms are still to be translated.
"""

# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
WRAP = 78


def template(addon: Path) -> Path:
    """Return the path of the exported terms of an addon folder."""
    return addon / "i18n" / f"{addon.name}.pot"


def merged(pot: polib.POFile, thai: polib.POFile) -> polib.POFile:
    """Return a Thai file with the terms of `pot` and the translations of `thai`."""
    known = {entry.msgid: entry for entry in thai}
    result = polib.POFile(wrapwidth=WRAP)
    result.header = pot.header
    result.metadata = {**pot.metadata, **thai.metadata, "Language": "th"}
    for entry in pot:
        if entry.msgid in known:
            entry.msgstr = known[entry.msgid].msgstr
            entry.flags = known[entry.msgid].flags
        result.append(entry)
    return result


def missing(pot: polib.POFile, thai: polib.POFile) -> list[str]:
    """Return the terms of `pot` that `thai` lacks, leaves empty or marks fuzzy."""
    done = {entry.msgid for entry in thai if entry.translated()}
    return [entry.msgid for entry in pot if entry.msgid not in done]


def main() -> None:
    """Merge the files of every addon."""
    for manifest in sorted(ROOT.glob("*/__manifest__.py")):
        addon = manifest.parent
        pot = polib.pofile(template(addon), wrapwidth=WRAP)
        for entry in pot:
            entry.msgstr = ""
        # before the merge, which fills these very entries in
        pot.save(template(addon))
        path = addon / "i18n" / "th.po"
        thai = polib.pofile(path) if path.exists() else polib.POFile()
        merged(pot, thai).save(path)
        print(f"{addon.name}: {len(missing(pot, thai))} of {len(pot)} to translate")


if __name__ == "__main__":
    main()
