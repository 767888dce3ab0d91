"""The words by which reports name the sides of a theatre."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from geoline.reading.shared.tokens import POSSESSIVE, Token, bare, plain_arabic, tokens_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from geoline.claims import ActorNames

__all__ = ["STRANGER", "SideWords"]

# The side of "Houthi rebels": armed, and none of the theatre's.
STRANGER = "?"
# Libyan, Kurdish, Houthi: they make a common word for armed men somebody else's.
_DEMONYM = re.compile(r"[A-Z][a-z]{2,}(?:ian|ean|an|ish|ese|i|is|sh)$")


@dataclass(slots=True)
class SideWords:
    """Who is who in the reports on a theatre.

    Parameters
    ----------
    words
        For each party or other actor its words; capitals matter only for words all in capitals.
    names
        What datasets call them; such names are known too.
    own
        Words for the theatre's own people ("Syrian"): before a common word for armed men any other
        people's name makes them strangers ("Houthi rebels").
    """

    words: Mapping[str, Iterable[str]]
    names: ActorNames | None = None
    own: frozenset[str] = frozenset()
    _own_arabic: frozenset[str] = field(default=frozenset(), init=False, repr=False)
    _by_first: dict[str, list[tuple[tuple[str, ...], str, str]]] = field(
        default_factory=dict, init=False, repr=False
    )

    @property
    def state(self) -> str:
        """The one side that is a state, whose "troops" are where nobody is named; "" if several."""
        states = sorted(self.names.states) if self.names is not None else []
        return states[0] if len(states) == 1 else ""

    def __post_init__(self) -> None:
        self._own_arabic = frozenset(map(plain_arabic, self.own))
        listed = [(word, actor) for actor, words in self.words.items() for word in words]
        if self.names is not None:
            for actor, patterns in self.names.patterns.items():
                cut = (re.sub(r"\*.*|\(.*|:.*", "", pattern).strip() for pattern in patterns)
                listed += [(name, actor) for name in cut if len(name) > 1]
        for word, actor in listed:
            words = tuple(token.low for token in tokens_of(word))
            if words:
                rows = self._by_first.setdefault(bare(words[0]), [])
                rows.append((words, actor, word if word.isupper() else ""))
        for rows in self._by_first.values():
            rows.sort(key=lambda row: -len(row[0]))

    def __bool__(self) -> bool:
        return bool(self._by_first)

    def begins(self, low: str) -> bool:
        """Whether a word may begin the name of a side."""
        return low in self._by_first

    def match(self, tokens: Sequence[Token], at: int) -> tuple[str, int] | None:
        """Give the side named from a token on, and the number of its tokens."""
        rows = self._by_first.get(bare(tokens[at].low))
        for words, actor, capitals in rows or ():
            part = tokens[at : at + len(words)]
            if len(part) == len(words) and all(map(_same, part, words)):
                if capitals and POSSESSIVE.sub("", part[0].text) != capitals:
                    continue
                return actor, len(words)
        return None

    def of_word(self, word: str) -> str:
        """Give the side that one word names, empty if none."""
        found = self.match([Token(word.lower(), word, 0, 0)], 0)
        return found[0] if found else ""

    def owns(self, low: str) -> bool:
        """Whether a plain Arabic word is one for the theatre's own people."""
        return low in self._own_arabic

    def strange(self, word: str) -> bool:
        """Whether a word before a common word for armed men makes them somebody else's."""
        return bool(_DEMONYM.match(word)) and word not in self.own


def _same(token: Token, word: str) -> bool:
    return token.low == word or bare(token.low) == bare(word)
