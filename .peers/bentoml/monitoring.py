from ._internal.monitoring import DefaultMonitor
from ._internal.monitoring import MonitorBase
from ._internal.monitoring import monitor

__all__ = ["MonitorBase", "monitor", "DefaultMonitor"]
