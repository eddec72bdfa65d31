# Copyright The OpenTelemetry Authors
# SPDX-License-Identifier: Apache-2.0


_instruments = ("asgiref ~= 3.0",)

_supports_metrics = True

_semconv_status = "migration"
