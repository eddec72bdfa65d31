# Copyright The OpenTelemetry Authors
# SPDX-License-Identifier: Apache-2.0

from typing import Final

PEER_SERVICE: Final = "peer.service"
"""
Deprecated: Replaced by `service.peer.name`.
"""
