/* SPDX-License-Identifier: BSD-2-Clause
 * Rows of the kernel's benchmark. A group of rows is a file with a table that main.c names; rows.yaml says what each row is
 * to be compared with. A row's function makes what it needs, then does its operation REPETITIONS times and notes how many
 * instructions each took, read in user mode around the call with the API's own wrapper. All but the first must be equal.
 *
 * Each row starts with an empty world: whatever was made for the one before is gone (world.c). The root task runs at
 * PRIORITY_ROOT with a budget that does not end; its CSpace is one CNode, addressed at depth 64. */
#pragma once

#include <stddef.h>

#include <sel4/sel4.h>

enum { REPETITIONS = 101 };     /* the first, which may differ, is left out */
enum { PRIORITY_LOW = 90, PRIORITY_ROOT = 100, PRIORITY_HIGH = 110 };

struct row {
    const char *name;
    void (*run)(seL4_Word took[REPETITIONS]);
};

/* One table for each file of rows; the last row has no name. */
extern const struct row boot_rows[], call_rows[], cnode_rows[], fault_rows[], interrupt_rows[], ipc_rows[], memory_rows[];
extern const struct row scheduling_rows[], signal_rows[];

void boot_note(void);           /* main runs */

/* Instructions so far. */
static inline seL4_Word cycles(void)
{
    seL4_Word now;

    __asm__ volatile("mrs %0, pmccntr_el0" : "=r"(now)::"memory");
    return now;
}

static inline seL4_MessageInfo_t message(seL4_Word length) { return seL4_MessageInfo_new(0, 0, 0, length); }
