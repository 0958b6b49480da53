/* SPDX-License-Identifier: BSD-2-Clause
 * Members: the components that the supervisor watches, as its config names them, and what has become of each.
 * Invariant: a member's label is the badge of its fault endpoint; no two have the same. */
#pragma once

#include <stdbool.h>

#include <sel4/sel4.h>
#include <sel4ish/registry.h>

enum { MEMBER_CAUSE = 160 };

enum member_state { MEMBER_RUNNING, MEMBER_STOPPED, MEMBER_KILLED };

struct member {
    const char *name;
    seL4_Word label;
    seL4_TCB tcb;
    seL4_CNode runtime;
    unsigned runtime_bits;
    enum member_state state;
    seL4_Word denials;              /* told so far, in this many lines: */
    unsigned denials_told;
    char cause[MEMBER_CAUSE];       /* of its stop */
};

struct members {
    unsigned count;
    struct member *list;
};

/* From the config. Stops the supervisor if there is no memory for them. */
void members_start(struct members *members);
struct member *members_by_label(struct members *members, seL4_Word label);
struct member *members_by_name(struct members *members, const char *name);
const char *member_state_name(const struct member *member);

/* It runs no more, and its peers see it leave: what it got at run time from the registry is deleted. */
void member_end(struct member *member, enum member_state state);
