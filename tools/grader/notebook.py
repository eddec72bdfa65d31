"""A notebook as the grader needs it: sources, ids, tags, and the state of its widgets. Outputs are left behind."""

import json
import warnings
from dataclasses import dataclass, field

import nbformat

VIEW = "application/vnd.jupyter.widget-view+json"
STATE = "application/vnd.jupyter.widget-state+json"


class UnreadableError(ValueError):
    """The text is no notebook; the message says why."""


@dataclass(frozen=True)
class Cell:
    """A cell. `views` are the ids of the widgets that stand in its output."""

    kind: str
    source: str
    id: str = ""
    tags: frozenset[str] = frozenset()
    views: tuple[str, ...] = ()


@dataclass(frozen=True)
class Notebook:
    """Its cells in order, and the saved state of its widgets by their ids."""

    cells: tuple[Cell, ...]
    widgets: dict[str, dict] = field(default_factory=dict)


def parse(text: str) -> Notebook:
    """Return the notebook that `text` holds; older formats are converted. Raises UnreadableError."""
    try:
        raw = json.loads(text)
        if not isinstance(raw, dict) or not isinstance(raw.get("nbformat"), int):
            raise UnreadableError("it is JSON, but no notebook")
        if raw["nbformat"] < 4:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                raw = nbformat.reads(text, as_version=4)
        if raw["nbformat"] > 4:
            raise UnreadableError(f"its format is {raw['nbformat']}, which is newer than this grader")
        return Notebook(tuple(_cell(cell) for cell in raw["cells"]), _widgets(raw.get("metadata")))
    except UnreadableError:
        raise
    except RecursionError as error:
        raise UnreadableError("it is nested too deep") from error
    except json.JSONDecodeError as error:
        raise UnreadableError(f"it is no JSON: {error}") from error
    except Exception as error:  # whatever a broken file makes of the converter is the file's fault
        raise UnreadableError(f"it is no valid notebook: {type(error).__name__}: {error}") from error


def _cell(raw: dict) -> Cell:
    metadata = raw.get("metadata")
    tags = metadata.get("tags") if isinstance(metadata, dict) else ()
    outputs = raw.get("outputs")
    views = [_view(output) for output in outputs] if isinstance(outputs, list) else []
    return Cell(
        kind=_text(raw["cell_type"]),
        source=_text(raw["source"]),
        id=_text(raw.get("id", "")),
        tags=frozenset(tag for tag in tags or () if isinstance(tag, str)),
        views=tuple(view for view in views if view),
    )


def _text(value: object) -> str:
    text = "".join(value) if isinstance(value, list) else value
    if not isinstance(text, str):
        raise UnreadableError(f"a cell holds a {type(text).__name__} where a text belongs")
    return text.encode("utf-8", "replace").decode()  # half a surrogate pair can't be sent to a kernel


def _view(output: object) -> str:
    data = output.get("data") if isinstance(output, dict) else None
    view = data.get(VIEW) if isinstance(data, dict) else None
    name = view.get("model_id") if isinstance(view, dict) else None
    return name if isinstance(name, str) else ""


def _widgets(metadata: object) -> dict[str, dict]:
    saved = metadata.get("widgets") if isinstance(metadata, dict) else None
    saved = saved.get(STATE) if isinstance(saved, dict) else None
    models = saved.get("state") if isinstance(saved, dict) else None
    if not isinstance(models, dict):
        return {}
    kept = {name: model for name, model in models.items() if isinstance(model, dict)}
    return {name: model["state"] for name, model in kept.items() if isinstance(model.get("state"), dict)}
