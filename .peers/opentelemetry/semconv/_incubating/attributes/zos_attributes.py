# Copyright The OpenTelemetry Authors
# SPDX-License-Identifier: Apache-2.0

from typing import Final

ZOS_SMF_ID: Final = "zos.smf.id"
"""
The System Management Facility (SMF) Identifier uniquely identified a z/OS system within a SYSPLEX or mainframe environment and is used for system and performance analysis.
"""

ZOS_SYSPLEX_NAME: Final = "zos.sysplex.name"
"""
The name of the SYSPLEX to which the z/OS system belongs too.
"""
