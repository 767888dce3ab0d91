"""Arabic sentences as items, and the events they tell.

A sentence's items come in; events as told go out. Its modules bear the names of the English rooms;
it imports `reading.shared`.
"""
