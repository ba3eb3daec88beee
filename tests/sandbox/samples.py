"""Sample files: generated pictures and one real clip."""

import struct
import zlib
from pathlib import Path

CLIP = (Path(__file__).parent / "clip.mp4").read_bytes()  # 160 by 120, 3 s, H.264, no sound
PDF = b"%PDF-1.4\n%%EOF\n"
GIF = b"GIF89a" + struct.pack("<HH", 30, 20) + b"\x00\x00\x00;"


def png(width: int = 60, height: int = 40, grey: int = 0x80) -> bytes:
    rows = (b"\x00" + bytes([grey]) * width) * height
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = (b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(map(_chunk, *zip(*chunks, strict=True)))


def jpeg_head(width: int, height: int) -> bytes:
    """Return a JPEG up to the marker with its size."""
    comment = b"\xff\xfe" + struct.pack(">H", 6) + b"band"
    return b"\xff\xd8" + comment + b"\xff\xc0" + struct.pack(">HBHHB", 11, 8, height, width, 1)


def _chunk(name: bytes, content: bytes) -> bytes:
    check = struct.pack(">I", zlib.crc32(name + content))
    return struct.pack(">I", len(content)) + name + content + check


def mp3(seconds: int = 2) -> bytes:
    """Return silence: frames of layer III at 16 kHz, 36 ms each."""
    frame = bytes.fromhex("fff338c4") + bytes(104)
    return frame * round(seconds / 0.036)
