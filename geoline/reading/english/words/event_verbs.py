"""The words of reports on fighting: which verbs and nouns mean which event, and classes of words.

Nothing here knows a country or a party; who is who comes from the theatre.
"""

from __future__ import annotations

from geoline.reading.shared.item import VerbForm

__all__ = ["EVENT_NOUNS", "EVENT_VERBS", "verb_forms"]


_IRREGULAR = {
    row.split()[0]: row.split()
    for row in """
    take takes took taken taking
    retake retakes retook retaken retaking
    re-take re-takes re-took re-taken re-taking
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
    bring brings brought brought bringing
    put puts put put putting
    drive drives drove driven driving
    slip slips slipped slipped slipping
    control controls controlled controlled controlling
    expel expels expelled expelled expelling
    fly flies flew flown flying
    become becomes became become becoming
    begin begins began begun beginning
    build builds built built building
    fight fights fought fought fighting
    find finds found found finding
    go goes went gone going
    hold holds held held holding
    keep keeps kept kept keeping
    kill kills killed killed killing
    know knows knew known knowing
    lead leads led led leading
    let lets let let letting
    lie lies lay lain lying
    make makes made made making
    meet meets met met meeting
    run runs ran run running
    see sees saw seen seeing
    send sends sent sent sending
    set sets set set setting
    shoot shoots shot shot shooting
    show shows showed shown showing
    stand stands stood stood standing
    think thinks thought thought thinking
    give gives gave given giving
    blow blows blew blown blowing
    have has had had having
    plan plans planned planned planning
    grab grabs grabbed grabbed grabbing
    throw throws threw thrown throwing
    mop mops mopped mopped mopping
    bag bags bagged bagged bagging
    snap snaps snapped snapped snapping
    wring wrings wrung wrung wringing
    strip strips stripped stripped stripping
    rid rids rid rid ridding
    rewin rewins rewon rewon rewinning
    stop stops stopped stopped stopping
    say says said said saying
    tell tells told told telling
    """.strip().splitlines()
}
# Forms that are nouns in most reports.
_NOUNS = frozenset(
    [
        "force",
        "forces",
        "clash",
        "clashes",
        "strike",
        "strikes",
        "shells",
        "bombs",
        "targets",
        "hits",
        "raise",
        "drives",
        "lead",
        "cuts",
        "rings",
        "blocks",
        "chase",
    ]
)
_ES = ("s", "x", "z", "ch", "sh")
_FORM_NAMES = ("base", "s", "past", "pp", "ing")

# Event, slot, verbs; a particle may follow the verb.
_VERBS = """
captured   object  capture seize overrun conquer occupy liberate take take+over secure free annex
captured   object  grab snatch wrest gain win sweep+through overwhelm overpower commandeer recoup
captured   object  bag pocket wrench wring swallow notch+up chalk+up snap+up gobble+up scoop+up
captured   object  mop+up roll+up race+through pick+off pick+up sweep+up subdue
captured   gains   add
captured   in      move+in walk+in step+in march+in roll+in go+in come+in
captured   control take gain seize establish impose assume wrest secure win extend get claim make
captured   control expand achieve complete enforce assert have break end
held       control consolidate tighten
held       object  hold keep retain defend
captured   object  control wrest
captured   under   bring put place take return restore
cleared    object  clear cleanse purge purify rid sanitise sanitize
recaptured object  recapture retake re-take reclaim regain reoccupy recover reseize re-seize
recaptured object  re-capture retrieve win+back take+back get+back
recaptured object  claw+back snatch+back wrest+back claim+back
recaptured object  rewin repossess reconquer
recaptured control resume regain retake reassert restore recover reestablish re-establish reclaim
captured   out     drive push expel force oust evict dislodge eject flush rout chase kick throw
captured   out     strip deprive sweep
captured   flag    raise hoist plant fly
fell       subject fall come pass return slip revert succumb capitulate go go+over shift belong
entered    object  enter storm penetrate infiltrate
entered    object  break+into push+into move+into burst+into sweep+into roll+into steamroll+into
entered    object  march+into pour+into drive+into advance+into thrust+into break+through+into
besieged   object  besiege surround encircle ring
withdrew   source  withdraw retreat pull+out pull+back fall+back
withdrew   object  abandon leave evacuate vacate flee quit
advanced   goal    advance push move inch close+in approach press
strike     object  shell bomb bombard strike hit target pound
lost       object  lose give+up+on give+up forfeit relinquish surrender cede yield hand+over
lost       control lose cede
cut        object  cut sever block
opened     object  open reopen re-open
clash      goal    clash
"""

# Nouns for what happened: "the capture of X".
EVENT_NOUNS = {
    "capture": "captured", "seizure": "captured", "takeover": "captured", "fall": "captured",
    "liberation": "captured", "conquest": "captured", "occupation": "captured",
    "control": "captured", "reconquest": "recaptured", "retrieval": "recaptured",
    "taking": "captured", "recapture": "recaptured", "retaking": "recaptured",
    "recovery": "recaptured", "loss": "lost", "storming": "entered", "entry": "entered",
    "siege": "besieged", "encirclement": "besieged",
}  # fmt: skip


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
    for line in _VERBS.strip().splitlines():
        event, slot, *verbs = line.split()
        for written in verbs:
            verb, *particles = written.split("+")
            for word, form in verb_forms(verb):
                if word in _NOUNS:
                    continue
                ways = found.setdefault(word, {})
                ways.setdefault((tuple(particles), event, slot), set()).add(form)
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
