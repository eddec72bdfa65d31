# Copyright The OpenTelemetry Authors
# SPDX-License-Identifier: Apache-2.0


_instruments = ("aiohttp ~= 3.0",)

_supports_metrics = True

_semconv_status = "migration"
