/* SPDX-License-Identifier: BSD-2-Clause
 * Reach: which objects the threads of a phase can get at, directly or through others, by what the spec says. */
#pragma once

#include "loader.h"

enum { REACH_BOOT = 1, REACH_STEADY = 2 };      /* phase 0; all others, and the registries */

/* For each object a set of these bits, in memory that is never freed. */
const uint8_t *reach_find(struct loader *loader);
