"""What every error of geoline is."""

from __future__ import annotations

import pytest

from geoline import DataError, GeolineError, RequestError


@pytest.mark.parametrize("end", ["\n", "\r\n", "\v", "\f", "\x1c", "\x85", "\u2028", "\u2029"])
def test_an_error_is_one_line_whatever_it_quotes(end: str) -> None:
    """A cell that holds a line end breaks the log, or hides what stands behind it."""
    for error in (RequestError(f"no place '{end}'"), DataError(f"a{end}b", f"'{end}' is no day")):
        assert isinstance(error, GeolineError)
        assert len(str(error).splitlines()) == 1
