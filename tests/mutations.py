"""Requests that nobody wrote: images, JSON, forms and bodies, made and damaged at random, each of a class of its own.

A class says which statuses its requests may get, and what their message must speak of. The same seed and number give
the same request everywhere.
"""

import json
import random
import re
import struct
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from urllib.parse import quote

import digit_cases as cases
from course.digits import load_digits

LIMIT = 6_553_500
"""Bytes: TorchServe's own limit of a request."""

IMAGES = {"PNG": b"\x89PNG", "JPEG": b"\xff\xd8", "GIF": b"GIF8", "BMP": b"BM", "WEBP": b"RIFF"}

UNREADABLE = "damaged, cut off|no image of a known format"
NO_TEXT = "neither JSON nor valid base64|empty|JSON can't be parsed|no image of a known format|data URL"
ANY_FIELD = f"no field|several pictures|{UNREADABLE}|{NO_TEXT}|blank|too large|rows of equally many|can't be given as"
LIST = "isn't a picture|else than numbers|out of range|blank|too large|instances"


@dataclass(frozen=True)
class Mutant:
    """One request, and what may come of it."""

    content_type: str
    body: bytes
    statuses: frozenset[int]
    causes: str
    """A regular expression: the message of a refusal must speak of one of these."""


Maker = Callable[[random.Random], Mutant]
CLASSES: dict[str, Maker] = {}


def mutants(statuses: set[int], causes: str) -> Callable:
    """Make a function that returns a content type and a body a class of mutants, called as the function is."""

    def register(make: Callable[[random.Random], tuple[str, bytes]]) -> Callable:
        def mutant(chance: random.Random) -> Mutant:
            return Mutant(*make(chance), frozenset(statuses), causes)

        CLASSES[make.__name__.replace("_", " ")] = mutant
        return make

    return register


def mutant(seed: int, number: int) -> tuple[str, Mutant]:
    """Return the class and the mutant of this number: classes take turns."""
    name = list(CLASSES)[number % len(CLASSES)]
    return name, CLASSES[name](random.Random(f"{seed}/{number}"))


# ---- Images ------------------------------------------------------------------------------------------------------


@cache
def whole(kind: str, number: int) -> bytes:
    return cases.KINDS[kind](load_digits(train=False)[0][number])


KINDS = sorted(set(cases.KINDS) - {"1500-pixels"})


def image(chance: random.Random) -> bytes:
    return whole(chance.choice(KINDS), chance.randrange(8))


def flipped(data: bytes, chance: random.Random, start: int = 0) -> bytes:
    """Flip 1 to 16 bits of `data` from `start` on."""
    out = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 4, 16))):
        out[chance.randrange(start, len(out))] ^= 1 << chance.randrange(8)
    return bytes(out)


@mutants({200, 413, 415, 422}, f"{UNREADABLE}|blank|too large")
def image_with_flipped_bits(chance: random.Random) -> tuple[str, bytes]:
    return cases.OCTETS, flipped(image(chance), chance, start=4)


@mutants({200, 413, 415, 422}, f"{UNREADABLE}|blank|too large")
def image_with_a_flipped_header(chance: random.Random) -> tuple[str, bytes]:
    data = image(chance)
    return cases.OCTETS, flipped(data[:60], chance, start=4) + data[60:]


@mutants({200, 415, 422}, "damaged, cut off|blank")
def image_cut_off(chance: random.Random) -> tuple[str, bytes]:
    data = image(chance)
    return cases.OCTETS, data[: chance.randrange(4, len(data))]


@mutants({415}, "damaged, cut off")
def png_cut_off(chance: random.Random) -> tuple[str, bytes]:
    """Up to the last byte of its pixels: of a PNG that has no further chunk, nothing after it is read."""
    data = whole(chance.choice(("gray-png", "rgb", "palette", "1-bit", "16-bit")), chance.randrange(8))
    return "image/png", data[: chance.randrange(4, data.index(b"IDAT") + 8)]


@mutants({200, 413, 415, 422}, f"{UNREADABLE}|blank|too large")
def two_images_spliced(chance: random.Random) -> tuple[str, bytes]:
    first, second = image(chance), image(chance)
    return cases.OCTETS, first[: chance.randrange(4, len(first))] + second[chance.randrange(len(second)) :]


@mutants({200, 413, 415, 422}, f"{UNREADABLE}|blank|too large")
def image_with_a_part_taken_out_or_doubled(chance: random.Random) -> tuple[str, bytes]:
    data = image(chance)
    first, last = sorted((chance.randrange(4, len(data)), chance.randrange(4, len(data))))
    return cases.OCTETS, data[:first] + (data[first:last] * 2 if chance.random() < 0.5 else b"") + data[last:]


