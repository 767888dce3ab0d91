"""Reading many reports: in order, on one core or over a Dask cluster, resumed where a run ended.

What was read of a file is a line of the journal. A file that cannot be read is set aside with its
reason, and the others are read. A cluster gives the answers in the order of the files, so the
result is the same however many processes read.
"""

from __future__ import annotations

import json
import sys
import time
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from geoline.errors import GeolineError
from geoline.extraction.report_figures import ReportFigure, report_figures
from geoline.extraction.report_names import NamedReports, shown_name
from geoline.extraction.user_model import Beside, ReadsReports, model_reader
from geoline.processes import connected
from geoline.reading import Extractor, SideWords, days_said, language_not_read, word_set
from geoline.theatre_folder import TheatreData, read_theatre_folder

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence
    from datetime import date

    from geoline.reading import ExtractedClaim

__all__ = ["Run", "extractor_of", "read_all", "read_some"]

# Files of one task, and seconds between two words on how far a run is.
PER_TASK, EVERY_SECONDS = 100, 5.0
# Names and days shown of a report in a language that is not read.
SHOWN = 12
# Words so short say nothing of a theatre.
SHORT = 3
# Tasks under way at once for each process of a cluster.
AHEAD = 4
# Capitalised words of parties' names that say nothing of a theatre.
_COMMON = word_set("Army National Democratic Forces North South East West Front Party")
_ORDINARY = _COMMON | word_set(
    "Division Divisions Corps Brigade Republican Guard Special Mission Fourth Fifth Liberation "
    "Conquest Islamist Islamic Government President Troops Soldiers Regime Free"
)
_OWN = word_set("Islamist Jihadist Armed")


class Run(NamedTuple):
    """What a run reads with: the theatre's folder, day and source, whether figures too, a model.

    `model` is a reader of a user's own beside the rules, as `model_reader` takes it; empty: none.
    """

    folder: Path
    published: date
    source: str
    figures: bool
    model: str = ""


def extractor_of(theatre: TheatreData) -> Extractor:
    """Make the reader of reports on a theatre."""
    words = {word for party in theatre.parties.values() for word in party.name.split()}
    own = words | _OWN | set(theatre.reading.own_people)
    return Extractor(
        theatre.gazetteer,
        SideWords(theatre.actor_words, theatre.actor_names, own=frozenset(own)),
        context=_context(theatre, words),
        holders=theatre.parties,
        regions=[region.name for region in theatre.governorates],
        not_places=theatre.reading.not_places,
    )


def _context(theatre: TheatreData, words: Iterable[str]) -> set[str]:
    """Give the words that place a report in a theatre: its regions, and what its sides are called.

    `words` are those of the names of its parties.
    """
    parties = theatre.parties.values()
    regions = (region.name for region in theatre.governorates)
    named = [w for w in (*words, *theatre.name.split(), *regions) if w[:1].isupper()]
    generic = {word.lower() for party in parties for word in party.words}
    context = {w for w in named if w.lower() not in generic and w not in _COMMON}
    # "HTS", "Assad": what only this war's sides are called.
    elsewhere = _ORDINARY.union(theatre.reading.said_elsewhere)
    called = {word for party in parties for words in party.words for word in words.split()}
    proper = {word for word in called if _is_proper(word, elsewhere)}
    arabic = {word for party in parties for word in party.name_ar.split()}
    return {word for word in context | arabic if len(word) > SHORT} | proper


def _is_proper(word: str, elsewhere: Container[str]) -> bool:
    """Whether a word of a party's is a name or an abbreviation, and is not said elsewhere too."""
    letters = word.removesuffix("'s")
    short = letters.isascii() and letters.isupper() and len(letters) >= SHORT
    return short or (letters.istitle() and len(letters) > SHORT + 1 and letters not in elsewhere)


@lru_cache(maxsize=1)
def _reader(folder: Path, model: str) -> ReadsReports:
    """Make a theatre's reader, once in each process."""
    theatre = read_theatre_folder(folder)
    rules = extractor_of(theatre)
    return Beside(rules, model_reader(model, theatre), theatre) if model else rules


def read_some(run: Run, names: Sequence[str]) -> list[dict[str, Any]]:
    """Read files; give for each its claims and figures as plain data, or why it was set aside."""
    reader, reports = _reader(run.folder, run.model), NamedReports()
    found: list[dict[str, Any]] = []
    for name in names:
        shown = shown_name(name)
        answer: dict[str, Any] = {"path": name, "aside": "", "claims": [], "figures": []}
        try:
            text, shown, day = reports.read(name)
            own = run if day is None else run._replace(published=day)
            claims = reader.claims(text, own.published)
            answer["claims"] = [_record(claim, own, shown) for claim in claims]
            if not claims and (language := language_not_read(text)):
                answer["aside"] = f"{shown}: {_left(reader, text, own.published, language)}"
            if run.figures:
                said = report_figures(text, own.published)
                answer["figures"] = [_figure(figure, run.source) for figure in said]
        except (GeolineError, OSError) as error:
            answer["aside"] = " ".join(str(error).replace(Path(name).name, shown).split())
        except Exception as error:  # noqa: BLE001  (a report must not end the run)
            answer["aside"] = f"{shown}: {type(error).__name__}: {error}"
        found.append(answer)
    return found


