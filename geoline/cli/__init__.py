"""The command `geoline`.

Arguments come in; answers go out, as data or as lines. It imports everything.
"""

from geoline.cli.program import main

__all__ = ["main"]
