/* SPDX-License-Identifier: BSD-2-Clause
 * Panic: the kernel found a mistake of its own and stops the machine. User input never leads here. */
#pragma once

_Noreturn void panic(const char *file, unsigned line, const char *what);

#define assert(condition) ((condition) ? (void)0 : panic(__FILE__, __LINE__, #condition))
