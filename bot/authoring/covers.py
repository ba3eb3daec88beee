"""Pictures of tracks: the stills of exercises as small square JPEGs, for a music player.

Each has in a comment the digest of the still that it was made from.
"""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from bot.content import Fault
from bot.figures.record import LARGEST_STILL, STILL
from bot.runtime.files import UnreadableError, read_file
from bot.tracks.voice import COVERS, FOLDER

SIDE = 320  # pixels: Telegram takes no more
LARGEST = 200_000  # bytes, as Telegram says
QUALITY = 85
_START, _COMMENT = b"\xff\xd8", b"\xff\xfe"


def draw_covers(folder: Path) -> Iterator[str]:
    """Make the covers that a content folder lacks; yield what was made. Needs skia-python."""
    for still, cover in _pairs(folder):
        content = read_file(still, LARGEST_STILL)
        if _is_made(cover, content):
            continue
        cover.parent.mkdir(parents=True, exist_ok=True)
        cover.write_bytes(_with_comment(_square(content), _digest(content)))
        yield f"{COVERS}/{cover.name}: {cover.stat().st_size / 1000:.0f} kB"


def check_covers(folder: Path) -> Iterator[Fault]:
    """Yield the covers of a content folder that are missing or out of date."""
    for still, cover in _pairs(folder):
        try:
            content = read_file(still, LARGEST_STILL)
        except (OSError, UnreadableError):
            continue  # the check of the clips tells
        if not _is_made(cover, content):
            yield Fault(cover, "", f"was not made from {still.parent.name}/{STILL}")


def _pairs(folder: Path) -> list[tuple[Path, Path]]:
    stills = sorted(folder.glob(f"exercises/*/{STILL}"))
    covers = folder / FOLDER / COVERS
    return [(still, covers / f"{still.parent.name}.jpg") for still in stills]


def _is_made(cover: Path, still: bytes) -> bool:
    try:
        return _digest(still) in read_file(cover, LARGEST)[:100]
    except (OSError, UnreadableError):
        return False


def _digest(still: bytes) -> bytes:
    return sha256(still).hexdigest().encode()


def _with_comment(jpeg: bytes, comment: bytes) -> bytes:
    size = (len(comment) + 2).to_bytes(2, "big")
    return _START + _COMMENT + size + comment + jpeg.removeprefix(_START)


def _square(still: bytes) -> bytes:
    """Return the still in the middle of a square, whose wall and floor go on above and below."""
    import skia

    image = skia.Image.MakeFromEncoded(still)
    pixels = image.toarray(colorType=skia.kRGBA_8888_ColorType)
    wall, floor = (skia.Color(*map(int, pixels[row][0][:3])) for row in (0, -1))
    surface = skia.Surface(SIDE, SIDE)
    canvas = surface.getCanvas()
    canvas.clear(wall)
    canvas.drawRect(skia.Rect.MakeLTRB(0, SIDE / 2, SIDE, SIDE), skia.Paint(Color=floor))
    high = SIDE * image.height() / image.width()
    smooth = skia.SamplingOptions(skia.FilterMode.kLinear, skia.MipmapMode.kLinear)
    place = skia.Rect.MakeXYWH(0, (SIDE - high) / 2, SIDE, high)
    canvas.drawImageRect(image, place, smooth)
    return bytes(surface.makeImageSnapshot().encodeToData(skia.kJPEG, QUALITY))
