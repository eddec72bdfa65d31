# Copyright The OpenTelemetry Authors
# SPDX-License-Identifier: Apache-2.0

from .exemplar import Exemplar
from .exemplar_filter import (
    AlwaysOffExemplarFilter,
    AlwaysOnExemplarFilter,
    ExemplarFilter,
    TraceBasedExemplarFilter,
)
from .exemplar_reservoir import (
    AlignedHistogramBucketExemplarReservoir,
    ExemplarReservoir,
    ExemplarReservoirBuilder,
    SimpleFixedSizeExemplarReservoir,
)

__all__ = [
    "AlignedHistogramBucketExemplarReservoir",
    "AlwaysOffExemplarFilter",
    "AlwaysOnExemplarFilter",
    "Exemplar",
    "ExemplarFilter",
    "ExemplarReservoir",
    "ExemplarReservoirBuilder",
    "SimpleFixedSizeExemplarReservoir",
    "TraceBasedExemplarFilter",
]
