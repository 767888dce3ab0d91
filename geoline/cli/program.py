"""The command `geoline`.

Exit status: 0 done; 1 done, but something asked for was unknown, ambiguous or set aside; 2 the
request cannot be carried out, with one line on standard error that says why and what to do.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import os
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geoline.cli.arguments import make_parser
from geoline.cli.terminal import tinted, tinted_words, waiting
from geoline.errors import GeolineError, RequestError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence
    from datetime import date

    from geoline.gazetteer import Resolution
    from geoline.situation import Situation, TheatreAsKnown
    from geoline.theatre import Theatre

__all__ = ["main"]

DONE, IN_PART, REFUSED = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command and exit with its status."""
    runs = {
        "map": _map, "resolve": _resolve, "ingest": _ingest, "status": _status,
        "history": _history, "changes": _changes, "highway": _highway, "posts": _posts,
        "check": _check, "front": _front, "export": _export, "extract": _extract,
        "new": _new,
    }  # fmt: skip
    parser = make_parser(runs)
    if "_ARGCOMPLETE" in os.environ:
        from geoline.cli.completion import complete  # noqa: PLC0415  (only while a shell completes)

        complete(parser)
    options = parser.parse_args(arguments)
    try:
        with waiting(options.command) as options.clear:
            status = options.run(options)
    except (GeolineError, OSError) as error:
        _warn(str(error), "red")
        status = REFUSED
    except BrokenPipeError:
        status = DONE
    sys.exit(status)


def _warn(text: str, colour: str = "yellow") -> None:
    """Say one line on standard error."""
    start = "\r\x1b[K" if sys.stderr.isatty() else ""  # over what says that work goes on
    name = tinted("geoline:", colour, sys.stderr)
    print(f"{start}{name} {' '.join(text.split())}", file=sys.stderr)  # noqa: T201


def _new(options: argparse.Namespace) -> int:
    from geoline.theatre_folder import new_theatre  # noqa: PLC0415  (as in `_load`)

    folder = Path(options.name)
    made = new_theatre(folder, options.first, options.last)
    answer = {"folder": str(folder), "files": [path.as_posix() for path in made]}
    lines = [
        f"{folder}: {len(made)} files to be filled; its README.md says what goes where",
        f"then: geoline map --theatre {folder}",
    ]
    _say(options, answer, lines)
    return DONE


def _load(options: argparse.Namespace) -> Theatre:
    from geoline.theatre import load_theatre  # noqa: PLC0415  (so that --help answers at once)

    theatre = load_theatre(options.theatre)
    for remark in theatre.data.remarks:
        _warn(remark)
    return theatre


def _say(options: argparse.Namespace, answer: object, lines: Sequence[str]) -> None:
    if options.json:
        text = json.dumps(answer, ensure_ascii=False, indent=1, default=_plain)
    else:
        text = "\n".join(tinted_words(line, sys.stdout) for line in lines)
    options.clear()
    sys.stdout.write(text + "\n")


def _plain(value: object) -> object:
    if hasattr(value, "isoformat"):
        return value.isoformat()
    if hasattr(value, "item"):
        return value.item()
    message = f"{type(value).__name__} is no JSON"
    raise TypeError(message)


def _map(options: argparse.Namespace) -> int:
    from geoline.cli.day_commands import draw_days  # noqa: PLC0415  (as in `_load`)

    theatre = _load(options)
    path = Path(options.output or f"{theatre.data.id}.html")
    if not path.parent.is_dir():
        message = f"the folder {path.parent} does not exist; make it or choose another with -o"
        raise RequestError(message)
    as_known, first, last = _span(theatre, options)
    draw_days(as_known, first, last)
    size = theatre.write_map(
        path,
        first=options.first,
        last=options.last,
        opening=options.on,
        known=options.known_on,
        each_evening=options.as_known,
    )
    data = theatre.data
    undecided = sum(1 for c in data.claims if c.about in {"place", "post"} and not c.place_id)
    answer: dict[str, Any] = {
        "file": str(path),
        "bytes": size,
        "theatre": data.id,
        "from": str(first),
        "to": str(last),
        "known_on": options.known_on,
        "places": len(data.gazetteer),
        "claims": len(data.claims),
        "claims_not_placed": undecided,
        "names_undecided": len(data.undecided),
        "claims_outside": [claim.claim_id for claim in data.claims_outside],
        "highways": [road.id for road in data.highways],
        "posts": sum(post.lat is not None for post in data.posts),
    }
    counts = [f"{answer[what]} {what}" for what in ("claims", "places", "posts") if answer[what]]
    lines = [
        f"{path}: {data.name}, {first} to {last}, {size:,} bytes",
        ", ".join([*counts, *answer["highways"]]),
    ]
    if undecided:
        names = f"{undecided} claims about {len(data.undecided)} names"
        lines.append(f"{names} are not placed: undecided.csv")
    if outside := data.claims_outside:
        some = ", ".join(claim.claim_id for claim in outside[:3]) + (" …" if outside[3:] else "")
        lines.append(f"{len(outside)} claims are of days outside the theatre: {some}")
    _say(options, answer, lines)
    return DONE


