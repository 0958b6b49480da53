/* SPDX-License-Identifier: BSD-2-Clause
 * Start of a root task, as libsel4 programs expect it: BootInfo at hand, IPC buffer set, then main. It has no config
 * block: its output goes to the debug channel, its heap is a fixed array. After main the thread suspends itself. */
#include <stdio.h>
#include <string.h>

#include <sel4/sel4.h>
#include <sel4ish/run.h>
#include <sel4ish/tls.h>

#include "../src/heap.h"
#include "../src/output.h"
#include "../src/stop.h"
#include "start.h"

enum { ROOT_HEAP_BYTES = 64 * 1024 };

static char root_heap[ROOT_HEAP_BYTES] __attribute__((aligned(16)));
static seL4_BootInfo *boot_info;
extern char __tls_block[];

_Noreturn void root_start(seL4_BootInfo *bi);

void seL4_InitBootInfo(seL4_BootInfo *bi)
{
    boot_info = bi;
}

seL4_BootInfo *seL4_GetBootInfo(void)
{
    return boot_info;
}

void output_line(const char *line, size_t len)
{
    output_debug(line, len);
}

const char *stop_name(void)
{
    return "root task";
}

void stop_say(const char *text)
{
    output_debug(text, strlen(text));
}

_Noreturn void sel4ish_park(void)
{
    for (;;)
        seL4_TCB_Suspend(seL4_CapInitThreadTCB);
}

_Noreturn void root_start(seL4_BootInfo *bi)
{
    thread_pointer_set(sel4ish_tls_make(__tls_block));
    seL4_InitBootInfo(bi);
    seL4_SetIPCBuffer(bi->ipcBuffer);
    heap_set((uintptr_t)root_heap, (uintptr_t)root_heap + sizeof root_heap);
    constructors_run();
    main();
    output_finish_line();
    sel4ish_park();
}
