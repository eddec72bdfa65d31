"""The settings of a notebook's TorchServe: its five ports and its config.properties."""

import random
import re
import socket
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote, urlsplit

LOOPBACK = "127.0.0.1"
HTTP = ("inference_address", "management_address", "metrics_address")
GRPC = ("grpc_inference_port", "grpc_management_port")
PORTS = range(20000, 32000)
"""Where ports are drawn from: above TorchServe's own (7070, 7071, 8080 to 8082), below those that Linux (32768) and
macOS (49152) give to outgoing connections."""


def is_free(port: int) -> bool:
    """Tell whether nothing is bound to this port of the loopback interface right now."""
    with socket.socket() as probe:
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


def draw_ports(count: int) -> list[int]:
    """Return `count` different free ports, drawn at random: servers that start at the same moment seldom meet."""
    draw = random.SystemRandom()
    ports: list[int] = []
    while len(ports) < count:
        port = draw.choice(PORTS)
        if port not in ports and is_free(port):
            ports.append(port)
    return ports


def url_pattern(folder: Path) -> str:
    """Return the regular expression that `allowed_urls` needs to admit the files of one folder and nothing else.

    Whatever is not a plain character is written as \\\\uXXXX: a comma would end the pattern, and both the
    properties file and the regular expression have a use for the backslash.
    """
    text = folder.as_posix()
    return ",".join(f"file://{_escape(spelling)}/[^/]+" for spelling in dict.fromkeys([text, quote(text)]))


def _escape(text: str) -> str:
    return "".join(c if re.fullmatch("[A-Za-z0-9/_-]", c) else "".join(_utf16_escapes(c)) for c in text)


def _utf16_escapes(character: str) -> list[str]:
    data = character.encode("utf-16-be")
    return [f"\\\\u{data[i]:02x}{data[i + 1]:02x}" for i in range(0, len(data), 2)]


def make_config(model_store: Path, workers: int, extra: Mapping[str, str]) -> dict[str, str]:
    """Return all settings: what `extra` does not set gets ports of its own and the course's defaults."""
    first, second, third, fourth, fifth, worker = draw_ports(6)
    settings = {
        "inference_address": f"http://{LOOPBACK}:{first}",
        "management_address": f"http://{LOOPBACK}:{second}",
        "metrics_address": f"http://{LOOPBACK}:{third}",
        "grpc_inference_address": LOOPBACK,
        "grpc_management_address": LOOPBACK,
        "grpc_inference_port": str(fourth),
        "grpc_management_port": str(fifth),
        "initial_worker_port": str(worker),
        "default_workers_per_model": str(workers),
        "allowed_urls": url_pattern(model_store),
        "metrics_mode": "prometheus",
        "number_of_gpu": "0",
        "vmargs": "-Xmx512m",
    }
    return settings | {key: str(value) for key, value in extra.items()}


def chosen_ports(extra: Mapping[str, str]) -> dict[str, int]:
    """Return the ports that `extra` sets itself, by setting."""
    ports = {key: urlsplit(extra[key]).port for key in HTTP if key in extra}
    ports |= {key: int(extra[key]) for key in GRPC if key in extra}
    return {key: port for key, port in ports.items() if port}


def refuse_unsafe(extra: Mapping[str, str], options: list[str]) -> None:
    """Raise ValueError for settings that would open the server to the network or to everybody on the machine."""
    for key in HTTP:
        if key in extra and urlsplit(extra[key]).hostname not in (LOOPBACK, "localhost"):
            raise ValueError(f"{key}={extra[key]} is open to the network: use http://{LOOPBACK}:PORT")
    for key in ("grpc_inference_address", "grpc_management_address"):
        if extra.get(key, LOOPBACK) not in (LOOPBACK, "localhost"):
            raise ValueError(f"{key}={extra[key]} is open to the network: use {LOOPBACK}")
    if "disable_token_authorization" in extra or {"--disable-token-auth", "--dt"} & set(options):
        raise ValueError("token authorization stays on: leave disable_token_authorization and --disable-token-auth out")


def properties(settings: Mapping[str, str]) -> str:
    """Return the text of a config.properties."""
    return "".join(f"{key}={value}\n" for key, value in settings.items())
