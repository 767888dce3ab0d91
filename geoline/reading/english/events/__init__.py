"""Events that an English sentence tells.

A sentence's items come in; events as told go out, by the rules of one table (`rules`): verbs,
nouns, states and successions. It imports every room before it.
"""
