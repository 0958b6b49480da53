/* SPDX-License-Identifier: BSD-2-Clause
 * The kernel's numbers under names that clash with neither the kernel's nor libsel4's. */
#pragma once

enum {
    INV_none,
#define INVOCATION(label, handler, cap, args, caps) INV_##label,
#include "../../abi/invocations.def"
#undef INVOCATION
};

enum {
#define CAP(name, rights, text) HAS_##name,
#include "../../abi/capabilities.def"
#undef CAP
};

enum {
#define OBJECT(name, enumerator, bits, text) TYPE_##name,
#include "../../abi/objects.def"
#undef OBJECT
    TYPES
};

enum {
#define SYSCALL(name, number) NUMBER_##name = number,
#include "../../abi/syscalls.def"
#undef SYSCALL
};
