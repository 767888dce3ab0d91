"""What a terminal gets besides the answer: colours, progress, completion; a pipe gets none."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from geoline.cli.completion import names_of
from geoline.cli.dialogue import terminal
from geoline.cli.program import main

pty = pytest.importorskip("pty", reason="no terminals of its own here")

ROOT = Path(__file__).parents[3]
FOLDER = ROOT / "tests" / "theatres" / "karabakh-2020"
ASKED = ("resolve", "Shushi", "Springfield", "--theatre", str(FOLDER))


def _environment(**more: str) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if k not in {"NO_COLOR", "FORCE_COLOR", "TERM"}}
    return kept | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "TERM": "xterm"} | more


def _at_a_terminal(*arguments: str, **environment: str) -> str:
    """Run the command at a terminal; gives all that it shows."""
    mine, its = pty.openpty()
    ran = subprocess.Popen(
        [sys.executable, "-m", "geoline", *arguments],
        stdin=its, stdout=its, stderr=its, env=_environment(**environment),
    )  # fmt: skip
    os.close(its)
    shown = b""
    while True:
        try:
            part = os.read(mine, 4096)
        except OSError:  # the other end is closed
            break
        if not part:
            break
        shown += part
    ran.wait(timeout=60)
    os.close(mine)
    return shown.decode()


def test_colours_are_for_terminals() -> None:
    """A file or a script would be full of escape codes; or a terminal without a colour."""
    shown = _at_a_terminal(*ASKED)
    assert "\x1b[32mresolved\x1b[0m" in shown
    assert "\x1b[31munknown\x1b[0m" in shown
    assert "\x1b[3" not in _at_a_terminal(*ASKED, NO_COLOR="1")
    assert "\x1b[3" not in _at_a_terminal(*ASKED, TERM="dumb")
    piped = subprocess.run(
        [sys.executable, "-m", "geoline", *ASKED],
        env=_environment(), capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert (piped.stderr, "\x1b" in piped.stdout) == ("", False)
    assert re.sub(r"\x1b\[\d+m|\r", "", shown).endswith(piped.stdout)


def test_progress_is_for_terminals(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A command of ten seconds would look as if it hung; a log would be full of bars."""
    monkeypatch.setattr(terminal, "PATIENCE_S", 0.05)
    with terminal.waiting("map") as clear:
        time.sleep(0.2)
        clear()
    assert list(terminal.watched([1, 2], "drawing")) == [1, 2]
    assert capsys.readouterr() == ("", "")
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    with terminal.waiting("map") as clear:
        time.sleep(0.2)
        said = capsys.readouterr().err
        clear()
    assert said == "geoline: map …"
    assert capsys.readouterr().err == "\r" + " " * len(said) + "\r"  # gone before the answer
    for _ in terminal.watched([1, 2], "drawing"):
        time.sleep(0.2)
    assert "geoline: drawing" in capsys.readouterr().err
    with terminal.waiting("quick"):
        pass
    assert capsys.readouterr().err == ""


def test_refusal_at_a_terminal_is_one_line() -> None:
    """What is wrong would be lost among what was said while it was worked out."""
    shown = _at_a_terminal("status", "--on", "2020-13-01", "--theatre", str(FOLDER))
    lines = [line for line in shown.replace("\r\n", "\n").split("\n") if line]
    assert len(lines) == 1
    assert "\x1b[31mgeoline:\x1b[0m '2020-13-01' is not in the calendar" in lines[0]


def _offered(line: str) -> list[str]:
    """What Tab offers after a line, asked as a shell asks."""
    environment = _environment(
        _ARGCOMPLETE="1", _ARGCOMPLETE_STDOUT_FILENAME=os.devnull, COMP_LINE=line,
        COMP_POINT=str(len(line)), COMP_TYPE="9", _ARGCOMPLETE_IFS="\n",
    )  # fmt: skip
    reader, writer = os.pipe()
    environment["_ARGCOMPLETE_STDOUT_FILENAME"] = f"/dev/fd/{writer}"
    ran = subprocess.run(
        [sys.executable, "-m", "geoline"],
        env=environment, pass_fds=(writer,), capture_output=True, check=False, timeout=60,
    )  # fmt: skip
    os.close(writer)
    with os.fdopen(reader, encoding="utf-8") as answer:
        text = answer.read()
    assert ran.returncode == 0, ran.stderr
    return [word.strip() for word in text.split("\n") if word.strip()]


@pytest.mark.skipif(not Path("/dev/fd").exists(), reason="no /dev/fd")
def test_tab_offers_what_there_is() -> None:
    """Tab would offer nothing, or names of another theatre."""
    assert _offered("geoline sta") == ["status"]
    assert "--between" in _offered("geoline highway --b")
    assert [w.replace("\\", "") for w in _offered("geoline status Saraq")] == ["Saraqib"]
    shushas = _offered(f"geoline status --theatre {shlex.quote(str(FOLDER))} Shu")
    assert shushas == ["Shusha"]
    assert _offered("geoline highway M") == ["M4", "M5"]


def test_tab_answers_at_once() -> None:
    """Tab would wait for libraries that it does not use."""
    program = (
        "import sys; from geoline.cli.completion import names_of; names_of('place');"
        " print(sorted({'pandas', 'geopandas', 'shapely', 'numpy'} & set(sys.modules)))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], env=_environment(), capture_output=True, text=True,
        check=True,
    )  # fmt: skip
    assert ran.stdout.strip() == "[]"
    assert names_of("place", str(FOLDER / "nothing")) == []
    assert "Maarrat al-Numan" in names_of("place")


