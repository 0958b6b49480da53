/* SPDX-License-Identifier: BSD-2-Clause
 * Witness: see witness.h. */
#include "witness.h"

#include "names.h"
#include "seat.h"

#include <sel4/sel4.h>
#include <sel4ish/registry.h>

enum { COUNTERS = 6, PAGE = 4096, BETWEEN = 2 /* system calls: the one that was made, and the second reading */ };

struct counters counters_own(unsigned player)
{
    const volatile seL4_IPCBuffer *const buffer = (seL4_IPCBuffer *)(PLAY_BUFFERS + player * (uint64_t)PAGE);
    const uint64_t info = (uint64_t)INV_sel4ish_TCBReadCounters << INFO_LABEL_SHIFT;
    struct registers r = { { PLAY_TCB + player, info, 0, 0, 0, 0, 0, (uint64_t)NUMBER_Call, 0 } };

    player_syscall(&r);
    return (struct counters){ .known = r.x[1] == COUNTERS, .syscalls = r.x[2], .faults = r.x[3], .switches = r.x[4],
                              .drops = buffer->msg[5] };
}

struct counters counters_of(unsigned player)
{
    const sel4ish_TCB_ReadCounters_t c = sel4ish_TCB_ReadCounters(play.tcb[player]);

    return (struct counters){ .known = !c.error, .syscalls = c.syscalls, .faults = c.faults, .switches = c.switches,
                              .drops = c.drops };
}

static bool both(const struct counters *before, const struct counters *after) { return before->known && after->known; }

/* Each time that it is made again counts as a system call. */
bool was_preempted(const struct counters *before, const struct counters *after)
{
    return both(before, after) && after->syscalls - before->syscalls > BETWEEN;
}

/* What is lost of a thread that faulted is its fault. */
bool was_dropped(const struct counters *before, const struct counters *after)
{
    return both(before, after) && after->drops != before->drops && after->faults == before->faults;
}

bool gave_way(const struct counters *before, const struct counters *after)
{
    return both(before, after) && after->switches != before->switches;
}
