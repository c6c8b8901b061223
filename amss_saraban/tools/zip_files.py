# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""An archive of a letter's files. Pure functions, no database."""

import zipfile
from pathlib import PurePath

from .filetype import short_name


def unique_name(name, taken):
    """Return a safe name that is not in ``taken`` yet, and add it there.

    :param str name: as the file is called
    :param set taken: names used so far, in lower case; changed in place
    """
    safe = short_name(name)
    suffix = PurePath(safe).suffix
    stem = safe.removesuffix(suffix)
    count = 1
    while safe.lower() in taken:
        count += 1
        safe = f"{stem} ({count}){suffix}"
    taken.add(safe.lower())
    return safe


def write_zip(target, files):
    """Write files into a zip archive, one in memory at a time.

    They are stored as they are: scans and office files are compressed already.

    :param target: binary file object
    :param files: iterable of (name, content)
    """
    taken = set()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name, content in files:
            archive.writestr(unique_name(name, taken), content)