def test_the_shell_learns_of_it() -> None:
    """The line that the docs give would do nothing."""
    program = shutil.which("register-python-argcomplete", path=str(Path(sys.executable).parent))
    assert program, "argcomplete brings it"
    ran = subprocess.run([program, "geoline"], capture_output=True, text=True, check=True)
    assert "geoline" in ran.stdout
    # Shells that complete everything look for this word in the program.
    assert "PYTHON_ARGCOMPLETE_OK" in (ROOT / "geoline" / "__main__.py").read_text("utf-8")


def _typed(*arguments: str | bytes, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run the command with its output taken, as a script does."""
    return subprocess.run(
        [sys.executable, "-m", "geoline", *arguments],
        env=_environment(**environment), capture_output=True, check=False, timeout=120,
    )  # fmt: skip


def test_reader_who_has_read_enough_is_no_fault() -> None:
    """`geoline status --on DAY | head -1` would end in an error; with `pipefail` a script too."""
    command = [sys.executable, "-m", "geoline", "status", "--on", "2020-10-23"]
    for asked in (
        [*command, "--theatre", str(FOLDER)],
        [sys.executable, "-m", "geoline", "--help"],
    ):
        reader, writer = os.pipe()
        os.close(reader)  # nobody reads a word
        ran = subprocess.run(
            asked, stdout=writer, stderr=subprocess.PIPE, env=_environment(), check=False
        )
        os.close(writer)
        assert (ran.returncode, ran.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full")
def test_full_disk_is_one_line() -> None:
    """Half an answer would stand in a file, and the status say that all is well."""
    with Path("/dev/full").open("wb") as full:
        ran = subprocess.run(
            [sys.executable, "-m", "geoline", *ASKED],
            stdout=full, stderr=subprocess.PIPE, env=_environment(), check=False,
        )  # fmt: skip
    assert (ran.returncode, ran.stderr.count(b"\n")) == (2, 1)
    assert b"No space left" in ran.stderr


def test_terminals_of_ascii_get_an_answer() -> None:
    """In a container without a locale every Arabic name would end in a traceback."""
    ascii_only = {"PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii", "LC_ALL": "C"}
    lines = _typed("resolve", "Շուշի", "--theatre", str(FOLDER), **ascii_only)
    assert (lines.returncode, lines.stderr) == (0, b"")
    assert b"\\u0547\\u0578\\u0582\\u0577\\u056b: resolved" in lines.stdout
    assert b"+/-" in lines.stdout
    data = _typed("resolve", "Շուշի", "--theatre", str(FOLDER), "--json", **ascii_only)
    assert data.stdout.isascii()
    assert json.loads(data.stdout)[0]["query"] == "Շուշի"
    # Where nothing says that arguments are UTF-8, they are read as UTF-8 all the same.
    bare = _typed("resolve", "Շուշի", "--theatre", str(FOLDER), "--json", **ascii_only,
                  PYTHONCOERCECLOCALE="0")  # fmt: skip
    assert bare.stdout == data.stdout


@pytest.mark.skipif(os.name != "posix", reason="arguments are bytes on POSIX only")
def test_arguments_that_are_not_utf8_are_refused() -> None:
    """A name in an old encoding would end in a traceback, or be looked up as another."""
    ran = _typed("resolve", b"Alep\xe9")
    assert (ran.returncode, ran.stdout) == (2, b"")
    assert ran.stderr.decode() == "geoline: 'Alep\\xe9' is not UTF-8; type or name it so\n"


def test_names_cannot_steer_a_terminal(tmp_path: Path) -> None:
    """A name in a dataset could clear the screen, retitle the window or write what is not there."""
    folder = tmp_path / "karabakh"
    shutil.copytree(FOLDER, folder)
    places = folder / "places.csv"
    name = "Sh\x1b]0;mine\x07u\x1b[2Jsh\x9b31ma\u202e"
    places.write_text(places.read_text("utf-8").replace(",Shusha,", f",{name},", 1), "utf-8")
    asked = ("status", "shusha", "--on", "2020-11-08", "--theatre", str(folder))
    shown = _at_a_terminal(*asked)
    assert not set("\x07\x1b\x9b\u202e") & set(shown)
    assert "Sh\\x1b]0;mine\\x07u\\x1b[2Jsh\\x9b31ma\\u202e: azerbaijan" in shown
    data = _typed(*asked, "--json").stdout.decode()
    assert not set("\x07\x1b\x9b\u202e") & set(data)
    assert json.loads(data)[0]["place"] == name  # the data are the same
    refused = _typed("resolve", "x", "--near", "\x1b[2Jx", "--theatre", str(folder))
    assert (refused.returncode, b"\x1b" in refused.stderr) == (2, False)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["resolve", "x", "--limit", "0"], "--limit: '0' is no number of things"),
        (["resolve", "x", "--limit", "-3"], "--limit: '-3' is no number of things"),
        (["resolve", "x", "--limit", "2.5"], "--limit: '2.5' is no number of things"),
        (["resolve", "x", "--near", "91,200"], "latitudes end at 90, longitudes at 180"),
        (["resolve", "x", "--near", "36, 361"], "latitudes end at 90, longitudes at 180"),
        (
            ["extract", "x", "--published", "2020-01-29", "--source", "a", "--cluster", "0"],
            "--cluster: '0' is no number of things",
        ),
    ],
)
def test_senseless_numbers_are_refused(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """`--limit 0` would find nothing, and a longitude of 361 be taken for another place."""
    with pytest.raises(SystemExit) as ended:
        main([*arguments, "--theatre", str(FOLDER)])
    told = capsys.readouterr()
    assert (ended.value.code, told.out, told.err.count("\n")) == (2, "", 1)
    assert said in told.err
