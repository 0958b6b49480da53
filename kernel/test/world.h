/* SPDX-License-Identifier: BSD-2-Clause
 * World: a registry, an interface with its connections, and address spaces for a provider and two clients, all made by
 * the fixture's root thread, as the loader would. The root thread plays every part: world_enter puts it into another
 * address space; its IPC buffer is mapped in each. */
#pragma once

#include "../object/connection.h"
#include "../object/interface.h"
#include "../object/notification.h"
#include "../object/registry.h"
#include "fixture.h"

#define KEY(id, version) ((word_t)(id) << 16 | (version))
#define BADGE(label, key) ((word_t)(label) << 40 | (key))
#define SHAPE(bits, kind, count) ((word_t)(bits) | (word_t)(kind) << 8 | (word_t)(count) << 16)

enum {
    STORE = KEY(0x13, 1),
    LABEL_A = 5, LABEL_B = 6,
    /* The store's regions, a page each: */
    BASE_OFFSET = 0, REQUESTS_OFFSET = 0x1000, RING_OFFSET = 0x2000, CODE_OFFSET = 0x3000, WINDOW = 0x4000,
    STORE_FRAMES = 3,
};
#define PROVIDER_BASE 0x50000000ul
#define CLIENT_BASE   0x40000000ul

struct world {
    word_t registry;                    /* unrestricted */
    word_t interface;                   /* capability's slot, until provisioned */
    struct interface *store;            /* the object */
    struct connection *a, *b;           /* its connections, for LABEL_A and LABEL_B */
    word_t provider_space, space_a, space_b, spare_space;
    word_t provider_bell, bell_a, bell_b, monitor;
    word_t provider_cap, cap_a, cap_b;  /* empty slots for what Register and Request yield */
    word_t may_register, may_request_a, may_request_b;
    word_t frame_untyped;               /* of 16 KiB: the frames of the connection for LABEL_A and nothing else */
    word_t connection_untyped;          /* ... its object */
    word_t code_untyped;                /* of 4 KiB: the interface's page of code */
};
extern struct world world;

/* Boot, and everything up to the interface being complete; world_boot then puts it on the list. */
void world_prepare(void);
void world_boot(void);

word_t retype_from(word_t untyped, enum object_type type, word_t size_bits);
word_t mint(word_t slot, word_t rights, word_t badge);
word_t space_new(void);
void   space_tables(word_t space, vaddr_t vaddr);       /* all levels down to 4 KiB pages */
word_t interface_new(word_t key);                       /* the store's layout, with its code */
word_t connection_new(struct connection **object);      /* ... with its frames */
void   connection_give(word_t interface, word_t label, struct connection **object);

seL4_Error store_register(void);
seL4_Error store_request_a(void);
seL4_Error store_request_b(void);
seL4_Error delete(word_t slot);
seL4_Error revoke(word_t slot);

void   world_enter(word_t space);
bool   mapped(word_t space, vaddr_t vaddr);
bool   can_read(word_t space, vaddr_t vaddr);           /* by user mode of that space; each goes back to the root's */
bool   can_write(word_t space, vaddr_t vaddr);
bool   can_execute(word_t space, vaddr_t vaddr);
void   poke(word_t space, vaddr_t vaddr, uint32_t value);
uint32_t peek(word_t space, vaddr_t vaddr);
word_t signals(word_t notification);                    /* bits that came since it was last asked */
bool   page_is_zero(const struct connection *c, unsigned frame);
void   page_fill(struct connection *c, unsigned frame);
/* The call succeeds, though the n-th look at the interrupts finds one, and it is made again. */
#define CHECK_PREEMPTED(n, call)                                                                                       \
    do {                                                                                                               \
        const word_t entries = fixture.root->counters.syscalls;                                                        \
        host_raise_after(n, arch_irq_timer());                                                                         \
        CHECK_EQUAL(call, seL4_NoError);                                                                               \
        CHECK_EQUAL(fixture.root->counters.syscalls, entries + 2);                                                     \
    } while (0)
/* A number that changes with any capability, mapping, interface, connection, or content of a shared page. */
word_t world_state(void);
#define CHECK_REFUSED(call, error)                                                                                     \
    do {                                                                                                               \
        const word_t before = world_state();                                                                           \
        CHECK_EQUAL(call, error);                                                                                      \
        CHECK_EQUAL(world_state(), before);                                                                            \
    } while (0)
