"""Cut a report into sentences, each with its place in the text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Sentence", "around", "list_behind", "sentences"]

# Longer than this is no sentence; it is cut at a blank.
LONGEST = 1500
# Code points around a name that are read.
REACH = 2500
_BLOCK = re.compile(r"[^\n]+(?:\n(?![ \t]*\n)[^\n]+)*")
_BREAK = re.compile("\n")
_CLOSING = frozenset('.!?:"”')
# A line shorter than this part of the longest one beside it is a headline.
HEADLINE = 0.7
_END = re.compile(r"[.!?؟…][\"”’')\]]*(?=\s+[\"“‘'(\[]*[^\W_a-z])")
# Points after these end no sentence.
_ABBREVIATION = re.compile(
    r"(?:\b(?:[A-Z]|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Mr|Mrs|Ms|Dr|Prof|Gen|Maj|Col|"
    r"Lt|Brig|Capt|Sgt|Cmdr|Adm|Gov|Sen|Rep|Pres|St|Mt|No|vs|approx|ca|Inc|Ltd|Corp|Co|Jr|Sr|km|"
    r"i\.e|e\.g|U\.S|U\.N|U\.K|a\.m|p\.m))$"
)


class Sentence(NamedTuple):
    """A sentence: code points `start` to `end` of the text, and the number of its paragraph."""

    start: int
    end: int
    paragraph: int


def sentences(text: str) -> list[Sentence]:
    """Cut a text into sentences.

    A paragraph ends at an empty line, at a line that closes a sentence, before a list's mark, and
    after a headline.

    Examples
    --------
    >>> text = "Gen. Smith left on Jan. 3. He came back."
    >>> [text[s.start : s.end] for s in sentences(text)]
    ['Gen. Smith left on Jan. 3.', 'He came back.']
    """
    found: list[Sentence] = []
    for number, (first, last) in enumerate(_paragraphs(text)):
        start = first
        for match in _END.finditer(text, first, last):
            point = match.start()
            if text[point] == "." and _ABBREVIATION.search(text, max(start, point - 8), point):
                continue
            start = _add(found, text, start, match.end(), number)
        _add(found, text, start, last, number)
    return found


def _paragraphs(text: str) -> list[tuple[int, int]]:
    found = []
    for match in _BLOCK.finditer(text):
        start, end = match.span()
        breaks = [mark.start() for mark in _BREAK.finditer(text, start, end)]
        longest = max(map(len, match[0].split("\n")))
        for line in breaks:
            said = text[start:line].rstrip()
            rest = text[line + 1 : end].lstrip()
            # A wrapped line goes on; a headline is shorter than the lines below it.
            short = line - start < HEADLINE * longest and rest[:1].isupper()
            if short or said[-1:] in _CLOSING or rest[:1] in {"-", "*", "•"}:
                found.append((start, line))
                start = line + 1
        found.append((start, end))
    return found


def _add(found: list[Sentence], text: str, start: int, end: int, number: int) -> int:
    while start < end and text[start].isspace():
        start += 1
    last = end
    while last > start and text[last - 1].isspace():
        last -= 1
    while last - start > LONGEST:
        cut = text.rfind(" ", start + LONGEST // 2, start + LONGEST)
        cut = cut if cut > 0 else start + LONGEST
        found.append(Sentence(start, cut, number))
        start = cut + 1
    if last > start:
        found.append(Sentence(start, last, number))
    return end


_MARK = re.compile(r"[-•*–—+·]|\d{1,2}[.)]\s")
# Lines of a list at most.
LONGEST_LIST = 60


def list_behind(text: str, cut: Sequence[Sentence], number: int) -> range:
    r"""Give the numbers of the lines of a list that a sentence ending in a colon opens.

    Where the lines have no marks it is the next sentence alone.

    Examples
    --------
    >>> text = "They took:\n\nIn the north:\n- Anadan\n- Hayyan\n\nIt rained."
    >>> list(list_behind(text, sentences(text), 0))
    [1, 2, 3]
    """
    last = number
    if text[cut[number].start : cut[number].end].rstrip().endswith(":"):
        for sentence in cut[number + 1 : number + 1 + LONGEST_LIST]:
            said = text[sentence.start : sentence.end].rstrip()
            if not (_MARK.match(said) or said.endswith(":")):
                break
            last += 1
        last = last if last > number or last + 1 == len(cut) else last + 1
    return range(number + 1, last + 1)


def around(text: str, places: Sequence[int]) -> list[tuple[int, int]]:
    """Give the parts of a text that lie near some of its places, cut at ends of lines.

    Parameters
    ----------
    text
        Any text.
    places
        Code points of it, in order.
    """
    parts: list[tuple[int, int]] = []
    for place in places:
        if parts and place + REACH // 2 <= parts[-1][1]:
            continue
        start = max(0, text.rfind("\n", 0, max(0, place - REACH)) + 1)
        end = text.find("\n", place + REACH)
        end = len(text) if end < 0 else end
        if parts and start <= parts[-1][1]:
            start = parts.pop()[0]
        parts.append((start, end))
    return parts
