/* SPDX-License-Identifier: BSD-2-Clause
 * Faults: every way in which a component can do what it may not, by name, for tests and for a shell's user. */
#pragma once

#include <stdbool.h>

/* Does it. Returns false if there is no such name; true means that nothing stopped it. */
bool faults_commit(const char *name);
/* The i-th name, null behind the last. */
const char *faults_name(unsigned i);
