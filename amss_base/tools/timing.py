# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Answers that take the same time, whatever was found."""

import time

# Longer than the slowest way through a sign-up, short enough to wait for once.
EVEN_SECONDS = 1.5


def even_out(started, seconds=EVEN_SECONDS):
    """Wait until a fixed time has passed since the start, so that how long an
    answer took tells nothing.

    :param float started: ``time.monotonic()`` when the question came in
    :param float seconds: how long every answer takes
    """
    remaining = started + seconds - time.monotonic()
    if remaining > 0:
        time.sleep(remaining)
