# Copyright The OpenTelemetry Authors
# SPDX-License-Identifier: Apache-2.0


class MetricsTimeoutError(Exception):
    """Raised when a metrics function times out"""
