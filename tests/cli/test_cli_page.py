"""What the docs say of the command line is what it takes.

Run as a program, this file writes `docs/cli.md` anew (`make pages`).
"""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from geoline.cli.program import COMMANDS, make_parser

if TYPE_CHECKING:
    import argparse

# Every command takes these; the head of the page says so.
COMMON = {"help", "theatre", "json"}
ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "cli.md"
README = (ROOT / "README.md").read_text("utf-8")
HEAD = """# Command line

Written from the program by `make pages`; do not edit.

Each command also takes `--theatre DIR`, the folder of a theatre in place of the bundled one, and
`--json`, one JSON document on standard output and nothing else. Days are ISO (`2020-01-29`).
Messages and progress go to standard error, progress and colours to a terminal only; `NO_COLOR` and
`FORCE_COLOR` are heeded. Exit status 0: done; 1: done, but something asked for was unknown,
ambiguous or set aside; 2: refused, with one line that says why and what to do.

`geoline --version` says the version, `geoline COMMAND --help` what stands here. For completion of
commands, options, places and roads at the press of Tab, put this into `~/.bashrc` or `~/.zshrc`:

```sh
eval "$(register-python-argcomplete geoline)"
```
"""


def arguments_of(name: str) -> list[argparse.Action]:
    """List the arguments that a command alone takes, in the order in which they were added."""
    parser = make_parser()[1][name]
    parser.fill()
    return [a for a in parser._actions if a.dest not in COMMON]  # noqa: SLF001  (no public way)


def page() -> str:
    """Write the page, from the parsers of the program."""
    parts = [HEAD]
    for name, text in COMMANDS.items():
        parts.append(f"\n## geoline {name}\n\n{text[:1].upper()}{text[1:]}.\n")
        rows = [f"| `{_written(action)}` | {_said(action)} |" for action in arguments_of(name)]
        if rows:
            parts.append("\n| | |\n|---|---|\n" + "\n".join(rows) + "\n")
    return "".join(parts)


def _written(action: argparse.Action) -> str:
    value = str(action.metavar or "")
    shown = {"+": f"{value} …", "*": f"[{value} …]", "?": f"[{value}]", 2: f"{value} {value}"}
    value = shown.get(action.nargs or "", value)
    return f"{', '.join(action.option_strings)} {value}".strip() if action.option_strings else value


def _said(action: argparse.Action) -> str:
    needed = "needed" if action.required and action.option_strings else ""
    given = action.default is not None and action.nargs != 0
    default = f"default: {action.default}" if given else ""
    return "; ".join(part for part in (action.help or "", needed, default) if part)


def test_the_page_is_what_the_program_takes() -> None:
    """A reader would type options that are gone, and never learn of new ones."""
    assert PAGE.read_text("utf-8") == page(), "make pages"


def test_every_argument_says_what_it_is() -> None:
    """`--help` would leave a reader guessing."""
    for name, text in COMMANDS.items():
        assert text, name
        for action in arguments_of(name):
            plain = action.metavar in {"PLACE", "DAY", "TEXT", "FILE", "ROAD"}
            assert action.help or plain, (name, action.dest)


def _typed() -> list[str]:
    """Every command line that the README and the docs show."""
    found = []
    for path in (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))):
        text = path.read_text("utf-8")
        found += re.findall(r"`(geoline [a-z]+ [^`]*)`", text)
        for block in text.split("```")[1::2]:
            found += re.findall(r"^\s*(?:\$ )?(geoline [a-z]+ .*)$", block, flags=re.MULTILINE)
    return sorted({" ".join(line.split()) for line in found})


@pytest.mark.parametrize("line", _typed())
def test_command_lines_in_the_docs_are_taken(line: str) -> None:
    """A reader who types what the docs show would be told that there is no such option."""
    words = shlex.split(line)[1:]
    if any(word.isupper() and word.isalpha() for word in words[1:]):
        pytest.skip("shows where a name goes, not a name")
    options = make_parser()[0].parse_args(words)
    assert options.command == words[0]


def test_every_command_is_in_the_readme() -> None:
    """A command would be there that nobody finds."""
    assert {name for name in COMMANDS if f"`geoline {name}" not in README} == set()


def test_help_says_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    """`geoline --help` and the page would tell two stories."""
    parser, _ = make_parser()
    with pytest.raises(SystemExit) as ended:
        parser.parse_args(["--help"])
    said = " ".join(capsys.readouterr().out.split())
    assert ended.value.code == 0
    for name, text in COMMANDS.items():
        assert f"{name} {text}" in said
        assert text.isascii()  # any terminal can show it
    with pytest.raises(SystemExit):
        parser.parse_args(["--version"])
    assert re.fullmatch(r"geoline \d+\.\d+\.\d+\n", capsys.readouterr().out)


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8", newline="\n")
