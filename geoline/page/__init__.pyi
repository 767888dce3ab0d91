from .folium_map import page
from .html_page import page_html, seal, write_page
from .languages import desk_words, wording_of, written_words
from .online import Online
from .payload import page_payload, write_day
from .split_page import check_folder, split_page, write_split

__all__ = [
    "Online",
    "check_folder",
    "desk_words",
    "page",
    "page_html",
    "page_payload",
    "seal",
    "split_page",
    "wording_of",
    "write_day",
    "write_page",
    "write_split",
    "written_words",
]
