/* SPDX-License-Identifier: BSD-2-Clause
 * Inquest: from the kernel's fault message to struct fault. */
#pragma once

#include <sel4/sel4.h>

#include "fault.h"

struct fault inquest(seL4_MessageInfo_t info);

/* The number of a test's mark, from 1: see lib/marks. 0: it is none. */
unsigned inquest_mark(const struct fault *fault, seL4_CPtr tcb);
/* The thread is to go on behind the instruction that it stopped at, once its fault is answered. */
void inquest_go_on(const struct fault *fault, seL4_CPtr tcb);
