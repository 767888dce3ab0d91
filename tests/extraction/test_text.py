"""Files to text: every sentence of a report, and little of the page around it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoline.errors import DataError
from geoline.extraction.text import html_text, read_report

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

TOOK = "The army took the town on Tuesday, a monitor said."
LEFT = "Residents had left it towards the border days before."
DENIED = "A spokesman for the insurgents denied that it had fallen."
VILLAGES = ("Hantutin", "Basqala", "Kafr Ruma", "Jubas")
# Of each page: what it is, its markup, what is to be kept of it and what is to be left out.
PAGES = (
    (
        "newspaper",
        f"""<html><head><title>x</title><style>.a {{}}</style></head><body class="has-sidebar">
        <header><nav><a href="/">Front page</a></nav></header>
        <div id="cookie-consent" role="dialog"><p>We and our partners store data here.</p></div>
        <main><article><h1>Town taken</h1><div class="share-buttons"><a>Share this</a></div>
        <figure><img alt="A hill"><figcaption>Troops captured Hama, file.</figcaption></figure>
        <p>{TOOK}</p><p class="wp-caption-text">Rebels captured Homs, 2012. Photo: agency.</p>
        <p>Read more: <a href="/1">Rebels seize Jisr in a surprise attack</a></p><p>{LEFT}</p>
        <p>{DENIED}</p><div class="newsletter"><p>Our best reporting, in your inbox every Friday.
        </p></div></article>
        <div class="related"><h2>Related</h2><ul><li><a href="/2">Army takes Ariha</a></ul></div>
        <section class="comments"><p>They will take Atarib next week, I tell you.</p></section>
        </main><aside><a href="/3">Most read</a></aside><footer>All rights reserved.</footer>""",
        ("Town taken", TOOK, LEFT, DENIED),
        [
            "Front",
            "partners",
            "Share",
            "hill",
            "Hama",
            "Homs",
            "Jisr",
            "inbox",
            "Ariha",
            "Atarib",
            "Most read",
            "rights",
        ],
    ),
    (
        "live blog",
        "<nav><a href='/'>Home</a></nav><main><div><div><h1>Live updates</h1>"
        + "".join(
            f"<article><a href='#e{hour}'><time>{hour}.00</time></a><h2>Entry of {hour}</h2><p>The"
            f" army took village number {hour} of the valley. {LEFT * (0 if hour % 5 else 4)}</p>"
            f"<a href='/s'>Share on Facebook</a><a href='/t'>Share on Twitter</a></article>"
            for hour in range(24)
        )
        + "</div></div></main><footer>Terms of use</footer>",
        [
            *(f"The army took village number {hour} of the valley." for hour in range(24)),
            *(f"Entry of {hour}" for hour in range(24)),
        ],
        ("Share", "Terms"),
    ),
    (
        "list and tables",
        f"""<div class="menu"><ul><li><a href="/">Archive</a></li></ul></div><h1>This week</h1>
        <p>{TOOK}</p><p>The following villages were taken too:</p>
        <ul>{"".join(f"<li><p>{name}</p>" for name in VILLAGES)}</ul><figure class="wp-block-table">
        <table><tr><td>Hayyan<td>army<tr><td><a href="/w">Anadan</a><td>army</table>
        <figcaption>Table: agency</figcaption></figure>""",
        (TOOK, *(f"\n\n{name}" for name in VILLAGES), "\n\nHayyan\n\n", "\n\nAnadan\n\n"),
        ("Archive", "agency"),
    ),
    (
        "table of layout inside a form",
        f"""<FORM><TABLE><TR><TD><A HREF=a>Guest book</A><BR><A HREF=b>Sport</A><BR></TD>
        <TD><FONT SIZE=4>Town taken</FONT><BR><BR>{TOOK}<BR><BR>{LEFT}<BR>- {DENIED}</TD>
        <TD><A HREF=c>Rebels seize Jisr in a surprise attack</A></TD></TR></TABLE></FORM>""",
        ("Town taken", TOOK, LEFT, DENIED),
        ("Guest", "Jisr"),
    ),
    (
        "classes that mislead",
        f"""<body class="has-cookie-banner nav-open"><div class="menu-push social-enabled">
        <div class="article-with-comments hidden-xs"><h1>Town taken</h1>
        <div class="story tags-on"><div>{TOOK}</div><div class="related">{LEFT}</div></div>""",
        ("Town taken", TOOK, LEFT),
        (),
    ),
    (
        "messages",
        "".join(
            f"<div class='message default joined'><div class='body'><div class='date'>10:{n}</div>"
            f"<div class='text'>{n}: they entered the village of Hish<br>#idlib</div></div></div>"
            for n in range(10, 30)
        ),
        [f"{n}: they entered the village of Hish" for n in range(10, 30)],
        (),
    ),
    (
        "short Arabic page",
        """<html dir="rtl"><ul class="menu"><li><a href="/">أخبار</a></li></ul>
        <p>سيطرت قوات النظام على بلدة تلمنس صباح الثلاثاء بعد قصف مكثف</p>
        <div class="related-posts"><a href="/1">الفصائل تستعيد بلدة في ريف اللاذقية</a></div>""",
        ("سيطرت قوات النظام على بلدة تلمنس صباح الثلاثاء بعد قصف مكثف",),
        ("أخبار", "اللاذقية"),
    ),
    ("nothing but links", "<nav><a href='/'>Army takes Hish</a></nav>", ("Army takes Hish",), ()),
    ("wrapped lines", f"<pre>{TOOK[:20]}\n{TOOK[20:]}\n\n{LEFT}</pre>", (f"\n\n{LEFT}",), ()),
)


@pytest.mark.parametrize(
    ("page", "kept", "dropped"), [page[1:] for page in PAGES], ids=[page[0] for page in PAGES]
)
def test_page_without_its_furniture(page: str, kept: Sequence[str], dropped: Sequence[str]) -> None:
    """A sentence of the article is lost, or a caption or a link is read as news."""
    text = html_text(page)
    assert [said for said in kept if said not in text] == []
    assert [said for said in dropped if said in text] == []


@given(
    st.lists(st.sampled_from([TOOK, LEFT, DENIED, *VILLAGES]), min_size=1, max_size=8),
    st.sampled_from(["p", "div", "li", "blockquote", "td", "section"]),
    st.sampled_from(["main", "form", "center", "div class=menu", "div class=ads", "x-page"]),
)
def test_bare_page_is_kept_whole(said: list[str], tag: str, around: str) -> None:
    """A plain page, or one whose marks mislead, comes out shorter or in another order."""
    lines = "".join(f"<{tag}>{line}</{tag}>" for line in said)
    lines = {"li": f"<ul>{lines}</ul>", "td": f"<table><tr>{lines}</table>"}.get(tag, lines)
    page = f"<body><{around}>{lines}</{around.split(maxsplit=1)[0]}></body>"
    assert html_text(page).split("\n\n") == said


def test_deep_page_is_read_in_time() -> None:
    """A page whose end tags were lost holds up a night's run."""
    start = time.process_time()
    assert html_text(f"<p>{TOOK}</p>" + "<div>" * 20_000 + LEFT) == f"{TOOK}\n\n{LEFT}"
    assert time.process_time() - start < 3


