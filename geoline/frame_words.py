"""The words of reports on fighting: which verbs mean which event, and what turns a claim around.

Nothing here knows a country or a party; who is who comes from the theatre.
"""

from __future__ import annotations

from typing import NamedTuple

__all__ = [
    "ADVERBS",
    "AUXILIARIES",
    "BE",
    "CLASHES",
    "FORCES",
    "FRAMES",
    "NEGATIONS",
    "NOMINALS",
    "STEMS",
    "STRIKES",
    "TYPES",
    "VerbForm",
    "word_set",
]


class VerbForm(NamedTuple):
    """A form of a verb: its event, how its place stands to it, and which form it is.

    `slot` is "object" (captured X), "source" (withdrew from X), "goal" (advanced towards X),
    "subject" (X fell to); `form` is "base", "s", "past", "pp", "ed" (past or participle) or "ing".
    """

    event: str
    slot: str
    form: str
    control: str = ""


def word_set(text: str) -> frozenset[str]:
    """Give the words of a text, parted by blanks."""
    return frozenset(text.split())


_FORM_NAMES = ("base", "s", "past", "pp", "ing")
_IRREGULAR = {
    row.split()[0]: row.split()
    for row in """
    take takes took taken taking
    retake retakes retook retaken retaking
    overrun overruns overran overrun overrunning
    win wins won won winning
    lose loses lost lost losing
    withdraw withdraws withdrew withdrawn withdrawing
    fall falls fell fallen falling
    leave leaves left left leaving
    flee flees fled fled fleeing
    hit hits hit hit hitting
    strike strikes struck struck striking
    cut cuts cut cut cutting
    break breaks broke broken breaking
    sweep sweeps swept swept sweeping
    get gets got got getting
    come comes came come coming
    """.strip().splitlines()
}
_ES = ("s", "x", "z", "ch", "sh")

# Event, slot, verbs; a particle may follow the verb, "~control" asks for "control of X" after it.
_VERBS = """
captured   object  capture seize overrun conquer occupy liberate take
captured   object  take+over take~control gain~control seize~control establish~control
captured   object  impose~control assume~control wrest~control wrest secure~control win~control
captured   object  extend~control get~control claim~control
cleared    object  clear cleanse
recaptured object  recapture retake reclaim regain reoccupy recover win+back take+back
recaptured object  regain~control retake~control reassert~control restore~control recover~control
recaptured object  reestablish~control re-establish~control reclaim~control
fell       subject fall come pass return
entered    object  enter storm penetrate infiltrate
entered    object  break+into push+into move+into burst+into sweep+into roll+into
entered    object  advance+into thrust+into
besieged   object  besiege surround encircle ring
withdrew   source  withdraw retreat pull+out pull+back
withdrew   object  abandon leave evacuate vacate flee
advanced   goal    advance push move inch close+in approach
strike     object  shell bomb bombard strike hit target pound
lost       object  lose lose~control
cut        object  cut sever block
opened     object  open reopen re-open
clash      goal    clash
"""


def _forms(verb: str) -> list[tuple[str, str]]:
    if verb in _IRREGULAR:
        return list(zip(_IRREGULAR[verb], _FORM_NAMES, strict=True))
    stem = verb.removesuffix("e")
    if verb.endswith("y") and verb[-2] not in "aeiou":
        third, past = verb[:-1] + "ies", verb[:-1] + "ied"
        return [(verb, "base"), (third, "s"), (past, "past"), (past, "pp"), (verb + "ing", "ing")]
    third = verb + "es" if verb.endswith(_ES) else verb + "s"
    past = stem + "ed"
    return [(verb, "base"), (third, "s"), (past, "past"), (past, "pp"), (stem + "ing", "ing")]


