from .layers.styles import xml_text
from .write import FORMATS, export_answer, write_card, write_export

__all__ = ["FORMATS", "export_answer", "write_card", "write_export", "xml_text"]
