/* SPDX-License-Identifier: BSD-2-Clause */
#include "invariants.h"

#include "assert.h"
#include "debug.h"

static invariant_function *const all[] = {
    invariant_list_linked,
    invariant_children_follow,
    invariant_rights_narrow,
    invariant_objects_disjoint,
    invariant_untyped_watermark,
    invariant_caps_sound,
    invariant_asids_unique,
    invariant_entries_sound,
    invariant_queues_consistent,
    invariant_bindings_symmetric,
    invariant_ready_queues_exact,
    invariant_refills_sound,
    invariant_registry_lists,
    invariant_connections_sound,
};

bool invariants_hold(struct violation *v)
{
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        if (!all[i](v))
            return false;
    return true;
}

/* "rule: 0x…", in place. */
static void report(const struct violation *v)
{
    char line[128];
    size_t n = 0;

    for (const char *c = v->rule; *c && n < sizeof line - 20; c++)
        line[n++] = *c;
    line[n++] = ':';
    line[n++] = ' ';
    for (unsigned shift = 64; shift; shift -= 4)
        line[n++] = "0123456789abcdef"[(uintptr_t)v->object >> (shift - 4) & 15];
    line[n] = '\0';
    debug_line(line);
}

void invariants_check(void)
{
    struct violation v;

    if (invariants_hold(&v))
        return;
    report(&v);
    panic(v.rule);
}
