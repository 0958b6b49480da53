/* SPDX-License-Identifier: BSD-2-Clause
 * Invocation labels, from the kernel's own table. */
#pragma once

#include <sel4/macros.h>

enum invocation_label {
    InvalidInvocation,
#define INVOCATION(label, handler, cap, args, caps) label,
#include <invocations.def>
#undef INVOCATION
    nInvocationLabels
};
