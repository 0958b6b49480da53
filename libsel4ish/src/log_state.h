/* SPDX-License-Identifier: BSD-2-Clause
 * Log: what the rest of the runtime asks about it. */
#pragma once

#include <stdbool.h>

/* Has every line so far reached a reader: the ring of log@1, the debug channel or the diversion? */
bool log_delivered(void);