ARABIC = "سيطرت قوات النظام على بلدة تلمنس صباح الثلاثاء بعد قصف. وانسحبت الفصائل إلى الغرب."
RUSSIAN = "Армия взяла под контроль населённый пункт, сообщило агентство. Боевики отошли."
TURKISH = "Rejim güçleri beldeyi ele geçirdi, yerel kaynaklar bildirdi. Köyden çıkış sürüyor."
FRENCH = "L’armée a pris Saraqib."


@pytest.mark.parametrize(
    ("said", "encoding"),
    [
        *((FRENCH, name) for name in ("utf-8", "utf-8-sig", "utf-16", "windows-1252")),
        *((ARABIC, name) for name in ("windows-1256", "iso-8859-6", "utf-16-le", "utf-16-be")),
        *((RUSSIAN, name) for name in ("windows-1251", "koi8-r")),
        (TURKISH, "iso-8859-9"),
    ],
)
def test_encodings(tmp_path: Path, said: str, encoding: str) -> None:
    """A report saved on another system cannot be read, or its names are garbled."""
    path = tmp_path / "report.txt"
    path.write_bytes(said.encode(encoding))
    assert read_report(path) == said


def test_declared_encoding_and_broken_byte(tmp_path: Path) -> None:
    """A page is read in another encoding than it declares, or not at all for one broken byte."""
    path = tmp_path / "report.html"
    path.write_bytes(b'<meta charset="iso-8859-2"><p>' + "Zajęto wieś Łąka".encode("iso-8859-2"))
    assert read_report(path) == "Zajęto wieś Łąka"
    path.write_bytes(f"<p>{ARABIC * 3}".encode() + b"\xd8 </p>")
    assert read_report(path).startswith(ARABIC)


@pytest.mark.parametrize(
    "data", [b"\x00\x01\x02", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", b"\xff\xfe\x00\x00"]
)
def test_what_is_no_text_is_refused(tmp_path: Path, data: bytes) -> None:
    """A picture among the reports is read as letters."""
    path = tmp_path / "report.txt"
    path.write_bytes(data)
    with pytest.raises(DataError, match=r"report\.txt.* is no text"):
        read_report(path)


@pytest.mark.parametrize(
    "tag", ["<pre>", "<div class=caption>", "<ul><li>", "<b>", "<table><tr><td>", "<a href=x>"]
)
def test_time_grows_with_the_page(tag: str) -> None:
    """A page of ten kilobytes with its end tags lost would hold up a folder of a million."""

    def seconds(count: int) -> float:
        start = time.process_time()
        assert "The army took the town." in html_text(
            f"{tag * count}<p>The army took the town.</p>"
        )
        return time.process_time() - start

    assert min(seconds(300) for _ in range(2)) < 0.5
    assert min(seconds(20_000) for _ in range(2)) < 1


def test_preformatted_text_within_another_keeps_its_lines() -> None:
    """The lines of a statement would run into each other."""
    assert (
        html_text("<article><pre>one\n<pre>two\nthree</pre></pre></article>") == "one\ntwo\nthree"
    )
