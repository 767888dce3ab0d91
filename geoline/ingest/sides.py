"""Which of the parties that a dataset names an event is about: who took the place.

ACLED's codebook (2023): "Government regains territory" is the country's own government, from rebels
or from another state's forces; "Non-state actor overtakes territory" is anybody else, a foreign
state's forces too. The order of its two actors says nothing of who took the place from whom, and an
export may have either first, so nobody is taken for standing first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geoline.claims import ActorNames
    from geoline.ingest.event import DatasetEvent

__all__ = ["parties_meant"]


def parties_meant(event: DatasetEvent, names: ActorNames) -> tuple[tuple[str, ...], str]:
    """Give the parties or actors that an event is about, or why they are not known.

    Parameters
    ----------
    event
        What the dataset says.
    names
        What the theatre calls its actors, and whose country it is.

    Returns
    -------
    parties, reason
        One party of a capture, everybody of a clash; if there are none, the reason in words.
    """
    sides = [
        tuple(dict.fromkeys(p for name in group for p in names.of(name, sep=event.actor_sep)))
        for group in event.groups
    ]
    named = tuple(dict.fromkeys(party for side in sides for party in side))
    if event.side == "all":
        return named, _nobody(event, "known")
    if event.side == "first":
        return names.of(event.groups[0][0], sep=event.actor_sep)[:1], _nobody(event, "known")
    if event.side == "government":
        return _government(event, named, names)
    return _others(event, sides, named, names)


def _nobody(event: DatasetEvent, wanted: str) -> str:
    return (
        f"'{'; '.join(event.actors)}': none is {wanted} in theatre.toml; "
        "add the name under actor_names"
    )


def _government(
    event: DatasetEvent, named: Sequence[str], names: ActorNames
) -> tuple[tuple[str, ...], str]:
    own = names.government(event.country)
    if own in named:
        return (own,), ""
    states = _states(named, names)
    if own and names.country_of:
        reason = f"'{own}', whose country it is by country_of in theatre.toml, is not named"
        return (), f"'{'; '.join(event.actors)}': {reason}"
    if len(states) > 1:
        return (), _two_states(event, states)
    return states, _nobody(event, "a state's")


def _others(
    event: DatasetEvent,
    sides: Sequence[tuple[str, ...]],
    named: Sequence[str],
    names: ActorNames,
) -> tuple[tuple[str, ...], str]:
    own, states = names.government(event.country), _states(named, names)
    if states and not own:
        return (), _two_states(event, states)
    # The government's side has lost the place.
    found = [side for side in sides if side and own not in side]
    if len(found) > 1 and len({*sum(found, ())}) > 1:
        return (), _either(event, found, names)
    return (found[0][:1] if found else ()), _nobody(event, "not the government's")


def _states(named: Sequence[str], names: ActorNames) -> tuple[str, ...]:
    return tuple(party for party in named if party in names.states)


def _two_states(event: DatasetEvent, states: Sequence[str]) -> str:
    told = "' and '".join(states)
    return (
        f"'{'; '.join(event.actors)}': '{told}' {'are states' if len(states) > 1 else 'is a state'}"
        " here, and whose country it is is not said; set country_of in theatre.toml"
    )


def _either(event: DatasetEvent, found: Sequence[tuple[str, ...]], names: ActorNames) -> str:
    remedy = (
        "write it as a claim of your own (--format claims)"
        if names.states
        else "set country_of in theatre.toml, or state = true for the government"
    )
    who = "' and '".join(side[0] for side in found)
    return f"'{'; '.join(event.actors)}': '{who}' may each have taken it; {remedy}"