def _span(theatre: Theatre, options: argparse.Namespace) -> tuple[TheatreAsKnown, date, date]:
    """Give the theatre as known, and the first and last day asked for."""
    data, as_known = theatre.data, theatre.as_known(options.known_on)
    first = theatre.on(options.first or data.first_day, options.known_on).day
    return as_known, first, theatre.on(options.last or data.last_day, options.known_on).day


def _resolve(options: argparse.Namespace) -> int:
    from geoline.cli.day_commands import phrase_answer  # noqa: PLC0415  (as in `_load`)

    theatre = _load(options)
    near = _near(theatre, options.near)
    answers, lines = [], []
    for text in options.text:
        answer = phrase_answer(theatre, text, near) or asdict(
            theatre.gazetteer.resolve(text, near=near, within=options.within, limit=options.limit)
        )
        answers.append(answer)
        lines.append(f"{text}: {answer['status']}")
        lines += [
            f"  {c['score']:.2f}  {c['name']}  {c['lat']:.4f},{c['lon']:.4f}"
            f"  ±{c['uncertainty_m']:.0f} m  {c['id']}"
            for c in answer["candidates"]
        ]
    _say(options, answers, lines)
    return DONE if all(answer["status"] == "resolved" for answer in answers) else IN_PART


def _near(theatre: Theatre, text: str | None) -> tuple[float, float] | None:
    if text is None:
        return None
    from geopy import Point  # noqa: PLC0415  (so that --help answers at once)

    try:
        point = Point.from_string(text)  # 35.9,36.6 and every other way to write a point
    except ValueError:
        best = _one(theatre.gazetteer.resolve(text))
        return best.lat, best.lon
    return point.latitude, point.longitude


def _one(answer: Resolution) -> Any:  # noqa: ANN401  (a Candidate; the module is not loaded yet)
    if answer.status == "unknown":
        message = f"the gazetteer knows no '{answer.query}'; try another spelling or LAT,LON"
        raise RequestError(message)
    if answer.status == "ambiguous":
        names = ", ".join(c.id for c in answer.candidates)
        message = f"'{answer.query}' may be several places; give one of {names}"
        raise RequestError(message)
    return answer.candidates[0]


def _find(theatre: Theatre, names: Sequence[str]) -> tuple[list[str], bool]:
    """Ids of the places meant, and whether every name was found."""
    found, complete = [], True
    for name in names:
        if name in theatre.gazetteer:
            found.append(name)
            continue
        answer = theatre.gazetteer.resolve(name)
        complete &= answer.status == "resolved"
        if answer.status != "resolved":
            _warn(f"{name}: {answer.status}")
        found += [c.id for c in answer.candidates[: 1 if answer.status == "resolved" else None]]
    return found, complete


def _day(options: argparse.Namespace) -> tuple[Theatre, Situation]:
    theatre = _load(options)
    return theatre, theatre.on(options.on, options.known_on)


def _status(options: argparse.Namespace) -> int:
    from geoline.cli.day_commands import status_answer  # noqa: PLC0415  (as in `_load`)

    theatre, day = _day(options)
    ids, complete = _find(theatre, options.place) if options.place else (list(day.spells), True)
    _say(options, *status_answer(theatre, day, ids))
    return DONE if complete else IN_PART


def _extract(options: argparse.Namespace) -> int:
    from geoline.extraction import extract_answer  # noqa: PLC0415  (as in `_load`)
    from geoline.theatre import bundled  # noqa: PLC0415  (as in `_load`)

    answer, lines, complete = extract_answer(
        _load(options).data,
        Path(options.theatre) if options.theatre else bundled(),
        [Path(file) for file in options.file],
        published=options.published,
        source=options.source,
        output=Path(options.output) if options.output else None,
        figures=Path(options.figures) if options.figures else None,
        cluster=options.cluster,
        model=options.model,
    )
    _say(options, answer, lines)
    return DONE if complete else IN_PART


def _ingest(options: argparse.Namespace) -> int:
    from geoline.cli.ledger_commands import ingest_answer  # noqa: PLC0415  (as in `_load`)

    answer, lines = ingest_answer(
        options.theatre, options.file, options.format, options.report, prune=options.prune
    )
    _say(options, answer, lines)
    return IN_PART if answer["set_aside"] else DONE


