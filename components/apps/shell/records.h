/* SPDX-License-Identifier: BSD-2-Clause
 * Records: the shell's commands about the store. */
#pragma once

#include "peers.h"

void records_put(struct peers *peers, const char *key, const char *value);
void records_get(struct peers *peers, const char *key);
void records_list(struct peers *peers);
void records_delete(struct peers *peers, const char *key);
