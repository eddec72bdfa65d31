"""Requests to the digit handler as data: each is used twice, on a handler without a server and over HTTP.

`KINDS` are ways to draw a digit, `SENDINGS` ways to send an image, `BAD` requests that can't be answered.
"""

import base64
import io
import json
import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote

import numpy as np
import torch
from PIL import Image
from urllib3.filepost import encode_multipart_formdata

OCTETS = "application/octet-stream"
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Request:
    """One request: as it goes over HTTP, and as the row that TorchServe makes of it for a handler."""

    content_type: str
    body: bytes
    row: dict


@dataclass(frozen=True)
class Bad:
    """A request that must fail with `status` and a message that holds `phrase`."""

    request: Request
    status: int
    phrase: str


# ---- How TorchServe turns HTTP into rows -------------------------------------------------------------------------


def raw(body: bytes, content_type: str = OCTETS) -> Request:
    return Request(content_type, body, {"body": bytearray(body)})


def text(body: str | bytes) -> Request:
    body = body.encode() if isinstance(body, str) else body
    try:
        return Request("text/plain", body, {"body": body.decode()})
    except UnicodeDecodeError:
        return Request("text/plain", body, {"body": bytearray(body)})


def as_json(value: object) -> Request:
    body = json.dumps(value).encode()
    return Request("application/json", body, {"body": json.loads(body)})


def broken_json(body: bytes) -> Request:
    return raw(body, "application/json")


def multipart(*fields: tuple[str, object]) -> Request:
    """Each field is a name and bytes (a file), or a name and text."""
    parts = [(name, ("digit", value, OCTETS) if isinstance(value, bytes) else value) for name, value in fields]
    body, content_type = encode_multipart_formdata(parts, boundary="a-boundary-of-no-importance")
    return Request(
        content_type, body, {name: bytearray(v if isinstance(v, bytes) else v.encode()) for name, v in fields}
    )


def form(name: str, value: str, *, sent: str | None = None) -> Request:
    """A form with one field; `sent` is how its value is written where it isn't properly escaped."""
    body = f"{name}={quote(value, safe='') if sent is None else sent}".encode()
    return Request(FORM, body, {name: bytearray(value.encode())})


def unescaped_form(value: str) -> Request:
    """What `curl -d "data=$(base64 -w 0 digit.png)"` sends: each `+` arrives as a space."""
    return form("data", value.replace("+", " "), sent=value)


# ---- Images ------------------------------------------------------------------------------------------------------


def encode(image: Image.Image, fmt: str = "PNG", **options) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, format=fmt, **options)
    return buffer.getvalue()


def gray(digit: torch.Tensor) -> Image.Image:
    return Image.fromarray(digit.numpy())


def inverted(digit: torch.Tensor) -> Image.Image:
    return Image.fromarray(255 - digit.numpy())


def large(digit: torch.Tensor, side: int = 280) -> Image.Image:
    return gray(digit).resize((side, side), Image.Resampling.BICUBIC)


def ink_on_transparency(digit: torch.Tensor, colour: int) -> Image.Image:
    ink = gray(digit)
    return Image.merge("RGBA", [Image.new("L", ink.size, colour)] * 3 + [ink])


def gray_and_alpha(digit: torch.Tensor, colour: int) -> Image.Image:
    return Image.merge("LA", [Image.new("L", (28, 28), colour), gray(digit)])


def palette(digit: torch.Tensor) -> Image.Image:
    return large(digit).convert("RGB").quantize(16)


def palette_with_transparency(digit: torch.Tensor) -> Image.Image:
    """Black ink on the transparent colour number 0, which is black too."""
    image = Image.fromarray((digit.numpy() > 100).astype("uint8")).convert("P")
    image.putpalette([0, 0, 0, 0, 0, 0])
    return image


def paste(digit: torch.Tensor, size: tuple[int, int], where: tuple[int, int], ground: int) -> Image.Image:
    canvas = Image.new("L", size, ground)
    canvas.paste(gray(digit) if ground == 0 else inverted(digit), where)
    return canvas


