"""What the words of a figure mean on this map.

A figure comes in; the side, place and ground it is about go out. It imports `figures`.
"""
