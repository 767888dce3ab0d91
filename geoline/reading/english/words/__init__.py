"""Words of English: data files, and the sets and forms made of them.

TOML files beside the modules come in (`classes` and `verbs` for all rooms, and one for each room);
sets, verb forms and nouns go out. It imports `reading.shared`.

A class of words, and every set of five words or more, is data. A smaller set stands in the
comparison whose grammar it is ("of" or "from" behind a verb), and so do the kinds of items, and
patterns.
"""