def coloured(digit: torch.Tensor) -> Image.Image:
    """Red ink on a green that is equally bright: a gray copy of it would be blank."""
    red, green = Image.new("RGB", (112, 112), (250, 0, 0)), Image.new("RGB", (112, 112), (0, 127, 0))
    return Image.composite(red, green, large(digit, 112))


def noisy_photo(digit: torch.Tensor) -> Image.Image:
    ink = np.asarray(large(digit, 400), dtype=float)
    grain = np.random.default_rng(0).normal(0, 6, ink.shape)
    return Image.fromarray((225 - 0.7 * ink + grain).clip(0, 255).astype("uint8"))


def deep(digit: torch.Tensor) -> Image.Image:
    return Image.fromarray(digit.numpy().astype("uint16") * 257)


def turned(digit: torch.Tensor, orientation: int = 6) -> bytes:
    """A JPEG of a camera held upright: its pixels lie on their side and a note in it says so."""
    exif = Image.Exif()
    exif[274] = orientation
    return encode(large(digit).transpose(Image.Transpose.ROTATE_90), "JPEG", exif=exif)


def animation(digit: torch.Tensor) -> bytes:
    """A GIF whose first frame is the digit; the others are white."""
    return encode(large(digit), "GIF", save_all=True, append_images=[Image.new("L", (280, 280), 255)] * 5)


KINDS: dict[str, Callable[[torch.Tensor], bytes]] = {
    "gray-png": lambda d: encode(gray(d)),
    "gray-jpeg": lambda d: encode(gray(d), "JPEG"),
    "gray-gif": lambda d: encode(gray(d), "GIF"),
    "gray-bmp": lambda d: encode(gray(d), "BMP"),
    "gray-webp": lambda d: encode(gray(d), "WEBP", lossless=True),
    "lossy-webp": lambda d: encode(large(d).convert("RGB"), "WEBP"),
    "black-on-white": lambda d: encode(inverted(d)),
    "black-on-white-jpeg": lambda d: encode(inverted(d), "JPEG"),
    "rgb": lambda d: encode(gray(d).convert("RGB")),
    "rgb-bmp": lambda d: encode(inverted(d).convert("RGB"), "BMP"),
    "rgba-opaque": lambda d: encode(gray(d).convert("RGBA")),
    "dark-on-transparent": lambda d: encode(ink_on_transparency(d, 0)),
    "light-on-transparent": lambda d: encode(ink_on_transparency(d, 255)),
    "transparent-webp": lambda d: encode(ink_on_transparency(d, 30), "WEBP", lossless=True),
    "gray-with-alpha": lambda d: encode(gray_and_alpha(d, 0)),
    "light-gray-with-alpha": lambda d: encode(gray_and_alpha(d, 255)),
    "palette": lambda d: encode(palette(d)),
    "palette-gif": lambda d: encode(palette(d), "GIF"),
    "palette-with-transparency": lambda d: encode(palette_with_transparency(d), transparency=0),
    "transparent-gif": lambda d: encode(palette_with_transparency(d), "GIF", transparency=0),
    "1-bit": lambda d: encode(large(d).point(lambda p: 255 * (p > 127)).convert("1")),
    "1-bit-black-on-white": lambda d: encode(large(d).point(lambda p: 255 * (p < 127)).convert("1")),
    "16-bit": lambda d: encode(deep(d)),
    "interlaced-cmyk-jpeg": lambda d: encode(large(d).convert("CMYK"), "JPEG", progressive=True),
    "turned-by-exif": turned,
    "animated-gif": animation,
    "56-pixels": lambda d: encode(large(d, 56)),
    "1500-pixels": lambda d: encode(large(d, 1500)),
    "padded-to-the-left": lambda d: encode(paste(d, (100, 60), (2, 16), 0)),
    "padded-on-white": lambda d: encode(paste(d, (40, 90), (8, 55), 255)),
    "one-pixel-frame-cropped": lambda d: encode(gray(d).crop((1, 1, 27, 27))),
    "equally-bright-colours": lambda d: encode(coloured(d)),
    "noisy-photo": lambda d: encode(noisy_photo(d), "JPEG", quality=60),
}


