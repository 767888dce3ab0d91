from .layers.layers import LAYERS, Export, Layer, export_of
from .layers.styles import xml_text
from .write import FORMATS, LAYER_NAMES, export_answer, write_card, write_export

__all__ = [
    "FORMATS",
    "LAYERS",
    "LAYER_NAMES",
    "Export",
    "Layer",
    "export_answer",
    "export_of",
    "write_card",
    "write_export",
    "xml_text",
]
