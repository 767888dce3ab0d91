"""What stands in place of a party where none holds: the two words that every stage shares."""

from __future__ import annotations

__all__ = ["CONTESTED", "UNKNOWN"]

CONTESTED = "contested"
UNKNOWN = "unknown"
