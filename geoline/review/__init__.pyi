from .claim_rows import read_rows
from .desk import desk_payload
from .desk_page import desk_parts, write_desk

__all__ = ["desk_parts", "desk_payload", "read_rows", "write_desk"]
