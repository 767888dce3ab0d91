"""Who held a place on which day.

Claims about a place and who held it on the eve come in; spells go out, each with holder, confidence
and reasons. It imports claims and tables, and is pure: no clock, no files but a ledger's own.
"""
