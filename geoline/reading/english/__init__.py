"""English sentences as items, and the events they tell.

A sentence's items come in; events as told go out. The rooms follow each other: words, days,
sentence, places, events; it imports `reading.shared`.
"""
