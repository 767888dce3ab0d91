"""An English sentence as items, its verbs, clauses, sides, speakers and mood.

Tokens with places and days come in; items and what binds them go out. It imports `words` and
`days`.
"""
