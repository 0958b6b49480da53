/* SPDX-License-Identifier: BSD-2-Clause
 * Inquest: from the kernel's fault message to struct fault. */
#pragma once

#include <sel4/sel4.h>

#include "fault.h"

struct fault inquest(seL4_MessageInfo_t info);

/* A test's mark: "brk N", N from 1 to MARK_LAST. 0: it is none. */
enum { MARK_LAST = 15 };
unsigned inquest_mark(const struct fault *fault);
