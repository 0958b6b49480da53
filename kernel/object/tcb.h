/* SPDX-License-Identifier: BSD-2-Clause
 * TCB: the thread as an object that capabilities name. What a thread is stands in core/thread.h. */
#pragma once

#include "../core/delete.h"
#include "../core/thread.h"

struct invocation;

/* May the caller, who shows authority (extra capability 1), give this priority? It is at most the authority's MCP. */
seL4_Error tcb_check_priority(struct invocation *inv, const struct cap *authority, word_t priority) MUST_USE;

extern const struct object_end tcb_end;
