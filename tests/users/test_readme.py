"""What the README shows is what one gets."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

from geoline.cli.program import main
from tests.theatres.small import small_theatre

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")
COMMANDS = re.findall(r"^\| `(geoline [^`]+)` \|", README, flags=re.MULTILINE)
ARTICLE = """<html><head><title>Army takes town</title></head><body><article>
<h1>Army takes town</h1>
<p>Syrian government forces captured Maarat al-Numan on Tuesday, the Syrian Observatory said.</p>
</article></body></html>"""
EXPORT = """event_id_cnty,event_date,event_type,sub_event_type,actor1,location,latitude,longitude,\
source,notes,timestamp
SYR1,28 January 2020,Battles,Government regains territory,Military Forces of Syria (2000-),\
Maarrat al Numan,35.6435,36.6685,SOHR,Taken.,1580342400
"""
CLAIMS = "place,event,actor,date_end,source\nSaraqib,captured,government,2020-02-08,afp\n"
# What is not all answered: five of the figures are such as no map of control gives.
IN_PART = ("geoline check",)


def test_the_tables_are_read() -> None:
    """The test below would run nothing."""
    assert len(COMMANDS) > 15


@pytest.mark.parametrize("line", COMMANDS)
def test_every_command_of_the_tables_does_what_it_says(
    line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A reader who types what the README shows would be refused."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "article.html").write_text(ARTICLE, "utf-8")
    (tmp_path / "export.csv").write_text(EXPORT, "utf-8")
    (tmp_path / "claims.csv").write_text(CLAIMS, "utf-8")
    words = shlex.split(line)[1:]
    if words[0] == "ingest":  # not into the ledger of the checkout
        for name in ("gazetteer", "seeds"):
            shutil.copytree(ROOT / name, tmp_path / name)
        words += ["--theatre", str(tmp_path / "seeds" / "nw-syria")]
    if words[0] == "publish":  # a card a day: of a few days
        words += ["--theatre", str(small_theatre(tmp_path / "theatre"))]
    with pytest.raises(SystemExit) as ended:
        main(words)
    said = capsys.readouterr()
    assert (ended.value.code, said.err) == (int(line in IN_PART), "")
    assert said.out.strip()
    if "-o" in words:
        assert (tmp_path / words[words.index("-o") + 1]).stat().st_size > 0
