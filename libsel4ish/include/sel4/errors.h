/* SPDX-License-Identifier: BSD-2-Clause
 * Errors: what an invocation answers, from the kernel's own table, and why a lookup failed. */
#pragma once

#include <sel4/macros.h>

typedef enum {
#define ERROR(name, text) name,
#include <errors.def>
#undef ERROR
    seL4_NumErrors,
    SEL4_FORCE_LONG_ENUM(seL4_Error),
} seL4_Error;

typedef enum {
    seL4_NoFailure,
    seL4_InvalidRoot,
    seL4_MissingCapability,
    seL4_DepthMismatch,
    seL4_GuardMismatch,
    SEL4_FORCE_LONG_ENUM(seL4_LookupFailureType),
} seL4_LookupFailureType;
