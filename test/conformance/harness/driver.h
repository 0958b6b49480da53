/* SPDX-License-Identifier: BSD-2-Clause
 * Driver: the root task's first thread, above all cases. It starts one after the other, waits for its end or for the time
 * that it may take, tells what came of it, and takes back all that it made. */
#pragma once

#include <sel4/sel4.h>

/* Memory that nobody takes back. */
seL4_CPtr driver_memory(void);
/* Where the runner, and the threads of a case that does not say otherwise, send their faults: an endpoint. */
seL4_CPtr driver_faults(void);
/* A command line in the device tree that came with BootInfo; "" if there is none. */
const char *driver_arguments(const seL4_BootInfo *boot);
/* A new case begins: nothing is in use. */
void objects_begin(seL4_CPtr first_slot);
void memory_begin(void);
void threads_begin(void);
/* Slots that the case may have used end here. */
seL4_CPtr objects_end(void);