def _history(options: argparse.Namespace) -> int:
    from geoline.cli.ledger_commands import history_answer  # noqa: PLC0415  (as in `_load`)

    theatre = _load(options)
    ids, complete = _find(theatre, options.place)
    _say(options, *history_answer(theatre, ids, options.known_on))
    return DONE if complete else IN_PART


def _changes(options: argparse.Namespace) -> int:
    from geoline.cli.day_commands import changes_answer  # noqa: PLC0415  (as in `_load`)

    theatre = _load(options)
    _say(options, *changes_answer(theatre, options.first, options.last, options.known_on))
    return DONE


def _highway(options: argparse.Namespace) -> int:
    from geoline.cli.day_commands import draw_days  # noqa: PLC0415
    from geoline.cli.road_answers import (  # noqa: PLC0415
        highway_days,
        highway_lines,
        highway_record,
        leg_lines,
        leg_record,
    )

    theatre = _load(options)
    roads = {road.id: road for road in theatre.data.highways}
    for road in options.road:
        if road not in roads:
            known = ", ".join(sorted(roads)) or "none in this theatre"
            message = f"no highway '{road}'; there are {known}"
            raise RequestError(message)
    asked = [road for road in roads.values() if not options.road or road.id in options.road]
    if options.between:
        ends = [_one(theatre.gazetteer.resolve(name)).id for name in options.between]
        legs = [leg_record(road.between(*ends)) for road in asked]
        _say(options, legs, [line for leg in legs for line in leg_lines(leg)])
        return DONE
    if options.first or options.last:
        as_known, first, last = _span(theatre, options)
        draw_days(as_known, first, last)
        rows = highway_days(as_known, options.road, first, last)
        _say(options, rows, _csv(rows))
        return DONE
    if not options.on:
        message = "give a day with --on, days with --from and --to, or two places with --between"
        raise RequestError(message)
    day = theatre.on(options.on, options.known_on)
    answers = [highway_record(day, road) for road in asked]
    _say(options, answers, [line for answer in answers for line in highway_lines(answer)])
    return DONE


def _csv(rows: Sequence[dict[str, Any]]) -> list[str]:
    out = io.StringIO()
    writer = csv.DictWriter(out, rows[0] if rows else (), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().splitlines()


def _posts(options: argparse.Namespace) -> int:
    from geoline.cli.road_answers import post_lines, post_records  # noqa: PLC0415  (as in `_load`)

    theatre, day = _day(options)
    answers = post_records(day)
    placed = {post.place_id for post in theatre.data.posts} - {""}
    for claim in theatre.data.claims:
        if claim.about == "post" and claim.place_id not in placed and claim.when.end == day.day:
            _warn(f"{claim.event}, {claim.place}: not known which post ({claim.claim_id})")
    _say(options, answers, post_lines(answers))
    return IN_PART if any(answer["status"] == "unknown" for answer in answers) else DONE


def _check(options: argparse.Namespace) -> int:
    from geoline.cli.check_command import check_answer  # noqa: PLC0415  (as in `_load`)
    from geoline.theatre import bundled  # noqa: PLC0415

    theatre = _load(options)
    own = (Path(options.theatre) if options.theatre else bundled()) / "figures.csv"
    figures = Path(options.figures) if options.figures else own
    title = f"{theatre.data.name}: the map and published figures"
    output = Path(options.output) if options.output else None
    answer, lines = check_answer(figures, theatre.as_known(options.known_on), title, output)
    _say(options, answer, lines)
    return IN_PART if any(row["verdict"] == "not checkable" for row in answer) else DONE


def _export(options: argparse.Namespace) -> int:
    from geoline.cli.day_commands import draw_days  # noqa: PLC0415  (as in `_load`)
    from geoline.export import export_answer  # noqa: PLC0415

    theatre = _load(options)
    data, as_known = theatre.data, theatre.as_known(options.known_on)
    if options.on and (options.first or options.last):
        message = "give one day with --on, or days with --from and --to, not both"
        raise RequestError(message)
    if options.first or options.last:
        as_known, first, last = _span(theatre, options)
        draw_days(as_known, first, last)
    else:
        first = last = theatre.on(options.on or data.opening_day).day
    answer = export_answer(Path(options.output), as_known, first, last)
    span = answer["from"] if first == last else f"{answer['from']} to {answer['to']}"
    counts = ", ".join(f"{count} {layer}" for layer, count in answer["layers"].items())
    lines = [f"{answer['file']}: {data.name}, {span}, {answer['bytes']:,} bytes", counts]
    _say(options, answer, lines)
    return DONE


def _front(options: argparse.Namespace) -> int:
    from geoline.cli.day_commands import front_answer  # noqa: PLC0415  (as in `_load`)

    _, day = _day(options)
    options.clear()
    sys.stdout.write(json.dumps(front_answer(day), ensure_ascii=False, default=_plain) + "\n")
    return DONE
