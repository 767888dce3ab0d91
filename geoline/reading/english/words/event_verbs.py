"""The words of reports on fighting: which verbs and nouns mean which event, and classes of words.

Nothing here knows a country or a party; who is who comes from the theatre.
"""

from __future__ import annotations

from geoline.reading.shared.item import VerbForm
from geoline.reading.shared.word_lists import word_lists

__all__ = ["EVENT_NOUNS", "EVENT_VERBS", "verb_forms"]


_TABLES = word_lists(__file__, "verbs.toml")
_IRREGULAR = {(forms := row.split())[0]: forms for row in _TABLES["irregular"].strip().splitlines()}
_NOUN_FORMS = frozenset(_TABLES["noun_forms"].split())
_ES = ("s", "x", "z", "ch", "sh")
_FORM_NAMES = ("base", "s", "past", "pp", "ing")

# Nouns for what happened: "the capture of X".
EVENT_NOUNS = {noun: event for event, nouns in _TABLES["nouns"].items() for noun in nouns.split()}


def verb_forms(verb: str) -> list[tuple[str, str]]:
    """Give the forms of a verb, each with its name.

    Examples
    --------
    >>> verb_forms("carry")
    [('carry', 'base'), ('carries', 's'), ('carried', 'past'), ('carried', 'pp'),
     ('carrying', 'ing')]
    """
    if verb in _IRREGULAR:
        return list(zip(_IRREGULAR[verb], _FORM_NAMES, strict=True))
    stem = verb.removesuffix("e")
    if verb.endswith("y") and verb[-2] not in "aeiou":
        forms = [verb, verb[:-1] + "ies", verb[:-1] + "ied", verb[:-1] + "ied", verb + "ing"]
    else:
        third = verb + "es" if verb.endswith(_ES) else verb + "s"
        ing = verb + "ing" if verb.endswith("ee") else stem + "ing"
        forms = [verb, third, stem + "ed", stem + "ed", ing]
    return list(zip(forms, _FORM_NAMES, strict=True))


def _together(forms: set[str]) -> str:
    """Give one name to forms that are written alike."""
    if {"base", "past", "pp"} <= forms:
        return "any"
    if {"past", "pp"} <= forms:
        return "ed"
    return "base/pp" if {"base", "pp"} <= forms else min(forms)


def _event_verbs() -> dict[str, list[tuple[tuple[str, ...], VerbForm]]]:
    found: dict[str, dict[tuple[tuple[str, ...], str, str], set[str]]] = {}
    for row in _TABLES["verbs"]:
        for written in row["words"].split():
            verb, *particles = written.split("+")
            way = (tuple(particles), row["event"], row["slot"])
            for word, form in verb_forms(verb):
                if word not in _NOUN_FORMS:
                    found.setdefault(word, {}).setdefault(way, set()).add(form)
    # The way that asks for most words first, "control" before a plain object.
    order = ("control", "under", "flag", "gains")
    return {
        word: sorted(
            (
                (particles, VerbForm(event, slot, _together(forms)))
                for (particles, event, slot), forms in ways.items()
            ),
            key=lambda way: (way[1].slot not in order, -len(way[0]), way[1].slot != "out"),
        )
        for word, ways in found.items()
    }


# By the first word: the words that must follow, and the form. What "control", "under", "out" and
# "flag" ask for besides is looked for in the sentence.
EVENT_VERBS = _event_verbs()
