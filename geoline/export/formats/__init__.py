"""Layers written as GeoPackage, KML or text.

Layers come in; files go out. It imports `layers`.
"""
