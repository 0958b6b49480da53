/* SPDX-License-Identifier: BSD-2-Clause
 * Own config: the block that start-up was handed. Set once, before constructors run. */
#pragma once

#include <sel4ish/config.h>

/* A component's program lies behind it: no block is longer. */
#define CONFIG_LIMIT 0x100000u

void own_config_set(const struct sel4ish_config *config);
/* Where the config is not mapped yet, or there is none: "?". */
const char *own_name(void);
