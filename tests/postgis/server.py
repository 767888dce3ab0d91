"""A PostgreSQL of a test's own: found, started on a socket in a folder that goes with it, stopped.

``python tests/postgis/server.py`` says where the server's programs are, or what to install.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["NO_POSTGIS", "find_postgis", "server"]

NO_POSTGIS = (
    "no PostgreSQL with PostGIS: install it (Debian: apt-get install -y postgresql postgis; macOS: "
    "brew install postgresql postgis) or name the folder of its programs in GEOLINE_POSTGRES"
)
# Where the programs of the server lie that no PATH leads to: Debian, Red Hat, Homebrew.
_FOLDERS = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql*/bin")
# Who runs the server for root, as whom it refuses to run.
_USERS = ("postgres", "nobody")
USER = "geoline"


@cache
def find_postgis() -> Path | None:
    """Find the folder of a server's programs, PostGIS installed with it; the newest first.

    ``GEOLINE_POSTGRES``, if set, names the only candidate.
    """
    named, found = os.environ.get("GEOLINE_POSTGRES"), shutil.which("initdb")
    folders = [path for pattern in _FOLDERS for path in Path("/").glob(pattern[1:])]
    folders.sort(key=lambda path: [int(n) for n in re.findall(r"\d+", str(path))], reverse=True)
    candidates = [Path(named)] if named else [*([Path(found).parent] if found else []), *folders]
    return next((folder for folder in candidates if _whole(folder)), None)


def _whole(folder: Path) -> bool:
    """Whether a folder has the programs of a server that knows PostGIS, and we can run them."""
    if not all((folder / name).exists() for name in ("initdb", "pg_ctl", "postgres", "pg_config")):
        return False
    run = subprocess.run(
        [folder / "pg_config", "--sharedir"], capture_output=True, text=True, check=False
    )
    control = Path(run.stdout.strip()) / "extension" / "postgis.control"
    return run.returncode == 0 and control.exists() and (os.geteuid() != 0 or _user() is not None)


def _user() -> str | None:
    import pwd  # noqa: PLC0415  (not on Windows)

    for name in _USERS:
        with suppress(KeyError):
            return pwd.getpwnam(name).pw_name
    return None


@contextmanager
def server(programs: Path, *settings: str) -> Iterator[Path]:
    """Start a server that nobody else can reach, and stop it again.

    Parameters
    ----------
    programs
        Folder of its programs.
    settings
        Of `postgresql.conf`, such as "fsync=off".

    Gives the folder of its socket; the superuser is `USER`, without a password.
    """
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    data, log = folder / "data", folder / "log"
    as_user: list[str] = []
    if os.geteuid() == 0:
        user = str(_user())
        shutil.chown(folder, user)
        as_user = ["setpriv", f"--reuid={user}", f"--regid={user}", "--clear-groups"]
    options = " ".join(
        f"-c {setting}"
        for setting in ("listen_addresses=", f"unix_socket_directories={folder}", *settings)
    )

    def run(*command: str) -> None:
        _run([*as_user, *command])

    try:
        run(f"{programs}/initdb", "-D", f"{data}", "-A", "trust", "-U", USER, "-N", "-E", "UTF8",
            "--locale=C")  # fmt: skip
        run(f"{programs}/pg_ctl", "-D", f"{data}", "-o", options, "-l", f"{log}", "-w", "start")
        try:
            yield folder
        finally:
            run(f"{programs}/pg_ctl", "-D", f"{data}", "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(command: Sequence[str]) -> None:
    """Run a program; what it says goes into a file, as a server keeps its streams open."""
    with tempfile.TemporaryFile() as said:
        done = subprocess.run(command, stdout=said, stderr=said, cwd="/", check=False)
        if done.returncode:
            said.seek(0)
            message = f"{command[-1]}: {said.read().decode(errors='replace')}"
            raise RuntimeError(message)


if __name__ == "__main__":
    if find_postgis() is None:
        sys.exit(NO_POSTGIS)
    sys.stdout.write(f"{find_postgis()}\n")