# ---- Ways to send an image ---------------------------------------------------------------------------------------


def b64(image: bytes) -> str:
    return base64.b64encode(image).decode()


def wrapped(image: bytes) -> str:
    return base64.encodebytes(image).decode()


def urlsafe(image: bytes) -> str:
    return base64.urlsafe_b64encode(image).decode().rstrip("=")


def data_url(image: bytes) -> str:
    return "data:image/png;base64," + b64(image)


SENDINGS: dict[str, Callable[[bytes], Request]] = {
    "raw": raw,
    "raw-under-its-type": lambda i: raw(i, "image/png"),
    "raw-under-another-type": lambda i: raw(i, "video/mp4"),
    "raw-that-claims-to-be-json": lambda i: raw(i, "application/json"),
    "multipart-data": lambda i: multipart(("data", i)),
    "multipart-body": lambda i: multipart(("body", i)),
    "multipart-image": lambda i: multipart(("image", i)),
    "multipart-beside-another-field": lambda i: multipart(("comment", "my digit"), ("image", i)),
    "multipart-base64": lambda i: multipart(("data", b64(i))),
    "json-data": lambda i: as_json({"data": b64(i)}),
    "json-image": lambda i: as_json({"image": b64(i)}),
    "json-body": lambda i: as_json({"body": b64(i)}),
    "json-b64": lambda i: as_json({"b64": b64(i)}),
    "json-string": lambda i: as_json(b64(i)),
    "json-urlsafe-unpadded": lambda i: as_json({"data": urlsafe(i)}),
    "json-wrapped": lambda i: as_json({"data": wrapped(i)}),
    "json-data-url": lambda i: as_json({"data": data_url(i)}),
    "json-sent-as-text": lambda i: text(json.dumps({"data": b64(i)})),
    "json-sent-as-bytes": lambda i: raw(json.dumps({"data": b64(i)}).encode()),
    "form": lambda i: form("data", b64(i)),
    "form-image": lambda i: form("image", b64(i)),
    "form-unescaped": lambda i: unescaped_form(b64(i)),
    "form-wrapped": lambda i: form("data", wrapped(i)),
    "form-data-url": lambda i: form("data", data_url(i)),
    "text": lambda i: text(b64(i)),
    "text-wrapped": lambda i: text(wrapped(i)),
    "text-data-url": lambda i: text(data_url(i)),
    "text-data-url-escaped": lambda i: text("data:image/png;base64," + quote(b64(i), safe="")),
    "text-that-is-an-image": text,
}

INSTANCES: dict[str, Callable[[bytes], object]] = {
    "string": b64,
    "b64": lambda i: {"b64": b64(i)},
    "data": lambda i: {"data": b64(i)},
    "data-url": data_url,
    "pixels": lambda i: np.asarray(Image.open(io.BytesIO(i))).tolist(),
    "float-pixels": lambda i: {"data": np.asarray(Image.open(io.BytesIO(i)), dtype=float).tolist()},
}


# ---- Bad requests ------------------------------------------------------------------------------------------------


