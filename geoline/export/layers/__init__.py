"""The tables of a day or a span, and how they look.

TheatreAsKnown come in; layers in one form go out, with their styles. It imports the situation.
"""
