"""What both languages of `reading` have in common.

Items of a sentence, days said, events as told, tokens, who is who, and the claim that comes out. It
imports names and claims.
"""
