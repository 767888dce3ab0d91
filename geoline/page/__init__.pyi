from .folium_map import page
from .html_page import page_html, seal, write_page
from .payload import page_payload, write_day

__all__ = [
    "page",
    "page_html",
    "page_payload",
    "seal",
    "write_day",
    "write_page",
]
