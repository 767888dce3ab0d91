from .folium_map import page
from .html_page import page_html, seal, write_page
from .languages import wording_of
from .online import Online
from .payload import page_payload, write_day

__all__ = [
    "Online",
    "page",
    "page_html",
    "page_payload",
    "seal",
    "wording_of",
    "write_day",
    "write_page",
]
