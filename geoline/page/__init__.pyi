from .html_page import page, write_page
from .payload import page_payload

__all__ = ["page", "page_payload", "write_page"]
