from .cli_events import cli_events_map
from .schemas import BentoBuildEvent
from .schemas import CliEvent
from .schemas import ModelSaveEvent
from .schemas import ServeUpdateEvent
from .usage_stats import BENTOML_DO_NOT_TRACK
from .usage_stats import ServeInfo
from .usage_stats import get_serve_info
from .usage_stats import track
from .usage_stats import track_serve

__all__ = [
    "track",
    "track_serve",
    "get_serve_info",
    "ServeInfo",
    "BENTOML_DO_NOT_TRACK",
    "CliEvent",
    "ModelSaveEvent",
    "BentoBuildEvent",
    "ServeUpdateEvent",
    "cli_events_map",
]
