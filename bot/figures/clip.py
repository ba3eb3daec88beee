"""Encodes a drawn pose as an MP4 and a still. The same pose gives the same bytes.

Needs skia-python and PyAV (the `figures` extra).
"""

import struct
import tempfile
import zlib
from collections.abc import Sequence
from pathlib import Path

import av
import skia

from bot.figures.drawing import Drawing

FRAMES_PER_SECOND = 25
_SMOOTH = skia.SamplingOptions(skia.FilterMode.kLinear, skia.MipmapMode.kLinear)
_THUMB, _GAP, _LINE = 156, 12, 22  # pixels of the overview
_COLUMNS, _ROWS = 4, 3  # of pictures side by side
_CODEC = "libx264"
_SETTINGS = {
    "crf": "23",
    "preset": "veryslow",
    "tune": "animation",
    "profile": "main",
    "threads": "1",
    "x264-params": "threads=1:lookahead-threads=1:sliced-threads=0",
}


def clip_of(drawing: Drawing, record: str) -> bytes:
    """Return an MP4 (H.264, yuv420p, no sound) that can be played while it is loaded."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "clip.mp4"  # faststart writes the file twice
        _encode(file, drawing, record)
        return file.read_bytes()


def _encode(file: Path, drawing: Drawing, record: str) -> None:
    width, height = drawing.camera.size
    frames = round(drawing.pose.loop * FRAMES_PER_SECOND)
    flags = {"movflags": "+faststart", "fflags": "+bitexact"}
    with av.open(str(file), "w", format="mp4", options=flags) as container:
        container.metadata["comment"] = record
        stream = container.add_stream(_CODEC, rate=FRAMES_PER_SECOND, options=_SETTINGS)
        if not isinstance(stream, av.VideoStream):
            raise TypeError(f"{_CODEC} makes no video")
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        stream.codec_context.thread_count = 1
        stream.codec_context.flags |= av.codec.context.Flags.bitexact
        for number in range(frames):
            image = drawing.image(drawing.pose.loop * number / frames)
            pixels = image.toarray(colorType=skia.kRGBA_8888_ColorType)[:, :, :3]
            frame = av.VideoFrame.from_ndarray(pixels.copy(order="C"), format="rgb24")
            container.mux(stream.encode(frame))
        container.mux(stream.encode())


def still_of(drawing: Drawing, record: str) -> bytes:
    """Return the still as a PNG with the record in a text chunk."""
    png = bytes(drawing.image(drawing.pose.still, still=True).encodeToData(skia.kPNG, 100))
    text = b"tEXtComment\0" + record.encode()
    chunk = struct.pack(">I", len(text) - 4) + text + struct.pack(">I", zlib.crc32(text))
    after_header = 8 + 25  # the signature and IHDR
    return png[:after_header] + chunk + png[after_header:]


def overview_of(drawings: Sequence[tuple[str, Drawing]]) -> bytes:
    """Return each drawing's start and still with its name, side by side in one PNG."""
    rows = -(-len(drawings) // _COLUMNS)
    surface = skia.Surface(_COLUMNS * (2 * _THUMB + _GAP), rows * (_THUMB + _LINE))
    canvas = surface.getCanvas()
    canvas.clear(skia.ColorWHITE)
    font = skia.Font(skia.Typeface(""), 13)
    for number, (name, drawing) in enumerate(drawings):
        left = number % _COLUMNS * (2 * _THUMB + _GAP)
        top = number // _COLUMNS * (_THUMB + _LINE)
        canvas.drawString(name, left + 3, top + _LINE - 6, font, skia.Paint(AntiAlias=True))
        for place, time in enumerate((0.0, drawing.pose.still)):
            image = drawing.image(time, still=True)
            high = _THUMB * image.height() / image.width()
            at = skia.Rect.MakeXYWH(left + place * _THUMB, top + _LINE, _THUMB, high)
            canvas.drawImageRect(image, at, _SMOOTH)
    return bytes(surface.makeImageSnapshot().encodeToData(skia.kPNG, 100))


def sheet_of(drawing: Drawing) -> bytes:
    """Return moments of the loop side by side in one PNG, for the author of the pose."""
    width, height = drawing.camera.size
    surface = skia.Surface(width * _COLUMNS, height * _ROWS)
    canvas = surface.getCanvas()
    for number in range(_COLUMNS * _ROWS):
        canvas.save()
        canvas.translate(number % _COLUMNS * width, number // _COLUMNS * height)
        canvas.clipRect(skia.Rect(0, 0, width, height))
        drawing.draw(canvas, drawing.pose.loop * number / (_COLUMNS * _ROWS))
        canvas.restore()
    return bytes(surface.makeImageSnapshot().encodeToData(skia.kPNG, 100))
