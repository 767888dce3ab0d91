"""A reader of reports of a user's own, beside the rules.

Nothing is downloaded and no model is shipped. Who has one (a parser, a zero-shot extractor with its
weights) writes a function that takes a theatre's `TheatreData` and gives an object with the method
of `ReadsReports`, and names it: `geoline extract --model my_reader.py:make`. The rules' claims stay
as they are; what only the model reads is added, flagged, for a person to look at::

    class Mine:
        def __init__(self, theatre):
            self.gazetteer = theatre.gazetteer  # resolve("Saraqeb").candidates[0].id: "saraqib"
            self.model = ...  # load it here, once in each process

        def claims(self, text, published):
            return [ExtractedClaim(place="Saraqeb", place_id="saraqib", event="captured", ...)]

    make = Mine
"""

from __future__ import annotations

import importlib
import importlib.util
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from geoline.claims import EVENTS
from geoline.errors import RequestError
from geoline.reading import HAPPENED, ExtractedClaim, once

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date
    from types import ModuleType

    from geoline.theatre_folder import TheatreData

__all__ = ["ONLY_MODEL", "Beside", "ReadsReports", "model_reader"]

ONLY_MODEL = "only the model reads this"
_CERTAINTIES = ("asserted", "reported", "unclear", "foreseen")


class ReadsReports(Protocol):
    """What reads reports: the rules (`geoline.reading.extractor.Extractor`), a model, or both."""

    def claims(self, text: str, published: date, /) -> Sequence[ExtractedClaim]:
        """Find the claims of a report that was published on a day."""
        ...


@dataclass(frozen=True, slots=True)
class Beside:
    """Two readers as one.

    Parameters
    ----------
    rules
        Its claims are kept.
    model
        Of its claims those are added, with the flag `ONLY_MODEL`, whose place and event the rules
        do not give, or give as unclear or foreseen where the model is sure.
    theatre
        The theatre, whose places and sides a model's claims may name.
    """

    rules: ReadsReports
    model: ReadsReports
    theatre: TheatreData

    def claims(self, text: str, published: date) -> list[ExtractedClaim]:
        """Find the claims of a report.

        Parameters
        ----------
        text
            The report.
        published
            Its day.

        Raises
        ------
        ValueError
            If a claim of the model cannot be one: it names an event, a place, a side or a span of
            the text that there is not.
        """
        found = list(self.rules.claims(text, published))
        known = {_what(claim) for claim in found}
        sure = {_what(claim) for claim in found if claim.certainty in HAPPENED}
        for claim in self.model.claims(text, published):
            fault = self._fault(claim, text)
            if fault:
                message = f"the model's claim on '{claim.place}': {fault}"
                raise ValueError(message)
            if _what(claim) not in (sure if claim.certainty in HAPPENED else known):
                flag = "; ".join(part for part in (ONLY_MODEL, claim.flag) if part)
                found.append(replace(claim, flag=flag))
        return once(sorted(found, key=lambda claim: claim.span[0]))

    def _fault(self, claim: ExtractedClaim, text: str) -> str:
        first, last = claim.span
        actors = self.theatre.actors | {""}
        faults = {
            f"there is no event '{claim.event}'": claim.event not in EVENTS,
            f"there is no place '{claim.place_id}'": (
                claim.place_id is not None and claim.place_id not in self.theatre.gazetteer
            ),
            f"'{claim.actor}' is no side": claim.actor not in actors,
            f"'{claim.from_actor}' is no side": claim.from_actor not in actors,
            f"certainty is '{claim.certainty}'; give {' or '.join(_CERTAINTIES)}": (
                claim.certainty not in _CERTAINTIES
            ),
            f"the text has no span {first} to {last}": not 0 <= first < last <= len(text),
        }
        return next((fault for fault, so in faults.items() if so), "")


def _what(claim: ExtractedClaim) -> tuple[str, str]:
    """Give what a claim says but for who and when, in which a second reader is not heard."""
    return claim.place_id or claim.place, claim.event.removeprefix("re")


def model_reader(name: str, theatre: TheatreData) -> ReadsReports:
    """Load a reader of a user's own.

    Parameters
    ----------
    name
        ``FILE.py:FUNCTION`` or ``MODULE:FUNCTION``; the function takes the `TheatreData`.
    theatre
        The theatre.

    Raises
    ------
    RequestError
        If there is no such file, module or function, or it fails, or what it gives reads nothing.
    """
    where, _, function = name.rpartition(":")
    if not (where and function):
        message = f"--model {name}: write FILE.py:FUNCTION or MODULE:FUNCTION"
        raise RequestError(message)
    try:
        make: Callable[[TheatreData], ReadsReports] = getattr(_module(where), function)
        reader = make(theatre)
    except Exception as error:
        # It is the user's own code: whatever it raises is said in one line.
        said = " ".join(f"{type(error).__name__}: {error}".split())
        message = f"--model {name}: cannot be loaded ({said})"
        raise RequestError(message) from error
    if not callable(getattr(reader, "claims", None)):
        message = f"--model {name}: gives no object with a method claims(text, published)"
        raise RequestError(message)
    return reader


def _module(where: str) -> ModuleType:
    """Import a module by its name, or from a file."""
    if not where.endswith(".py"):
        return importlib.import_module(where)
    path = Path(where).resolve()
    spec = importlib.util.spec_from_file_location(f"geoline_model_{path.stem}", path)
    if spec is None or spec.loader is None:
        raise ImportError(where)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # its dataclasses look their module up
    spec.loader.exec_module(module)
    return module
