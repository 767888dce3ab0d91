from .write import FORMATS, export_answer, write_export

__all__ = ["FORMATS", "export_answer", "write_export"]