def png(width: int, height: int, *, bits: int = 8, data: bytes | None = None, extra: bytes = b"") -> bytes:
    """A gray PNG with any header: all black, or with the given compressed `data` and `extra` chunks."""
    if data is None:
        data = zlib.compress(bytes((width * bits // 8 + 1) * height))
    header = struct.pack(">IIBBBBB", width, height, bits, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + extra + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def bomb(side: int = 30_000) -> bytes:
    """A 1-bit PNG of some 100 kB that would be 112 MB of bits and 900 MB of pixels."""
    return png(side, side, bits=1)


def long_gif(frames: int = 3_000) -> bytes:
    """A blank GIF with thousands of frames of 600 x 600 pixels: a gigabyte, were it read to its end."""
    one = encode(Image.new("P", (600, 600)), "GIF")
    return one[:-1] + one[one.index(b",") : -1] * (frames - 1) + b";"


def huge_gif_canvas() -> bytes:
    """A GIF whose screen is small and whose only frame claims 65,535 pixels a side and is to be disposed of."""
    head = b"GIF89a" + struct.pack("<HHBBB", 28, 28, 0x80, 0, 0) + bytes(6)
    control = b"!\xf9\x04" + bytes([0b1000, 0, 0, 0, 0])
    return head + control + b"," + struct.pack("<HHHHB", 0, 0, 65535, 65535, 0) + b"\x02\x02\x4c\x01\x00;"


def huge_webp() -> bytes:
    """The header of an animated WebP of 16,383 x 16,383 pixels, and next to nothing in it."""
    small = encode(Image.new("RGB", (8, 8)), "WEBP", save_all=True, append_images=[Image.new("RGB", (8, 8), "red")])
    where = small.index(b"VP8X") + 12
    return small[:where] + (16_382).to_bytes(3, "little") * 2 + small[where + 6 :]


def text_bomb() -> bytes:
    return png(28, 28, extra=chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(50_000_000))))


def profile_bomb() -> bytes:
    return png(28, 28, extra=chunk(b"iCCP", b"icc\0\0" + zlib.compress(bytes(50_000_000))))


def blank(value: int, size: tuple[int, int] = (28, 28), mode: str = "L") -> bytes:
    return encode(Image.new(mode, size, value))


DIGIT = encode(Image.fromarray(np.pad(np.full((16, 4), 255, dtype=np.uint8), ((6, 6), (12, 12)))))
"""A plain upright stroke, for bad requests that need a good picture in them."""

JPEG = encode(Image.new("L", (64, 64), 255), "JPEG")
SQUARE = [[0.0] * 28 for _ in range(28)]


def pixels(value: object) -> Request:
    """A list of 28 rows of numbers, one of which is `value`."""
    rows = [list(row) for row in SQUARE]
    rows[3][5] = value
    return as_json({"data": rows})


def nested_json(depth: int) -> Request:
    body = b'{"data":' + b"[" * depth + b"]" * depth + b"}"
    return broken_json(body)


BAD: dict[str, Bad] = {
    # 400: the request
    "nothing": Bad(raw(b""), 400, "empty"),
    "nothing that claims to be json": Bad(broken_json(b""), 400, "empty"),
    "whitespace only": Bad(raw(b" \n\t "), 400, "empty"),
    "empty file in a form": Bad(multipart(("data", b"")), 400, "empty"),
    "form without the field": Bad(form("picture", "abc"), 400, 'no field "data"'),
    "form without fields": Bad(Request(FORM, b"", {}), 400, 'no field "data"'),
    "image that claims to be a form": Bad(Request(FORM, DIGIT, {"\x89PNG": ""}), 400, 'no field "data"'),
    "multipart without fields": Bad(Request("multipart/form-data; boundary=x", b"--x--\r\n", {}), 400, "no field"),
    "multipart that is none": Bad(Request("multipart/form-data; boundary=x", DIGIT, {}), 400, "no field"),
    "multipart cut off": Bad(
        Request("multipart/form-data; boundary=x", multipart(("data", DIGIT)).body[:90], {}), 400, "no field"
    ),
    "multipart without the field": Bad(multipart(("file", DIGIT)), 400, 'no field "data"'),
    "multipart with two pictures": Bad(multipart(("data", DIGIT), ("image", DIGIT)), 400, "several pictures"),
    "json in a form without its type": Bad(Request(FORM, b'{"data": "abc"}', {'{"data": "abc"}': ""}), 400, "no field"),
    "json cut off": Bad(broken_json(b'{"data": "iVBORw0KGgo'), 400, "JSON"),
    "json with single quotes": Bad(broken_json(b"{'data': 'abc='}"), 400, "JSON"),
    "json nested 100,000 deep": Bad(nested_json(100_000), 400, "JSON"),
    "json nested 100 deep": Bad(nested_json(100), 400, "rows of equally many numbers"),
    "json number with 5,000 digits": Bad(broken_json(b'{"data": 1' + b"0" * 5000 + b"}"), 400, "JSON"),
    "json null": Bad(as_json(None), 400, "NoneType"),
    "json number": Bad(as_json(7), 400, "int"),
    "json true": Bad(as_json(True), 400, "bool"),
    "json empty object": Bad(as_json({}), 400, 'no field "data"'),
    "json empty list": Bad(as_json([]), 400, "rows of equally many numbers"),
    "json with another key": Bad(as_json({"picture": b64(DIGIT)}), 400, 'no field "data"'),
    "json with two pictures": Bad(as_json({"data": b64(DIGIT), "image": b64(DIGIT)}), 400, "several pictures"),
    "json data is null": Bad(as_json({"data": None}), 400, "NoneType"),
    "json data is a number": Bad(as_json({"data": 3.5}), 400, "float"),
    "json data is an object": Bad(as_json({"data": {"data": b64(DIGIT)}}), 400, "dict"),
    "json data is empty": Bad(as_json({"data": ""}), 400, "empty"),
    "json data is half a character": Bad(as_json({"data": "\ud800"}), 400, "base64"),
    "not base64": Bad(text("this is no picture!"), 400, "base64"),
    "base64 of an impossible length": Bad(as_json({"data": "abcde"}), 400, "base64"),
    "data URL without base64": Bad(text("data:image/svg+xml,%3Csvg/%3E"), 400, "data URL"),
    "web address": Bad(text("https://example.org/seven.png"), 400, "base64"),
    # 400: lists of pixels
    "pixels in one row": Bad(as_json({"data": [0] * 784}), 400, "rows of equally many"),
    "pixels with empty rows": Bad(as_json({"data": [[], []]}), 400, "rows of equally many"),
    "pixels with ragged rows": Bad(as_json({"data": [[0, 1], [2]]}), 400, "rows of equally many"),
    "pixels in three dimensions": Bad(as_json({"data": [[[0], [1]], [[2], [3]]]}), 400, "else than numbers"),
    "pixels that are text": Bad(pixels("255"), 400, "else than numbers"),
    "pixels that are true": Bad(pixels(True), 400, "else than numbers"),
    "pixels that are null": Bad(pixels(None), 400, "else than numbers"),
    "pixels that are NaN": Bad(pixels(float("nan")), 422, "out of range"),
    "pixels that are infinite": Bad(pixels(float("inf")), 422, "out of range"),
    "pixels that are negative": Bad(pixels(-1), 422, "out of range"),
    "pixels above 255": Bad(pixels(256), 422, "out of range"),
    "pixels far above 255": Bad(pixels(10**400), 422, "out of range"),
    "pixels from 0 to 1": Bad(pixels(1.0), 422, "blank"),
    "pixels in too long a row": Bad(as_json({"data": [[0] * 9000]}), 413, "too large"),
    # 400: instances
    "instances empty": Bad(as_json({"instances": []}), 400, "instances"),
    "instances no list": Bad(as_json({"instances": b64(DIGIT)}), 400, "instances"),
    "instances too many": Bad(as_json({"instances": [b64(DIGIT)] * 65}), 413, "up to 64"),
    "instances one bad": Bad(as_json({"instances": [b64(DIGIT), "?", b64(DIGIT)]}), 400, "instances[1]"),
    "instances one null": Bad(as_json({"instances": [b64(DIGIT), b64(DIGIT), None]}), 400, "instances[2]"),
    "instances one blank": Bad(as_json({"instances": [{"b64": b64(blank(0))}]}), 422, "instances[0]"),
    "instances one no image": Bad(as_json({"instances": [{"data": b64(b"hello")}]}), 415, "instances[0]"),
    "instances together too large": Bad(
        as_json({"instances": [b64(png(2048, 2048, bits=1))] * 60}), 413, "instances[0]"
    ),
    # 413
    "bomb": Bad(raw(bomb()), 413, "too large"),
    "header of 100 megapixels": Bad(raw(png(10_000, 10_000, data=b"")), 413, "too large"),
    "header of 4 billion pixels a side": Bad(raw(png(2**31 - 1, 2**31 - 1, data=b"")), 413, "too large"),
    "one pixel high, 20,000 wide": Bad(raw(png(20_000, 1)), 413, "too large"),
    "gif of 65,535 pixels a side": Bad(raw(huge_gif_canvas()), 413, "too large"),
    "bmp header of 100 megapixels": Bad(
        raw(b"BM" + struct.pack("<IIIIiiHHIIIIII", 54, 0, 54, 40, 10_000, 10_000, 1, 24, 0, 0, 0, 0, 0, 0)),
        413,
        "too large",
    ),
    # 415
    "random bytes": Bad(raw(bytes(range(128, 256))), 415, "PNG, JPEG"),
    "pdf": Bad(raw(b"%PDF-1.7\n\xe2\xe3\xcf\xd3"), 415, "PNG, JPEG"),
    "zip": Bad(raw(b"PK\x03\x04" + bytes(range(256))), 415, "PNG, JPEG"),
    "tiff": Bad(raw(encode(Image.new("L", (28, 28), 200), "TIFF")), 415, "PNG, JPEG"),
    "text that isn't UTF-8": Bad(text(b"\xff\xfe7\x00"), 415, "PNG, JPEG"),
    "text in another alphabet": Bad(text("семь"), 415, "PNG, JPEG"),
    "base64 of text": Bad(text(b64(b"hello, world")), 415, "PNG, JPEG"),
    "base64 of base64": Bad(text(b64(b64(DIGIT).encode())), 415, "PNG, JPEG"),
    "png signature alone": Bad(raw(b"\x89PNG\r\n\x1a\n"), 415, "damaged"),
    "png cut off": Bad(raw(blank(9, (500, 500), "RGB")[:-40]), 415, "cut off"),
    "png with a flipped bit": Bad(raw(DIGIT[:40] + bytes([DIGIT[40] ^ 1]) + DIGIT[41:]), 415, "damaged"),
    "png without pixels": Bad(raw(png(28, 28, data=b"")), 415, "damaged"),
    "png of no pixels": Bad(raw(png(0, 0)), 415, "damaged"),
    "png with a text bomb": Bad(raw(text_bomb()), 415, "damaged"),
    "png with a colour profile bomb": Bad(raw(profile_bomb()), 415, "damaged"),
    "jpeg cut off": Bad(raw(JPEG[: len(JPEG) // 2]), 415, "cut off"),
    # What `curl -d "data=$(base64 digit.png)"` sends where base64 wraps its lines: TorchServe drops all but the first.
    "base64 in a form with line ends that are not escaped": Bad(
        form("data", wrapped(JPEG).split("\n")[0].replace("+", " "), sent=wrapped(JPEG)), 415, "cut off"
    ),
    "gif cut off": Bad(raw(encode(Image.new("L", (28, 28), 9), "GIF")[:20]), 415, "cut off"),
    "webp cut off": Bad(raw(encode(Image.new("L", (28, 28), 9), "WEBP")[:30]), 415, "cut off"),
    "bmp cut off": Bad(raw(encode(Image.new("L", (28, 28), 9), "BMP")[:-100]), 415, "cut off"),
    "sound in a RIFF file": Bad(raw(b"RIFF\x24\x00\x00\x00WAVEfmt " + bytes(30)), 415, "PNG, JPEG"),
    # 422
    "blank black": Bad(raw(blank(0)), 422, "blank"),
    "blank white jpeg": Bad(raw(JPEG), 422, "blank"),
    "blank but for a shade": Bad(raw(encode(Image.linear_gradient("L").point(lambda p: p // 16))), 422, "blank"),
    "blank and transparent": Bad(raw(blank(0, (50, 50), "LA")), 422, "blank"),
    "one pixel": Bad(raw(blank(255, (1, 1))), 422, "blank"),
    "gif of 3,000 blank frames": Bad(raw(long_gif()), 422, "blank"),
}
