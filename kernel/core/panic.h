/* SPDX-License-Identifier: BSD-2-Clause
 * Panic: the kernel found its own mistake, says so on the debug channel and stops the machine. User input never
 * leads here. In every build. */
#pragma once

#include "types.h"

_Noreturn void panic(const char *what, const char *file, unsigned line);

#define PANIC(what)  panic(what, __FILE_NAME__, __LINE__)
#define assert(fact) ((fact) ? (void)0 : panic("assertion failed: " #fact, __FILE_NAME__, __LINE__))
