# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""How a benchmark speaks: figures on standard output, all else on standard error."""

import json
import sys


def note(text):
    """Tell how the work goes on."""
    print(text, file=sys.stderr, flush=True)


def report(bench, figure, unit, ours, peer):
    """Print one figure as a JSON object on a line of its own.

    :param ours: our median
    :param peer: the peer's median, ``None`` where there is none
    """
    line = {
        "bench": bench,
        "figure": figure,
        "unit": unit,
        "ours": round(ours, 6),
        "peer": None if peer is None else round(peer, 6),
        "ratio": None if peer is None else round(ours / peer, 4),
    }
    print(json.dumps(line), flush=True)