def chunks(data: bytes) -> list[bytes]:
    """Return the chunks of a PNG, whole."""
    found, where = [], 8
    while where < len(data):
        end = where + 12 + int.from_bytes(data[where : where + 4], "big")
        found.append(data[where:end])
        where = end
    return found


@mutants({200, 413, 415, 422}, f"{UNREADABLE}|blank|too large")
def png_with_shuffled_chunks(chance: random.Random) -> tuple[str, bytes]:
    kinds = ("gray-png", "palette", "palette-with-transparency", "gray-with-alpha", "56-pixels")
    parts = [part for _ in range(2) for part in chunks(whole(chance.choice(kinds), chance.randrange(8)))]
    taken = chance.sample(parts, chance.randrange(1, len(parts)))
    return "image/png", b"\x89PNG\r\n\x1a\n" + b"".join(taken)


SIDES = (0, 1, 2, 27, 29, 255, 1000, 4096, 4097, 8192, 8193, 16_383, 32_767, 65_535)


@mutants({200, 413, 415, 422}, f"{UNREADABLE}|blank|too large")
def image_of_another_size_than_its_header_says(chance: random.Random) -> tuple[str, bytes]:
    fmt = chance.choice(list(IMAGES))
    width, height = chance.choice(SIDES), chance.choice(SIDES)
    data = bytearray(whole(f"gray-{fmt.lower()}", chance.randrange(8)))
    if fmt == "PNG":
        return "image/png", cases.png(width, height, bits=chance.choice((1, 8, 16)), data=bytes(data[41:-16]))
    if fmt == "JPEG":
        where = data.index(b"\xff\xc0") + 5
        data[where : where + 4] = struct.pack(">HH", height, width)
    elif fmt == "GIF":
        where = chance.choice((6, data.index(b",", 13) + 5))
        data[where : where + 4] = struct.pack("<HH", width, height)
    elif fmt == "BMP":
        data[18:26] = struct.pack("<ii", width, chance.choice((1, -1)) * height)
    else:
        where = data.index(b"VP8L") + 9
        bits = (max(width, 1) - 1 & 0x3FFF) | (max(height, 1) - 1 & 0x3FFF) << 14
        data[where : where + 4] = struct.pack("<I", bits)
    return f"image/{fmt.lower()}", bytes(data)


@mutants({413}, "too large")
def bomb(chance: random.Random) -> tuple[str, bytes]:
    width, height = chance.randrange(8193, 2**31), chance.randrange(1, 2**31)
    return "image/png", cases.png(width, height, bits=chance.choice((1, 8, 16)), data=chance.randbytes(50))


@mutants({200, 413, 415, 422}, f"{UNREADABLE}|blank|too large")
def random_bytes_under_a_known_signature(chance: random.Random) -> tuple[str, bytes]:
    heads = [*IMAGES.values(), b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"GIF89a", b"RIFF\x40\0\0\0WEBPVP8 "]
    return "image/png", chance.choice(heads) + chance.randbytes(chance.randrange(600))


# ---- Any bytes, any type -----------------------------------------------------------------------------------------

TYPES = [
    "application/octet-stream", "image/png", "image/jpeg", "image/svg+xml", "text/plain", "text/plain; charset=klingon",
    "text/html; charset=utf-16", "text", "application/json; charset=utf-8", "application/json; charset=utf-32",
    "APPLICATION/JSON", "application/vnd.api+json", "application/x-ndjson", "application/cloudevents+json", "*/*", "x",
    "video/mp4", "multipart/mixed; boundary=x", "multipart/form-data", ";;;", "a" * 300, "image/png, text/plain",
]  # fmt: skip


@mutants({415}, "no image of a known format")
def random_bytes(chance: random.Random) -> tuple[str, bytes]:
    body = bytes([chance.randrange(0x90, 0xFE)]) + chance.randbytes(chance.randrange(2000))
    return chance.choice(("application/octet-stream", "image/png")), body


@mutants({400, 415}, NO_TEXT)
def random_text(chance: random.Random) -> tuple[str, bytes]:
    letters = [chr(chance.choice((chance.randrange(32, 127), chance.randrange(0x20, 0xD800)))) for _ in range(50)]
    return "text/plain", "".join(letters[: chance.randrange(1, 50)]).encode()


@mutants({200}, "")
def image_under_another_type(chance: random.Random) -> tuple[str, bytes]:
    return chance.choice(TYPES), image(chance)


