# Copyright The OpenTelemetry Authors
# SPDX-License-Identifier: Apache-2.0

from typing import Final

WEBENGINE_DESCRIPTION: Final = "webengine.description"
"""
Additional description of the web engine (e.g. detailed version and edition information).
"""

WEBENGINE_NAME: Final = "webengine.name"
"""
The name of the web engine.
"""

WEBENGINE_VERSION: Final = "webengine.version"
"""
The version of the web engine.
"""
