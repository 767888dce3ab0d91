"""Days one after the other as a film, MP4 (H.264) or WebM (VP9), by PyAV (FFmpeg's libraries).

Ten pictures a second, each day as many as it stands: editing programs want an even pace, and a
picture that repeats costs next to nothing. One thread, and what depends on no processor: the same
days give the same bytes.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import av
import numpy as np

from geoline.errors import RequestError
from geoline.export.print.animation import Frames
from geoline.export.print.card import HEIGHT, WIDTH

if TYPE_CHECKING:
    from datetime import date

    from geoline.situation import TheatreAsKnown

__all__ = ["film"]

PICTURES_A_SECOND = 10
# Encoder, and what it is asked for, by extension.
ENCODERS: dict[str, tuple[str, dict[str, str]]] = {
    ".mp4": (
        "libx264",
        {
            "crf": "20",
            "preset": "medium",
            "tune": "animation",
            "threads": "1",
            "x264-params": "cpu-independent=1",
        },
    ),
    ".webm": (
        "libvpx-vp9",
        {"crf": "30", "b": "0", "deadline": "good", "cpu-used": "5", "threads": "1"},
    ),
}
# How a file begins to play before all of it is there; no names of programs, no time.
CONTAINERS = {".mp4": {"movflags": "+faststart", "fflags": "+bitexact"}}
PLAIN = {"fflags": "+bitexact"}


def film(as_known: TheatreAsKnown, first: date, last: date, ending: str) -> bytes:
    """Film the days from the first to the last, each with its sentence.

    Parameters
    ----------
    as_known
        The theatre as known by some day.
    first, last
        Both included.
    ending
        ".mp4" or ".webm".

    Raises
    ------
    RequestError
        If the FFmpeg of this PyAV has not the encoder.
    """
    encoder, options = ENCODERS[ending]
    if encoder not in av.codecs_available:
        message = f"the PyAV here lacks {encoder}, which {ending} needs; end the file in .gif"
        raise RequestError(message)
    frames = Frames(as_known, first, last)
    # A file on disk: the index is moved to its beginning when all is written.
    with tempfile.TemporaryDirectory(prefix="geoline-") as beside:
        path = Path(beside) / f"film{ending}"
        with av.open(str(path), "w", options=CONTAINERS.get(ending, PLAIN)) as container:
            stream: Any = container.add_stream(encoder, rate=PICTURES_A_SECOND, options=options)
            stream.width, stream.height = WIDTH, HEIGHT
            stream.pix_fmt = "yuv420p"  # what every player shows
            for image, time in zip(frames, frames.times, strict=True):
                picture = np.asarray(image)
                for _ in range(time * PICTURES_A_SECOND // 1000):
                    frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
                    container.mux(stream.encode(frame))
            container.mux(stream.encode(None))
        return path.read_bytes()