@mutants({200, 400, 413, 415, 422, 500}, ANY_FIELD)
def anything_under_another_type(chance: random.Random) -> tuple[str, bytes]:
    _, other = mutant(chance.randrange(2**32), chance.randrange(2**16) * len(CLASSES) + chance.randrange(5))
    bodies = [other.body, cases.b64(image(chance)).encode(), b'{"data": 1}', chance.randbytes(40), b""]
    return chance.choice(TYPES), chance.choice(bodies)


@mutants({400, 413, 415}, "empty|too large|no image of a known format|bytes; accepted|Request Entity Too Large")
def body_of_any_size(chance: random.Random) -> tuple[str, bytes]:
    around = (0, 0, 1, 7, 8191, 8192, 65_536, 65_537)
    big = (1_000_000, LIMIT - 500, LIMIT, LIMIT + 1, LIMIT + 500_000)
    size = chance.choice(big) if chance.random() < 0.04 else chance.choice(around)
    return cases.OCTETS, b"\xf8" * size


# ---- Base64 ------------------------------------------------------------------------------------------------------


@mutants({200, 400, 413, 415, 422}, f"{UNREADABLE}|{NO_TEXT}|blank|too large")
def base64_damaged(chance: random.Random) -> tuple[str, bytes]:
    text = cases.b64(image(chance))
    if chance.random() < 0.3:
        text = "data:image/png;base64," + text
    first, last = sorted((chance.randrange(len(text)), chance.randrange(len(text))))
    ways = [
        text[:last], text[:first] + text[last:], text[:first] + chance.choice("*é=\n +-_%\0") + text[first:],
        text[::-1], text.lower(), text + chance.choice(("=", "==", "====", "A", "\n\n")), quote(text), cases.b64(b"x"),
        text.replace("base64", "base32"), text.replace(",", ""),
    ]  # fmt: skip
    body = chance.choice(ways)
    if chance.random() < 0.5:
        return "application/json", json.dumps({"data": body}).encode()
    return "text/plain", body.encode()


# ---- JSON --------------------------------------------------------------------------------------------------------

STRANGE = [
    None, True, False, 0, -1, 7, 255, 256, 1e308, -0.0, float("nan"), float("inf"), 10**400, "", "x", "\ud800", "\0",
    "seven", [], {}, [[]], [None], {"": ""}, [[0.5] * 28] * 28, [[300] * 28] * 28, [[float("nan")] * 28] * 28,
]  # fmt: skip


def strange(chance: random.Random, depth: int = 3) -> object:
    """Return any value that JSON has, and some that it hasn't but Python writes."""
    way = chance.random()
    if depth == 0 or way < 0.5:
        return cases.b64(image(chance)) if chance.random() < 0.2 else chance.choice(STRANGE)
    if way < 0.75:
        return [strange(chance, depth - 1) for _ in range(chance.randrange(4))]
    names = ("data", "body", "image", "b64", "instances", "Data", "digit", "")
    return {chance.choice(names): strange(chance, depth - 1) for _ in range(chance.randrange(4))}


@mutants({200, 400, 413, 415, 422}, f"{ANY_FIELD}|{LIST}")
def json_of_any_shape(chance: random.Random) -> tuple[str, bytes]:
    return "application/json", json.dumps(strange(chance)).encode()


@mutants({200, 400, 413, 415, 422}, f"{ANY_FIELD}|{LIST}")
def json_with_a_strange_picture(chance: random.Random) -> tuple[str, bytes]:
    value = {chance.choice(("data", "body", "image", "b64")): strange(chance)}
    return "application/json", json.dumps({"instances": [value]} if chance.random() < 0.5 else value).encode()


@mutants({200, 400, 413, 415, 422}, f"{ANY_FIELD}|{LIST}")
def json_damaged(chance: random.Random) -> tuple[str, bytes]:
    body = json.dumps({"instances": [{"b64": cases.b64(image(chance))}, {"data": [[0, 255, 0]] * 3}]}).encode()
    cut = chance.randrange(1, len(body))
    ways = [
        body[:cut],
        body[:cut] + body[cut + 1 :],
        flipped(body, chance),
        body + body[:cut],
        body.replace(b'"', b"'"),
    ]
    return "application/json", chance.choice(ways)


@mutants({400}, "JSON can't be parsed|isn't a picture|else than numbers|can't be given as|no field")
def json_deeply_nested(chance: random.Random) -> tuple[str, bytes]:
    depth, (left, right) = chance.choice((50, 900, 1100, 5000, 50_000)), chance.choice(("[]", ('{"data":', "}")))
    return "application/json", f'{{"data":{left * depth}1{right * depth}}}'.encode()


