"""A day drawn for print.

Layers come in; a picture with legend, scale and credits goes out. It imports `layers`.
"""
