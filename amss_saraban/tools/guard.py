# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Write protection of what a letter's own steps alone may change.

Numbers, states and frozen texts are changed by the steps of this addon only. The
key is an object, and no RPC call can send an object in its context, so a client
cannot pretend to be a step (the idea is queue_job's).
"""

_KEY = object()


def stepping(records):
    """Return ``records`` as a step of this addon sees them: all fields writable."""
    return records.with_context(amss_saraban_step=_KEY)


def is_step(env):
    """Tell whether the caller is one of this addon's own steps."""
    return env.context.get("amss_saraban_step") is _KEY
