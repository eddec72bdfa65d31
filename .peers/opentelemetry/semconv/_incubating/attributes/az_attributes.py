# Copyright The OpenTelemetry Authors
# SPDX-License-Identifier: Apache-2.0

from typing import Final

AZ_NAMESPACE: Final = "az.namespace"
"""
Deprecated: Replaced by `azure.resource_provider.namespace`.
"""

AZ_SERVICE_REQUEST_ID: Final = "az.service_request_id"
"""
Deprecated: Replaced by `azure.service.request.id`.
"""
