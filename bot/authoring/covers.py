"""Pictures of tracks for a music player: small square JPEGs, made from the stills of exercises.

An exercise has its still, a routine those of its first exercises in one. Each has in a comment the
digest of the stills that it was made from.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from bot.content import Catalogue, Fault
from bot.figures.record import LARGEST_STILL, STILL
from bot.runtime.files import UnreadableError, read_file
from bot.tracks.voice import COVERS, FOLDER, ROUTINES

if TYPE_CHECKING:
    import skia

SIDE = 320  # pixels: Telegram takes no more
LARGEST = 200_000  # bytes, as Telegram says
QUALITY = 85
TILES = 4  # exercises on the picture of a routine
GAP = 4  # pixels between them
_START, _COMMENT = b"\xff\xd8", b"\xff\xfe"


@dataclass(frozen=True, slots=True)
class Cover:
    """A picture, and the stills that it is made from: one, or four in two rows."""

    file: Path
    stills: tuple[Path, ...]

    @property
    def names(self) -> str:
        return ", ".join(f"{still.parent.name}/{STILL}" for still in self.stills)


def draw_covers(folders: list[Path], catalogue: Catalogue) -> Iterator[str]:
    """Make the covers that the last content folder lacks; yield what was made.

    Needs skia-python.
    """
    for cover in _covers(folders, catalogue):
        stills = [read_file(still, LARGEST_STILL) for still in cover.stills]
        if _is_made(cover.file, stills):
            continue
        cover.file.parent.mkdir(parents=True, exist_ok=True)
        cover.file.write_bytes(_with_comment(_drawn(stills), _digest(stills)))
        name = cover.file.relative_to(folders[-1] / FOLDER)
        yield f"{name.as_posix()}: {cover.file.stat().st_size / 1000:.0f} kB"


def check_covers(folders: list[Path], catalogue: Catalogue) -> Iterator[Fault]:
    """Yield the covers of the last content folder that are missing or out of date."""
    for cover in _covers(folders, catalogue):
        try:
            stills = [read_file(still, LARGEST_STILL) for still in cover.stills]
        except (OSError, UnreadableError):
            continue  # the check of the clips tells
        if not _is_made(cover.file, stills):
            yield Fault(cover.file, "", f"was not made from {cover.names}")


def _covers(folders: list[Path], catalogue: Catalogue) -> Iterator[Cover]:
    place = folders[-1] / FOLDER / COVERS
    for still in sorted(folders[-1].glob(f"exercises/*/{STILL}")):
        yield Cover(place / f"{still.parent.name}.jpg", (still,))
    shown = {
        still.parent.name: still
        for folder in folders
        for still in folder.glob(f"exercises/*/{STILL}")
    }
    for file in sorted(folders[-1].glob("routines/*.toml")):
        routine = catalogue.routines.get(file.stem)
        exercises = dict.fromkeys(block.exercise for block in routine.blocks) if routine else {}
        stills = [shown[exercise] for exercise in exercises if exercise in shown]
        if stills:
            tiles = stills[: TILES if len(stills) >= TILES else 1]
            yield Cover(place / ROUTINES / f"{file.stem}.jpg", tuple(tiles))


def _is_made(cover: Path, stills: list[bytes]) -> bool:
    try:
        return _digest(stills) in read_file(cover, LARGEST)[:100]
    except (OSError, UnreadableError):
        return False


def _digest(stills: list[bytes]) -> bytes:
    """Return the digest of one still, or of the digests of several."""
    digests = [sha256(still).hexdigest().encode() for still in stills]
    return digests[0] if len(digests) == 1 else sha256(b"".join(digests)).hexdigest().encode()


def _with_comment(jpeg: bytes, comment: bytes) -> bytes:
    size = (len(comment) + 2).to_bytes(2, "big")
    return _START + _COMMENT + size + comment + jpeg.removeprefix(_START)


def _drawn(stills: list[bytes]) -> bytes:
    """Return the stills, one or four, in rows of a square picture."""
    import skia

    a_row = 1 if len(stills) == 1 else 2
    side = (SIDE - GAP * (a_row - 1)) // a_row
    surface = skia.Surface(SIDE, SIDE)
    canvas = surface.getCanvas()
    canvas.clear(skia.ColorWHITE)
    for number, still in enumerate(stills):
        left, top = (place * (side + GAP) for place in (number % a_row, number // a_row))
        _draw_square(canvas, still, skia.Rect.MakeXYWH(left, top, side, side))
    return bytes(surface.makeImageSnapshot().encodeToData(skia.kJPEG, QUALITY))


def _draw_square(canvas: "skia.Canvas", still: bytes, place: "skia.Rect") -> None:
    """Draw the still in the middle of a square, whose wall and floor go on above and below."""
    import skia

    image = skia.Image.MakeFromEncoded(still)
    pixels = image.toarray(colorType=skia.kRGBA_8888_ColorType)
    wall, floor = (skia.Color(*map(int, pixels[row][0][:3])) for row in (0, -1))
    lower = skia.Rect.MakeLTRB(place.left(), place.centerY(), place.right(), place.bottom())
    canvas.drawRect(place, skia.Paint(Color=wall))
    canvas.drawRect(lower, skia.Paint(Color=floor))
    high = place.width() * image.height() / image.width()
    smooth = skia.SamplingOptions(skia.FilterMode.kLinear, skia.MipmapMode.kLinear)
    middle = skia.Rect.MakeXYWH(place.left(), place.centerY() - high / 2, place.width(), high)
    canvas.drawImageRect(image, middle, smooth)
