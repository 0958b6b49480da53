/* SPDX-License-Identifier: BSD-2-Clause
 * The kernel's benchmark: runs every row and says on the serial line what each took, for test/bench/kernel.py to compare.
 *
 *   row NAME TOOK              every repetition but the first took so many instructions
 *   row NAME differs LEAST MOST
 *   rows done */
#include "bench.h"

#include "peer.h"
#include "uart.h"
#include "world.h"

#define HOUR_US 3600000000ul

static const struct row *const groups[] = {
    call_rows, signal_rows, ipc_rows, scheduling_rows, interrupt_rows, fault_rows, memory_rows, cnode_rows, boot_rows,
};

static void say(const struct row *row, const seL4_Word took[REPETITIONS])
{
    seL4_Word least = took[1], most = took[1];

    for (unsigned i = 1; i < REPETITIONS; i++) {
        least = took[i] < least ? took[i] : least;
        most = took[i] > most ? took[i] : most;
    }
    if (least == most)
        uart_line("row %s %lu", row->name, least);
    else
        uart_line("row %s differs %lu %lu", row->name, least, most);
}

int main(void)
{
    static seL4_Word took[REPETITIONS];

    boot_note();
    world_init(seL4_GetBootInfo());
    uart_open();
    world_begin();
    check(seL4_SchedControl_Configure(sched_control(), seL4_CapInitThreadSC, HOUR_US, HOUR_US, 0, 0), "own budget");
    check(seL4_TCB_SetPriority(seL4_CapInitThreadTCB, seL4_CapInitThreadTCB, PRIORITY_ROOT), "own priority");
    for (unsigned g = 0; g < sizeof groups / sizeof groups[0]; g++)
        for (const struct row *row = groups[g]; row->name; row++) {
            row->run(took);
            say(row, took);
            world_reset();
            peers_reset();
        }
    uart_line("rows done");
    return 0;
}
