/* SPDX-License-Identifier: BSD-2-Clause
 * Start of a root task, as libsel4 programs expect it: BootInfo at hand, IPC buffer set, then main. It has no config
 * block: its heap is what the linker script set aside. What main returns is what exit is told; at the end the
 * thread suspends itself. A program that has its own _start gets none of this. */
#include <stdlib.h>

#include <sel4/sel4.h>
#include <sel4ish/tls.h>

#include "../src/heap.h"
#include "start.h"

extern char __tls_block[], __heap_start[], __heap_end[];

_Noreturn void sel4ish_root_start(seL4_BootInfo *bi);

_Noreturn void sel4ish_root_start(seL4_BootInfo *bi)
{
    static char name[] = "root-task";
    static char *arguments[] = { name, NULL };

    thread_pointer_set(sel4ish_tls_make(__tls_block));
    seL4_InitBootInfo(bi);
    seL4_SetIPCBuffer(bi->ipcBuffer);
    sel4ish_heap_set((uintptr_t)__heap_start, (uintptr_t)__heap_end);
    constructors_run();
    exit(main(1, arguments));
}
