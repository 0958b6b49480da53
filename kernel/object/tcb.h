/* SPDX-License-Identifier: BSD-2-Clause
 * TCB: the thread as an object that capabilities name. What a thread is stands in core/thread.h. */
#pragma once

#include "../core/delete.h"
#include "../core/thread.h"

extern const struct object_end tcb_end;
