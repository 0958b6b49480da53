/* SPDX-License-Identifier: BSD-2-Clause
 * State: all that the model has an opinion on, as text. Objects and slots are named by their physical addresses; the
 * capabilities stand in the derivation tree's order, each with its parent's slot. state.py writes the same lines. */
#pragma once

#include "../../kernel/test/fixture.h"

void state_print(void);
/* A number that changes when anything does that a refused call must leave alone: not the threads' registers. */
word_t state_digest(void);