def _left(reader: ReadsReports, text: str, published: date, language: str) -> str:
    """Say that a report's language is not read, and which names and days were seen in it."""
    rules = reader.rules if isinstance(reader, Beside) else reader
    names = rules.names(text)[:SHOWN] if isinstance(rules, Extractor) else []
    days = sorted({f"{said.last}" for said in days_said(text, published)})[:SHOWN]
    seen = "; ".join(
        f"{what} {', '.join(some)}" for what, some in (("places", names), ("days", days)) if some
    )
    said = f"not read ({language}); reports are read in English and Arabic"
    return f"{said}; named in it: {seen}" if seen else said


def read_all(
    run: Run, files: Sequence[Path | str], journal: Path | None = None, cluster: str = ""
) -> Iterator[dict[str, Any]]:
    """Read reports; give the answers of `read_some` in the order of the files.

    Parameters
    ----------
    run
        What to read with.
    files
        The reports, by their paths or other names (`geoline.extraction.report_names`).
    journal
        Where what was read is kept; a run with the same journal goes on behind it.
    cluster
        Address of a Dask scheduler, or a number of processes; empty: none.

    Raises
    ------
    RequestError
        If Dask is not installed, there is no such cluster, or the model cannot be loaded.
    """
    names = [str(path) for path in files]
    done = _done(run, names, journal)
    yield from done
    if cluster and run.model:
        _reader(run.folder, run.model)  # one line if it cannot be loaded, before processes start
    left = [names[n : n + PER_TASK] for n in range(len(done), len(names), PER_TASK)]
    answers = _over_cluster(run, left, cluster) if cluster else (read_some(run, s) for s in left)
    said, read = time.monotonic(), len(done)
    for some in answers:
        if journal is not None:
            _note(run, journal, some)
        yield from some
        read += len(some)
        if time.monotonic() - said > EVERY_SECONDS:
            said = time.monotonic()
            sys.stderr.write(f"{read:,} of {len(names):,} reports read\n")


def _mark(run: Run) -> str:
    return json.dumps([str(part) for part in run])


def _done(run: Run, names: Sequence[str], journal: Path | None) -> list[dict[str, Any]]:
    """Give what a run that was ended had read, as far as it is of the same files."""
    if journal is None or not journal.exists():
        return []
    # A power cut may leave what is no text: what cannot be read was not read.
    lines = journal.read_bytes().decode("utf-8", "replace").split("\n")
    if lines[0] != _mark(run):
        journal.unlink()
        return []
    found: list[dict[str, Any]] = []
    for line, name in zip(lines[1:-1], names, strict=False):  # the last line may be cut
        answer = _noted(line)
        if answer is None or answer["path"] != name:
            break
        found.append(answer)
    if len(found) < len(lines) - 1:
        kept = "".join(f"{line}\n" for line in lines[: 1 + len(found)])
        journal.write_text(kept, encoding="utf-8")
    return found


def _noted(line: str) -> dict[str, Any] | None:
    """Read a line of a journal; None if it is none."""
    try:
        answer = json.loads(line)
    except (ValueError, RecursionError):
        return None
    kinds = {"path": str, "aside": str, "claims": list, "figures": list}
    if not isinstance(answer, dict) or not all(
        isinstance(answer.get(key), kind) for key, kind in kinds.items()
    ):
        return None
    return answer


def _note(run: Run, journal: Path, some: Sequence[dict[str, Any]]) -> None:
    new = not journal.exists()
    with journal.open("a", encoding="utf-8") as file:
        if new:
            file.write(_mark(run) + "\n")
        # In ASCII: names of files may hold what is no Unicode.
        file.writelines(json.dumps(answer) + "\n" for answer in some)


def _over_cluster(
    run: Run, parts: Sequence[Sequence[str]], cluster: str
) -> Iterator[list[dict[str, Any]]]:
    """Read parts over a Dask cluster; give them in order, a few ahead."""
    with connected(cluster) as client:
        most = AHEAD * max(1, len(client.scheduler_info()["workers"]))
        waiting = []
        for part in parts:
            waiting.append(client.submit(read_some, run, part, pure=False))
            if len(waiting) >= most:
                yield waiting.pop(0).result()
        for future in waiting:
            yield future.result()


def _record(claim: ExtractedClaim, run: Run, file: str) -> dict[str, Any]:
    return {
        "place": claim.place,
        "place_id": claim.place_id,
        "lat": claim.lat,
        "lon": claim.lon,
        "about": claim.about,
        "road": claim.road,
        "event": claim.event,
        "actor": claim.actor or None,
        "from_actor": claim.from_actor or None,
        "date_start": claim.first.isoformat() if claim.first else None,
        "date_end": claim.last.isoformat(),
        "date_precision": claim.precision,
        "certainty": claim.certainty,
        "attributed_to": claim.attributed_to,
        "span": list(claim.span),
        "evidence": claim.evidence,
        "flag": claim.flag,
        "rule": claim.rule,
        "source": run.source,
        "published": run.published.isoformat(),
        "file": file,
    }


def _figure(figure: ReportFigure, source: str) -> dict[str, str]:
    return {
        "date_from": figure.first.isoformat(),
        "date_to": figure.last.isoformat(),
        "quantity": figure.quantity,
        "value": figure.value,
        "unit": figure.unit,
        "place_or_road": figure.place,
        "statement": figure.words,
        "source": source,
    }
