"""Pictures: opened within bounds, and drawn anew without whatever travels inside the file.

What is shown to people is a copy: place, device and hidden data stay in the original, which is
kept as it came.
"""

from io import BytesIO
from typing import TYPE_CHECKING
from warnings import catch_warnings, simplefilter

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_PIXELS = 60_000_000
"""More than any phone takes; a small file can claim a picture that fills the memory."""
WIDEST = 2560
FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}


class PictureError(ValueError):
    """It begins like a picture and is none that can be drawn."""


def drawn_anew(content: bytes, content_type: str) -> tuple[bytes, str]:
    """A JPEG of it without metadata, upright, and its likeness (`likeness_of`)."""
    from PIL import ImageOps

    picture = _opened(content, content_type)
    upright = ImageOps.exif_transpose(picture).convert("RGB")
    upright.thumbnail((WIDEST, WIDEST))
    view = BytesIO()
    upright.save(view, "JPEG", quality=85)
    return view.getvalue(), likeness_of(upright)


def likeness_of(picture: "Image") -> str:
    """Sixteen hexadecimal digits that hardly change when a picture is scaled or saved again.

    Each bit says whether brightness falls from one of 9 x 8 fields to its right neighbour.
    """
    small = picture.convert("L").resize((9, 8))
    fields = small.tobytes()
    bits = 0
    for row in range(8):
        for column in range(8):
            left, right = fields[row * 9 + column], fields[row * 9 + column + 1]
            bits = bits << 1 | (left > right)
    return f"{bits:016x}"


def _opened(content: bytes, content_type: str) -> "Image":
    from PIL import Image, UnidentifiedImageError

    try:
        with catch_warnings():
            simplefilter("ignore")  # odd metadata, which is left behind anyway
            picture = Image.open(BytesIO(content), formats=[FORMATS[content_type]])
            if picture.width * picture.height > MOST_PIXELS:
                raise PictureError("the picture is too large to be drawn")
            picture.load()
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as error:
        raise PictureError("the picture cannot be drawn") from error
    except Image.DecompressionBombError as error:
        raise PictureError("the picture is too large to be drawn") from error
    return picture
