"""Burmese written for the font Zawgyi, brought to Unicode's order and letters.

Until about 2019 most Burmese was typed for that font, which gives other signs the same code points
and stores them as they are drawn: the vowel before its consonant, stacked letters each by itself.
Such text is told by what Unicode cannot have: a vowel or medial without a letter before it, a sign
that stacks nothing. It imports nothing but `re`.
"""

from __future__ import annotations

import re

__all__ = ["in_unicode"]

_LETTER = "က-အဿဥဦ"
# A vowel sign e or a medial that nothing stands before, a stacking sign that stacks nothing, signs
# that only Karen or Mon has where they stand, a Shan zero or tone with a vowel, or with a second
# tone, behind it. Shan words are left alone.
_ZAWGYI = re.compile(
    "(?<![က-အဿဥဦ\u1039\u103a-\u103e\u1075-\u1081])[\u1031\u103b\u103c]"
    "|\u1039(?![က-အ])|[က-အ][\u1060\u1070-\u1074\u1094\u1095]|[\u1033\u1034\u105a]"
    "|\u1090(?=[\u102b-\u1032\u1087-\u108e])|[\u1087-\u108e](?=[\u102b-\u1032\u1037\u1038])"
)
_KINZI = "\ue000"
_STACKED = {
    0x1060: 0x1000, 0x1061: 0x1001, 0x1062: 0x1002, 0x1063: 0x1003, 0x1065: 0x1005,
    0x1066: 0x1006, 0x1067: 0x1006, 0x1068: 0x1007, 0x1069: 0x1008, 0x106C: 0x100B,
    0x106D: 0x100C, 0x1070: 0x100F, 0x1071: 0x1010, 0x1072: 0x1010, 0x1073: 0x1011,
    0x1074: 0x1011, 0x1075: 0x1012, 0x1076: 0x1013, 0x1077: 0x1014, 0x1078: 0x1015,
    0x1079: 0x1016, 0x107A: 0x1017, 0x107B: 0x1018, 0x107C: 0x1019, 0x1085: 0x101C,
    0x1093: 0x1018,
}  # fmt: skip
_LETTERS: dict[int, str] = {
    **{code: "\u1039" + chr(letter) for code, letter in _STACKED.items()},
    **dict.fromkeys([0x103B, *range(0x107E, 0x1085)], "\u103c"),
    **dict.fromkeys([0x1094, 0x1095], "\u1037"),
    0x1033: "\u102f",
    0x1034: "\u1030",
    0x1039: "\u103a",
    0x103A: "\u103b",
    0x103C: "\u103d",
    0x103D: "\u103e",
    0x105A: "\u102b\u103a",
    0x1064: _KINZI,
    0x106A: "\u1009",
    0x106B: "\u100a",
    0x106E: "\u100d\u1039\u100d",
    0x106F: "\u100d\u1039\u100e",
    0x107D: "\u103b",
    0x1086: "\u103f",
    0x1087: "\u103e",
    0x1088: "\u103e\u102f",
    0x1089: "\u103e\u1030",
    0x108A: "\u103d\u103e",
    0x108B: _KINZI + "\u102d",
    0x108C: _KINZI + "\u102e",
    0x108D: _KINZI + "\u1036",
    0x108E: "\u102d\u1036",
    0x108F: "\u1014",
    0x1090: "\u101b",
    0x1091: "\u100f\u1039\u100d",
    0x1092: "\u100b\u1039\u100c",
    0x1096: "\u1039\u1010\u103d",
    0x1097: "\u100b\u1039\u100b",
}
_SYLLABLE = re.compile(
    f"(\u1031*)(\u103c?)([{_LETTER}])((?:\u1039[က-အ])*)({_KINZI}?)([\u103b\u103d\u103e]*)"
)
_HIGH_FIRST = re.compile("([\u102d\u102e\u1032])([\u103b-\u103e])")
_LOW_FIRST = re.compile("([\u102f\u1030])([\u102d\u102e\u1032])")
_DOT_FIRST = re.compile("\u1036([\u102f\u1030])")


def in_unicode(burmese: str) -> str:
    r"""Give Burmese text as Unicode has it, whatever it was typed for.

    Examples
    --------
    >>> in_unicode("ျမန္မာ"), in_unicode("မြန်မာ")
    ('မြန်မာ', 'မြန်မာ')
    """
    if not _ZAWGYI.search(burmese):
        return burmese
    letters = _HIGH_FIRST.sub("\\2\\1", burmese.translate(_LETTERS))
    text = _SYLLABLE.sub(_ordered, letters)
    return _DOT_FIRST.sub("\\1\u1036", _LOW_FIRST.sub("\\2\\1", text)).replace(_KINZI, "")


def _ordered(found: re.Match[str]) -> str:
    vowel, round_, letter, stacked, kinzi, medials = found.groups()
    above = "\u1004\u103a\u1039" if kinzi else ""
    return above + letter + stacked + "".join(sorted(medials + round_)) + vowel
