"""In which order tasks are taken: what is short never waits for what is long.

One lane of the worker takes any task, long ones first; the other takes short ones alone. A snapshot
being built then holds up no check, and a crowd of checks holds up no snapshot.
"""

from __future__ import annotations

QUICK = "quick"
"""The queue of short tasks: checks, messages. Others go to the queue ``default``."""

FIRST, SOON, LAST = 20, 10, -10
"""Priorities in the lane that takes any: somebody waits for it; long; what nobody asked for. Short
tasks have none, 0: their own lane takes them."""
