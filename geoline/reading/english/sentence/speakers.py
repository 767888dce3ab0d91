"""Whose word a sentence gives: "the Observatory said", "according to state media"."""

from __future__ import annotations

import re

from geoline.reading.english.words.word_sets import word_sets
from geoline.reading.shared.item import Speech

__all__ = ["speeches"]

_WORDS = word_sets("sentence", "speakers")

_VERB = (
    r"said|says|reported|reports(?!\s+(?:of|that)\b)|announced|announces|claimed|claims(?!\s+(?:of|that)\b)"
    r"|confirmed|confirms|stated|told|added|tweeted|acknowledged|admitted|declared|noted"
)
# These are looked for in a sentence in small letters.
_SAYS = re.compile(rf"\b(?P<verb>{_VERB})\b")
_ACCORDING = re.compile(
    r"\b(?:according\s+to|citing|quoting|quoted\s+by|as\s+reported\s+by|reported\s+by|in\s+a\s+statement\s+by)\s+"
    r"(?P<who>[^,.;:\"”]+)"
)
_HEARSAY = re.compile(
    r"\b(?:reportedly|allegedly|purportedly|(?:is|are|was|were)\s+(?:reported|said|believed)\s+to|"
    r"(?:there\s+are|amid)\s+reports|reports\s+(?:of|that|say|said)|claims\s+that|reports\s+suggest\w*)\b"
)
_BREAK = re.compile(r"[,;:—–\"“”.]|\s-\s|\b(?:but|and|while|as|after|that|where|although)\b")
_TRIM = re.compile(
    r"^(?:(?:the|a|an|also|later|earlier|meanwhile|however|on\s+\w+day|\w+day|has|have|had)\s+)+"
    r"|(?:\s+(?:also|later|earlier|has|have|had|on\s+\w+day|\w+day|was|were|be|is|are|been|not|further))+$",
    re.IGNORECASE,
)
_DESCRIPTION = re.compile(r"^(?:a|an|the|which|who|its?|based|whose)\b", re.IGNORECASE)
_PRONOUNS = _WORDS["pronouns"]
# A speaker is told in as many words at most.
MOST_WORDS = 10


def speeches(text: str, before: str = "") -> list[Speech]:
    """Find whose word a sentence gives.

    Parameters
    ----------
    text
        The sentence.
    before
        The last speaker, whom "it" and "he" mean.

    Examples
    --------
    >>> [s.speaker for s in speeches("Troops took the hill, the Observatory said on Friday.")]
    ['Observatory']
    >>> [s.speaker for s in speeches("According to state media, troops took the hill.")]
    ['state media']
    """
    low = text.lower()
    if len(low) != len(text):  # a letter that has two for its small form
        low = text
    found = [
        Speech(match.start(), match.end(), _trimmed(text[slice(*match.span("who"))]))
        for match in _ACCORDING.finditer(low)
    ]
    for match in _SAYS.finditer(low):
        if any(speech.start <= match.start() < speech.end for speech in found):
            continue
        speaker = _left(text[: match.start()]) or _right(text[match.end() :])
        if speaker.lower() in _PRONOUNS:
            speaker = before
        if speaker:
            found.append(Speech(match.start(), match.end(), speaker))
            before = speaker
    found += [Speech(match.start(), match.end(), "") for match in _HEARSAY.finditer(low)]
    return sorted(found)


def _trimmed(text: str) -> str:
    text = " ".join(text.split()).strip(" '’()")
    while (cut := _TRIM.sub("", text)) != text:
        text = cut
    return text if len(text.split()) <= MOST_WORDS else ""


def _left(text: str) -> str:
    """Give the words before the verb up to a break; over a description in commas to the name."""
    parts = _BREAK.split(text)
    last = _trimmed(parts[-1])
    if len(parts) == 1:
        return last
    description = bool(_DESCRIPTION.match(parts[-1].strip()))
    if last and not description:
        return last
    name = _trimmed(parts[-2])
    if text.rstrip().endswith(",") and parts[2:]:
        return _trimmed(parts[-3]) or name
    return name or last if description and "monitor" in parts[-1] else last


def _right(text: str) -> str:
    """Give the words behind the verb: "…", said the governor of the province."""
    name = _BREAK.split(text)[0]
    return _trimmed(name) if name and name[:1] == " " else ""
