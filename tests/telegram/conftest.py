"""Many threads here hand each other small things: Python must let the next one run soon."""

from __future__ import annotations

import sys

#: Python's own five milliseconds, waited for ten times in a step of a conversation, are most of its time.
sys.setswitchinterval(0.0005)
