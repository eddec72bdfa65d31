"""A handler without a server: loaded and called by TorchServe's own code, in this process, within milliseconds."""

import importlib
import io
import json
import logging
import shutil
import struct
import sys
import tempfile
import weakref
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import torch
import ts
from ts.context import RequestProcessor
from ts.metrics.metric_cache_yaml_impl import MetricsCacheYamlImpl
from ts.model_loader import TsModelLoader
from ts.service import Service

from course.workspace import workspace


@dataclass(frozen=True)
class Answer:
    """What a client would get: the HTTP status, and the body (decoded JSON where it is JSON, else bytes)."""

    status: int
    body: object


class LocalHandler:
    """A handler as a TorchServe worker runs it, without the worker and the server.

    `source` is a `.mar` file, or a handler's Python file beside which `serialized_file` and `extra_files` are laid as
    an archive would. It is a context manager; what it unpacks is removed when it closes or is garbage collected. The
    handler's source is read afresh each time, so an edited file needs no new kernel.

    Attributes:
        handler: the handler object itself, to call `preprocess`, `inference` and `postprocess` step by step.
        folder: where the archive's files lie (the handler's `model_dir`).

    Raises:
        Exception: whatever the handler raises while it loads; a worker would die of it.
    """

    def __init__(
        self, source: str | Path, *, serialized_file: str | Path | None = None, extra_files: Iterable[str | Path] = ()
    ) -> None:
        source = Path(source)
        self.folder = Path(tempfile.mkdtemp(prefix="handler-", dir=workspace()))
        self.close = weakref.finalize(self, shutil.rmtree, self.folder, ignore_errors=True)
        self._log = io.StringIO()
        try:
            if source.suffix == ".mar":
                with zipfile.ZipFile(source) as archive:
                    archive.extractall(self.folder)
            else:
                _lay_out(self.folder, source, serialized_file, extra_files)
            with _logging(io.StringIO()):
                import ts.torch_handler.base_handler  # noqa: F401 - logs what isn't installed, once a process
            with _logging(self._log):
                self._service = _load(self.folder)
        except BaseException:
            self.close()
            raise
        self.handler = getattr(self._service._entry_point, "__self__", None)
        self._await_steps()

    @property
    def log(self) -> str:
        """What the handler and TorchServe have logged so far; a server writes it into `logs/model_log.log`."""
        return self._log.getvalue()

    def predict(self, rows: list[dict], *, headers: list[dict] | None = None) -> list[Answer]:
        """Return one answer for each of `rows`, which come to the handler as one batch.

        A row holds a request's values by field name, as a handler's `preprocess` gets it, for instance
        `{"body": png}`. `headers` are the requests' HTTP headers, one dict a row.
        """
        headers = headers or [{}] * len(rows)
        requests = [_request(*parts) for parts in zip(range(len(rows)), rows, headers, strict=True)]
        with _logging(self._log):
            reply = self._service.predict(requests)
        self._await_steps()
        return _decode(bytes(reply), len(rows))

    def _await_steps(self) -> None:
        """Let the handler's steps be called by hand on a batch of any size: its requests have no headers."""
        self._service.context.request_processor = defaultdict(lambda: RequestProcessor({}))

    def __enter__(self) -> "LocalHandler":
        """Return itself: loading is done by the constructor."""
        return self

    def __exit__(self, *_: object) -> None:
        """Remove the unpacked files."""
        self.close()


@contextmanager
def _logging(stream: io.StringIO) -> Iterator[None]:
    """Write what is logged meanwhile to `stream`; it would go to stderr, with paths that differ on each machine."""
    listener = logging.StreamHandler(stream)
    logging.getLogger().addHandler(listener)
    try:
        yield
    finally:
        logging.getLogger().removeHandler(listener)


def _lay_out(
    folder: Path, handler: Path, serialized_file: str | Path | None, extra_files: Iterable[str | Path]
) -> None:
    for file in (handler, serialized_file, *extra_files):
        if file is not None:
            shutil.copy(file, folder)
    model = {"modelName": handler.stem, "handler": handler.name, "modelVersion": "1.0"}
    if serialized_file is not None:
        model["serializedFile"] = Path(serialized_file).name
    manifest = folder / "MAR-INF" / "MANIFEST.json"
    manifest.parent.mkdir()
    manifest.write_text(json.dumps({"runtime": "python", "model": model, "archiverVersion": "0.12.0"}), "utf-8")


def _load(folder: Path) -> Service:
    """Load the archive in `folder` as `ts.model_service_worker` does; leave modules and threads as they were."""
    metrics = MetricsCacheYamlImpl(str(Path(ts.__file__).parent / "configs" / "metrics.yaml"))
    metrics.initialize_cache()
    model = json.loads((folder / "MAR-INF" / "MANIFEST.json").read_text("utf-8"))["model"]
    metrics.model_name = model["modelName"]
    threads = torch.get_num_threads()
    path, modules = list(sys.path), {file.stem for file in folder.glob("*.py")}
    stashed = {name: sys.modules.pop(name) for name in modules & set(sys.modules)}
    sys.path.insert(0, str(folder))
    importlib.invalidate_caches()
    try:
        service = TsModelLoader().load(
            model["modelName"], str(folder), model["handler"], None, 1, metrics_cache=metrics
        )
    finally:
        sys.path[:] = path
        for name in modules:
            sys.modules.pop(name, None)
        sys.modules.update(stashed)
        torch.set_num_threads(threads)
    service.set_cl_socket(None)
    return service


def _request(number: int, row: dict, headers: dict) -> dict:
    return {
        "requestId": str(number).encode(),
        "headers": [{"name": k.encode(), "value": v.encode()} for k, v in headers.items()],
        "parameters": [{"name": k, "contentType": "", "value": v} for k, v in row.items()],
    }


def _decode(reply: bytes, count: int) -> list[Answer]:
    """Read TorchServe's wire format (`ts.protocol.otf_message_handler`): what the worker would send to the server."""
    stream = io.BytesIO(reply)

    def number() -> int:
        return struct.unpack("!i", stream.read(4))[0]

    def text() -> bytes:
        return stream.read(number())

    code, message = number(), text().decode()
    if code != 200:
        return [Answer(code, {"code": code, "message": message})] * count
    answers = []
    while (length := number()) != -1:
        stream.read(length)
        text()  # content type
        status, _ = number(), text()
        for _ in range(number()):
            text(), text()
        answers.append(Answer(status or 200, _body(text())))
    return answers


def _body(content: bytes) -> object:
    """Decode JSON as strict clients do: `NaN` is none (and no int, so it raises)."""
    try:
        return json.loads(content, parse_constant=int)
    except ValueError:
        return content