def _frames() -> dict[str, list[tuple[tuple[str, ...], VerbForm]]]:
    """Forms by their first word; with each the words that must follow."""
    found: dict[str, dict[tuple[tuple[str, ...], str], set[str]]] = {}
    kinds: dict[tuple[str, tuple[str, ...], str], VerbForm] = {}
    for line in _VERBS.strip().splitlines():
        event, slot, *verbs = line.split()
        for written in verbs:
            head, _, control = written.partition("~")
            verb, _, particle = head.partition("+")
            follow = tuple(particle.split()) if particle else ()
            for word, form in _forms(verb):
                key = (follow, control)
                found.setdefault(word, {}).setdefault(key, set()).add(form)
                kinds[word, follow, control] = VerbForm(event, slot, form, control)
    frames = {}
    for word, ways in found.items():
        rows = []
        for (follow, control), forms in ways.items():
            form = "ed" if {"past", "pp"} <= forms else min(forms)
            if {"base", "pp"} <= forms and "past" not in forms:
                form = "base/pp"
            if {"base", "past", "pp"} <= forms:
                form = "any"
            rows.append((follow, kinds[word, follow, control]._replace(form=form)))
        # The longer way to say it first.
        frames[word] = sorted(rows, key=lambda r: (-bool(r[1].control), -len(r[0])))
    return frames


FRAMES = _frames()

# Nouns for what happened: "the capture of X".
NOMINALS = {
    "capture": "captured", "seizure": "captured", "takeover": "captured", "fall": "fell",
    "liberation": "captured", "recapture": "recaptured", "retaking": "recaptured",
    "capturing": "captured", "recapturing": "recaptured", "seizing": "captured", "loss": "lost",
    "storming": "entered", "siege": "besieged", "encirclement": "besieged",
}  # fmt: skip
CLASHES = word_set("clashes fighting battles clash combat firefights gunbattles skirmishes")
STRIKES = word_set(
    "shelling bombardment airstrikes airstrike strikes strike raids raid bombing bombings "
    "air-raids barrage shells"
)
BE = word_set("is are was were be been being got gets get 's")
NEGATIONS = word_set(
    "not n't never no neither nor cannot without hardly failed fails fail unable failing failure "
    "yet didn't hasn't haven't hadn't wasn't weren't isn't aren't don't doesn't couldn't won't "
    "refused halted stopped"
)
AUXILIARIES = BE | word_set(
    "has have had having do does did will would could can may might shall should must to 've 'd "
    "'ll cannot"
)
ADVERBS = word_set(
    "also already now then later soon fully completely finally reportedly allegedly apparently "
    "quickly swiftly briefly effectively since again just still even both all recently formally "
    "officially entirely partially successfully nearly almost largely reported just once "
    "eventually earlier meanwhile subsequently immediately first in turn long gradually "
    "purportedly presumably probably likely possibly perhaps today yesterday thus therefore "
    "simultaneously temporarily initially previously easily rapidly"
)
# Nouns for armed men whose side the words before them tell; alone they are whoever was named last.
FORCES = word_set(
    "forces force troops fighters soldiers units troop army armies militias militia militiamen "
    "gunmen group groups factions faction alliance allies coalition army's commandos brigades "
    "infantry tanks convoys convoy side men columns detachments paratroopers"
)
TYPES = word_set(
    "village villages town towns city cities hamlet hamlets area areas hill hills hilltop hilltops "
    "district districts neighborhood neighborhoods neighbourhood neighbourhoods suburb suburbs "
    "farm farms settlement settlements base bases locality localities airbase airport camp "
    "position positions checkpoint checkpoints crossing junction stronghold strongholds mountain "
    "settlements communities community municipality enclave point points bastion"
)
# What a text must hold, in small letters, to be read at all.
STEMS = (
    "captur", "seiz", "overr", "conquer", "occup", "liberat", "took", "take", "control", "reclaim",
    "regain", "recaptur", "retak", "retook", "reopen", "reoccup", "reassert", "reestab", "restor",
    "impos", "gain", "gained", "establish", "penetrat", "infiltrat", "inch", "vacat", "ring", "won",
    "win", "clear", "cleans", "enter", "storm", "into", "besieg", "surround", "encircl", "withdr",
    "retreat", "pull", "abandon", "left", "evacuat", "fled", "advanc", "toward", "push", "clos",
    "shell", "bomb", "struck", "strike", "hit", "target", "pound", "lost", "lose", "losing", "loss",
    "cut", "sever", "block", "open", "clash", "fighting", "battle", "fell", "fall", "hands", "raid",
    "recover", "siege", "won back", "wrest", "approach", "front",
)  # fmt: skip
