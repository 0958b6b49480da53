/* SPDX-License-Identifier: BSD-2-Clause
 * Errors: what an invocation answers, from the kernel's own table. */
#pragma once

#include <sel4/macros.h>

typedef enum {
#define ERROR(name, text) name,
#include <errors.def>
#undef ERROR
    seL4_NumErrors
} seL4_Error;
