"""`geoline publish`: a folder for any static host, of which only what changed is written again."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from geoline import page, publishing, theatre_folder
from geoline.cli.dialogue.answer import DONE, IN_PART, Answer
from geoline.cli.dialogue.arguments import add_known, add_processes
from geoline.cli.dialogue.asked import day_said, draw_days, folder_of, theatre_of
from geoline.cli.dialogue.terminal import watched

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from datetime import date

__all__ = ["arguments", "run"]


def arguments(parser: ArgumentParser) -> None:
    """Add what the command takes."""
    parser.add_argument("folder", metavar="FOLDER", help="where to; an empty one, or one of these")
    parser.add_argument(
        "--url",
        metavar="URL",
        default="",
        help="where the folder will stand; default: `url` in theatre.toml",
    )
    parser.add_argument("--as-of", metavar="DAY", help="the day of publication; default: today")
    add_known(parser)
    add_processes(parser)


def run(options: Namespace) -> Answer:
    """Publish, and say what was written."""
    theatre, folder = theatre_of(options), Path(options.folder)
    first = folder / "index.html" if folder.is_dir() else folder
    theatre_folder.check_output(first, folder_of(options))
    as_known, data = theatre.as_known(options.known_on), theatre.data
    draw_days(as_known, data.first_day, data.last_day, options, page.write_day)
    done = publishing.publish(
        folder,
        as_known,
        published=_published(options.as_of),
        url=options.url,
        watched=lambda days: watched(list(days), "publishing days"),
    )
    answer = {
        "folder": str(folder),
        "theatre": data.id,
        "published": done.published.isoformat(),
        "days": len(data.days),
        "written": done.written,
        "unchanged": done.unchanged,
        "left_out": done.left_out,
    }
    files = f"{len(done.written)} files written, {done.unchanged} as they were"
    lines = [f"{folder}: {data.name}, {len(data.days)} days, {files}", *done.left_out]
    if data.delay_text:
        lines.append(data.delay_text)
    return Answer(answer, lines, IN_PART if done.left_out else DONE)


def _published(text: str | None) -> date:
    return datetime.now(UTC).date() if text is None else day_said(text, "--as-of: ")