@mutants({400, 422}, "JSON can't be parsed|out of range|can't be given as|isn't a picture")
def json_with_a_huge_number(chance: random.Random) -> tuple[str, bytes]:
    number = chance.choice(("9" * chance.randrange(300, 6000), "1e999999", "-1e999", "NaN", "-Infinity", "1e-400"))
    rows = "[" + ",".join(["[" + ",".join([number, "0"] * 14) + "]"] * 28) + "]"
    return "application/json", f'{{"data": {chance.choice((number, rows.replace("1e-400", "-1")))}}}'.encode()


@mutants({200, 400}, "can't be given as|empty|neither JSON")
def json_with_the_same_key_twice(chance: random.Random) -> tuple[str, bytes]:
    values = [cases.b64(image(chance)), *chance.sample((None, 1, "", "?"), 2)]
    chance.shuffle(values)
    return "application/json", ("{" + ",".join(f'"data": {json.dumps(value)}' for value in values) + "}").encode()


@mutants({200, 413}, "up to 64")
def instances_of_any_number(chance: random.Random) -> tuple[str, bytes]:
    return "application/json", json.dumps({"instances": [cases.b64(image(chance))] * chance.randrange(1, 90)}).encode()


# ---- Forms -------------------------------------------------------------------------------------------------------


@mutants({200, 400}, "no field|several pictures|empty|neither JSON")
def multipart_with_any_parts(chance: random.Random) -> tuple[str, bytes]:
    names = ("data", "body", "image", "file", "Data", "data[]", "a b", "ü")
    values = (image(chance), b"", cases.b64(image(chance)), "")
    request = cases.multipart(*[(chance.choice(names), chance.choice(values)) for _ in range(chance.randrange(4))])
    return request.content_type, request.body


@mutants({200, 400, 413, 415, 422, 500}, ANY_FIELD)
def multipart_damaged(chance: random.Random) -> tuple[str, bytes]:
    request = cases.multipart(("data", image(chance)))
    cut = chance.randrange(len(request.body))
    ways = [
        request.body[:cut], request.body[cut:], request.body.replace(b"\r\n", b"\n"), flipped(request.body, chance),
        request.body[:cut] + chance.randbytes(5) + request.body[cut:], request.body.replace(b"Disposition", b"Dispo"),
        request.body.replace(b'name="', b"name="), request.body * 2,
    ]  # fmt: skip
    return request.content_type, chance.choice(ways)


@mutants({200, 400, 403, 413, 415, 422, 500}, ANY_FIELD)
def multipart_with_another_boundary(chance: random.Random) -> tuple[str, bytes]:
    request = cases.multipart(("data", image(chance)))
    ends = ("", "; boundary=", "; boundary=other", "; boundary=" + "b" * 300, "; charset=x; boundary=a-boundary-of-no")
    return "multipart/form-data" + chance.choice(ends), request.body


@mutants({200, 400, 413, 415, 422, 500}, ANY_FIELD)
def form_damaged(chance: random.Random) -> tuple[str, bytes]:
    body = cases.form(chance.choice(("data", "image", "picture")), cases.b64(image(chance))).body
    cut = chance.randrange(len(body))
    ways = [body[:cut], body[cut:], body + b"&" + body, flipped(body, chance), body.replace(b"%", b"%%"), b"&&&", body]
    return cases.FORM, chance.choice(ways)


# ---- Answers -----------------------------------------------------------------------------------------------------

FRONTEND = {
    (500, "ErrorDataDecoderException"),  # a form that can't be decoded, such as data=%zz
    (500, "StringIndexOutOfBoundsException"),  # a multipart form whose boundary is empty
    (500, "ArrayIndexOutOfBoundsException"),  # a part of a multipart form whose name has no "=" before it
    (403, "UnsupportedCharsetException"),  # a multipart form in a character set that nobody knows
}
"""What TorchServe's frontend says itself when it can't decode a form. No handler sees such a request, so none can mend
that. Pinned in tests/test_handler.py."""


def frontend_cannot_decode(sent: Mutant, status: int, answer: object) -> bool:
    """Tell whether `answer` is TorchServe's frontend's own to a form of a class that may be malformed."""
    a_form = sent.content_type.lower().startswith((cases.FORM, "multipart/form-data"))
    own = isinstance(answer, dict) and (status, answer.get("type")) in FRONTEND
    return a_form and own and status in sent.statuses


def names_its_cause(message: str, causes: str) -> bool:
    """Tell whether a refusal is one sentence that says what was wrong, one of `causes`, and what is accepted."""
    accepted = re.search(r"accepted (are|is)|no other encoding is accepted|must be|send one a request", message)
    one = message.endswith(".") and "\n" not in message and len(message) < 400
    return bool(accepted and one and re.search(causes, message))
