"""The live map of a notebook.

The theatre as known comes in; a widget goes out. It imports the situation and what `_repr_html_` is
made of.
"""
