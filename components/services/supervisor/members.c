/* SPDX-License-Identifier: BSD-2-Clause
 * Members: see members.h. */
#include "members.h"

#include <stdlib.h>
#include <string.h>

#include <sel4ish/config.h>
#include <sel4ish/run.h>

static const struct sel4ish_entry *cap_of(const char *name, const char *peer)
{
    const struct sel4ish_entry *entry = NULL;

    while ((entry = sel4ish_config_next(sel4ish_config(), SEL4ISH_CAP, name, entry)))
        if (strcmp(entry->peer, peer) == 0)
            return entry;
    return NULL;
}

static struct member member_of(const struct sel4ish_entry *tcb)
{
    const struct sel4ish_entry *runtime = cap_of("runtime", tcb->peer);
    struct member member = {.name = tcb->peer, .label = tcb->v[1], .tcb = tcb->v[0]};

    if (runtime) {
        member.runtime = runtime->v[0];
        member.runtime_bits = (unsigned)runtime->v[2];
    }
    return member;
}

void members_start(struct members *members)
{
    const struct sel4ish_entry *entry = NULL;

    while ((entry = sel4ish_config_next(sel4ish_config(), SEL4ISH_CAP, "tcb", entry)))
        members->count++;
    members->list = calloc(members->count ? members->count : 1, sizeof *members->list);
    if (!members->list)
        sel4ish_stop("no memory for %u components", members->count);
    for (unsigned i = 0; i < members->count; i++) {
        entry = sel4ish_config_next(sel4ish_config(), SEL4ISH_CAP, "tcb", entry);
        members->list[i] = member_of(entry);
    }
}

struct member *members_by_label(struct members *members, seL4_Word label)
{
    for (unsigned i = 0; i < members->count; i++)
        if (members->list[i].label == label)
            return &members->list[i];
    return NULL;
}

struct member *members_by_name(struct members *members, const char *name)
{
    for (unsigned i = 0; i < members->count; i++)
        if (strcmp(members->list[i].name, name) == 0)
            return &members->list[i];
    return NULL;
}

const char *member_state_name(const struct member *member)
{
    switch (member->state) {
    case MEMBER_RUNNING: return "running";
    case MEMBER_STOPPED: return "stopped";
    case MEMBER_KILLED:  return "killed";
    }
    return "?";
}

void member_end(struct member *member, enum member_state state)
{
    member->state = state;
    (void)seL4_TCB_Suspend(member->tcb);    /* cannot fail: the capability is this program's for ever */
    if (!member->runtime)
        return;
    for (seL4_Word i = 0; i < 1ul << member->runtime_bits; i++)
        (void)seL4_CNode_Delete(member->runtime, i, (seL4_Uint8)member->runtime_bits);
}
