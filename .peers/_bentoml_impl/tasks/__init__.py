from .result import ResultStatus
from .result import ResultStore
from .result import Sqlite3Store

__all__ = ["ResultStore", "ResultStatus", "Sqlite3Store"]
