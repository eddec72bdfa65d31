# Copyright The OpenTelemetry Authors
# SPDX-License-Identifier: Apache-2.0

__all__ = [
    "ComposableSampler",
    "SamplingIntent",
    "composable_always_off",
    "composable_always_on",
    "composable_parent_threshold",
    "composable_rule_based",
    "composable_traceid_ratio_based",
    "composite_sampler",
]


from ._always_off import composable_always_off
from ._always_on import composable_always_on
from ._composable import ComposableSampler, SamplingIntent
from ._parent_threshold import composable_parent_threshold
from ._rule_based import composable_rule_based
from ._sampler import composite_sampler
from ._traceid_ratio import composable_traceid_ratio_based
