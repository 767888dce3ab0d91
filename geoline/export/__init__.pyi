from .layers.claim_table import CLAIM_TABLE, claim_table
from .layers.layers import LAYERS, Export, Layer, export_of
from .layers.styles import xml_text
from .print.card_texts import CardTexts, card_texts
from .write import FORMATS, LAYER_NAMES, card_look, card_png, export_answer, write_export

__all__ = [
    "CLAIM_TABLE",
    "FORMATS",
    "LAYERS",
    "LAYER_NAMES",
    "CardTexts",
    "Export",
    "Layer",
    "card_look",
    "card_png",
    "card_texts",
    "claim_table",
    "export_answer",
    "export_of",
    "write_export",
    "xml_text",
]
