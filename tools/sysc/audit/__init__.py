# SPDX-License-Identifier: BSD-2-Clause
"""The audit: who can do what to whom, answered from the same capDL spec that the loader realises.

`authority` collects who holds what, `who` and `flow` answer questions, `policy` holds them against the description's
assertions, `grants` and `interfaces` list; each takes a Spec or an Authority and returns data that `show` prints.
"""

from .dma import dma_of
from .policy import check_policy

__all__ = ["check_policy", "dma_of"]
