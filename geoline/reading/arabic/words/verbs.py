"""The forms of the Arabic verbs of the field, made from stems, as `plain_arabic` gives them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from geoline.reading.shared.item import VerbForm
from geoline.reading.shared.tokens import plain_arabic
from geoline.reading.shared.word_lists import word_lists

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["ARABIC_FORMS", "ARABIC_TRIGGERS", "CONTROL_NOUNS", "EITHER", "ArabicForm"]


class ArabicForm(NamedTuple):
    """A form of a verb, and the pronoun written together with it ("ها" in "استعادتها")."""

    verb: VerbForm
    pronoun: str


def _forms_of(text: str) -> frozenset[str]:
    return frozenset(map(plain_arabic, text.split()))


_LISTS = word_lists(__file__, "verbs.toml")
_WORDS: dict[str, str] = _LISTS["words"]
# Nouns for control: with "over" they tell that it was taken, or held.
CONTROL_NOUNS = _forms_of(_WORDS["control"])
_PRONOUNS = ("ها", "ه", "هم", "هما")
# Forms with no pronoun: their place stands behind "over", or is what fell.
_ALONE = {(slot, tense) for slot in ("on", "subject", "hand") for tense in ("past", "present")} | {
    ("hand", "noun")
}
# Written like words of every day.
_NOT_FORMS = _forms_of(_WORDS["not_forms"])


class _Stems(NamedTuple):
    """A verb: what it tells, where its place stands, and its forms, "-" where one is not used."""

    event: str
    slot: str
    past: str
    present: str
    noun: str


_VERBS = [
    _Stems(group["event"], group["slot"], *map(plain_arabic, forms.split()))
    for group in _LISTS["verbs"]
    for forms in group["forms"]
]


def _past(stem: str) -> list[tuple[str, str]]:
    """Give he, she, they, both of the past, alone and with a pronoun."""
    weak = stem.endswith(("ي", "ا")) and not stem.endswith("عاد")
    short = stem[:-1] if weak else stem
    plain = [stem, short + "ت", short + "وا", stem + "ا", short + "تا"]
    forms = [(form, "") for form in plain]
    joined = [short + "ا" if weak else stem, short + "ت", short + "و"]
    return forms + [(form + end, end) for form in joined for end in _PRONOUNS]


def _present(stem: str) -> list[tuple[str, str]]:
    whole = [person + stem + end for person in "يت" for end in ("", "وا", "ون", "ان")]
    joined = [(person + stem + end, end) for person in "يت" for end in _PRONOUNS]
    return [(form, "") for form in whole] + joined


def _noun(stem: str) -> list[tuple[str, str]]:
    joined = stem[:-1] + "ت" if stem.endswith("ه") else stem
    joined = joined[:-1] + "ي" if joined.endswith("ء") else joined
    forms = [joined + end for end in _PRONOUNS]
    hamza = [stem[:-1] + hand for hand in ("ا", "و", "ي")] if stem.endswith("ء") else []
    kept = [(stem[:-1] + letter + end, end) for letter in "ءوي" for end in _PRONOUNS if hamza]
    return [(stem, ""), ("ال" + stem, ""), *zip(forms, _PRONOUNS, strict=True), *kept]


def _made(verb: _Stems) -> Iterator[tuple[str, ArabicForm]]:
    """Give the forms of a verb that tell something, each with its pronoun."""
    # A noun is written like the past with "it" ("استعادة", "استعاده"), and is the likelier.
    made = (
        ("noun", _noun, verb.noun),
        ("past", _past, verb.past),
        ("present", _present, verb.present),
    )
    for tense, forms, stem in made:
        for form, pronoun in forms(stem) if stem != "-" else []:
            as_past = tense == "noun" and form == verb.past
            alone = bool(pronoun) and (verb.slot, tense) in _ALONE
            if not (as_past or alone or form in _NOT_FORMS):
                yield form, ArabicForm(VerbForm(verb.event, verb.slot, tense), pronoun)


def _forms() -> dict[str, ArabicForm]:
    control = VerbForm("captured", "on", "noun")
    owned = [made for stem in _WORDS["own_control"].split() for made in _noun(plain_arabic(stem))]
    found = {form: ArabicForm(control, pronoun) for form, pronoun in owned if pronoun}
    # Of forms written alike the first counts.
    found |= {form: made for verb in reversed(_VERBS) for form, made in reversed([*_made(verb)])}
    for row in _LISTS["on_the_way"]:
        done = ArabicForm(VerbForm(row["event"], row["slot"], "past"), "")
        found |= dict.fromkeys(map(plain_arabic, row["words"].split()), done)
    return found


# Every form, without what may be written in front of it.
ARABIC_FORMS = _forms()
_PAST = {made for verb in _VERBS for made in _past(verb.past)}
# Nouns with a pronoun that are written like the past with one: "استعادتها".
EITHER = frozenset(
    form
    for form, (verb, pronoun) in ARABIC_FORMS.items()
    if pronoun and verb.form == "noun" and (form, pronoun) in _PAST
)
# As they stand in a text, with "and" and the like before them.
ARABIC_TRIGGERS = (
    frozenset(
        conjunction + prefix + form
        for form in ARABIC_FORMS
        for conjunction in ("", "و", "ف")
        for prefix in ("", "ب", "ل", "س")
    )
    | frozenset("لل" + form[2:] for form in ARABIC_FORMS if form.startswith("ال"))
    | _forms_of(_WORDS["triggers"])
)
