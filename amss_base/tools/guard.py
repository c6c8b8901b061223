# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Write protection of what the addons' own steps alone may change.

Numbers, states and frozen texts are changed by steps written in Python only. The
key is an object, and no RPC call can send an object in its context, so a client
cannot pretend to be a step (the idea is queue_job's).
"""

_KEY = object()


def stepping(records):
    """Return ``records`` as a step sees them: all fields writable."""
    return records.with_context(amss_step=_KEY)


def is_step(env):
    """Tell whether the caller is a step."""
    return env.context.get("amss_step") is _KEY
