"""Days as a moving picture: GIF, WebP, MP4 and WebM."""

from __future__ import annotations

import sys
from datetime import date
from typing import TYPE_CHECKING

import av
import numpy as np
import pytest
from PIL import Image

from geoline import RequestError, load_theatre
from geoline.export.print.animation import KEY_MS, LAST_MS, USUAL_MS
from geoline.export.write import write_export
from tests.theatres.small import small_theatre

if TYPE_CHECKING:
    from pathlib import Path

    import numpy.typing as npt

    from geoline.situation import TheatreAsKnown

FIRST, LAST = date(2024, 5, 1), date(2024, 5, 3)
SIZE = (1200, 630)


@pytest.fixture(scope="module")
def as_known(tmp_path_factory: pytest.TempPathFactory) -> TheatreAsKnown:
    """Make a small theatre, in which a village changes hands on the second of three days."""
    folder = small_theatre(tmp_path_factory.mktemp("film") / "t", days=(FIRST, LAST))
    return load_theatre(folder).as_known()


def pictures(path: Path) -> tuple[list[npt.NDArray[np.float64]], list[int]]:
    """Read pictures, and how long each stands in milliseconds."""
    if path.suffix in {".gif", ".webp"}:
        with Image.open(path) as file:
            frames, times = [], []
            for number in range(getattr(file, "n_frames", 1)):
                file.seek(number)
                frames.append(np.asarray(file.convert("RGB"), dtype=float))
                file.load()
                times.append(int(file.info["duration"]))
        return frames, times
    with av.open(str(path)) as container:
        found = [frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)]
        rate = container.streams.video[0].average_rate or 0
    return [np.asarray(frame, dtype=float) for frame in found], [round(1000 / rate)] * len(found)


@pytest.mark.parametrize("ending", ["gif", "webp", "mp4", "webm"])
def test_every_day_has_its_picture(as_known: TheatreAsKnown, ending: str, tmp_path: Path) -> None:
    """A film lacks days, runs too fast to read, or shows the same day all along."""
    path = tmp_path / f"war.{ending}"
    written = write_export(path, as_known, FIRST, LAST)
    assert written.layers == {"frames": 3}
    frames, times = pictures(path)
    assert {frame.shape[:2][::-1] for frame in frames} == {SIZE}
    assert sum(times) == USUAL_MS + USUAL_MS + LAST_MS < 3 * KEY_MS
    if ending in {"gif", "webp"}:
        assert times == [USUAL_MS, USUAL_MS, LAST_MS]
    # Mellit changes hands on the second day: its ground is another's on the last.
    moved = np.abs(frames[0] - frames[-1]).sum(axis=2) > 60
    assert moved[:, 480:].mean() > 0.001, "on the map"
    assert moved[60:110, :480].any(), "the date"
    still = np.abs(frames[-1] - frames[-2]).mean()
    assert still < 2 or ending in {"gif", "webp"}, "the last day stands still"
    again = tmp_path / f"again.{ending}"
    write_export(again, as_known, FIRST, LAST)
    assert again.read_bytes() == path.read_bytes()


def test_without_the_extra(
    as_known: TheatreAsKnown, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who has not installed it gets a traceback, and loses the film of yesterday."""
    path = tmp_path / "war.mp4"
    path.write_text("yesterday")
    monkeypatch.setitem(sys.modules, "av", None)
    monkeypatch.delitem(sys.modules, "geoline.export.print.film", raising=False)
    with pytest.raises(RequestError, match=r"PyAV: pip install 'geoline\[video\]'"):
        write_export(path, as_known, FIRST, LAST)
    assert path.read_text() == "yesterday"
