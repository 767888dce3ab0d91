"""English sentences as items, and the events they tell.

A sentence's items come in; events as told go out, each with the rule of `events.rules` that read
it. The rooms follow each other: words, days, sentence, places, events; it imports
`reading.shared`.
"""
