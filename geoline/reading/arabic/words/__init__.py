"""The Arabic words of the field: classes, verbs with their forms, days and numbers.

Tables of words beside the modules come in; sets and forms go out, each word as `plain_arabic` gives
it. It imports `reading.shared`.
"""
