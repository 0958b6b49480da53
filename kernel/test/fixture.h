/* SPDX-License-Identifier: BSD-2-Clause
 * Fixture: the generic kernel, booted on the host machine, with a root thread that is about to run at its entry. */
#pragma once

#include "../arch/host/host.h"
#include "../core/cpu.h"
#include "../core/invoke.h"
#include "../core/thread.h"
#include "test.h"

enum {                          /* the root thread's slots, as libsel4 has them */
    ROOT_TCB = 1, ROOT_CNODE = 2, ROOT_VSPACE = 3, ROOT_IRQ_CONTROL = 4, ROOT_ASID_CONTROL = 5, ROOT_ASID_POOL = 6,
    ROOT_BOOT_INFO = 9, ROOT_BUFFER = 10, ROOT_DOMAIN = 11, ROOT_SC = 14,
};

#define FIXTURE_BOOT (HOST_RAM_BASE + 0x4000ul)    /* the page that is given back when the boot is over */

struct fixture {
    struct thread *root;        /* the first thread */
    word_t untyped;             /* slot of the largest untyped of RAM */
    word_t device_untyped;      /* slot of the device page's */
    word_t free;                /* first empty slot of the root CNode; slot_new takes it from here */
    word_t sched_control;
    word_t boot_info;           /* address, as the root thread was told */
};
extern struct fixture fixture;

/* Boot. Every test that needs the kernel begins with it. From then on all invariants are checked whenever it is left. */
void fixture_boot(void);
/* The same for a machine that the test describes: the fixture's own, its memory fresh and its payload laid out, and changed. */
struct boot_machine fixture_machine(void);
void fixture_boot_on(struct boot_machine machine);

/* One kernel call by the current thread, as libsel4 would make it: label, words and capability addresses in, error out.
 * ARGS(a, b) and CAPS(c) give counts and arrays; NO_ARGS and NO_CAPS none. After it: reply_word(i), reply_length(). */
#define ARGS(...) sizeof((word_t[]){ __VA_ARGS__ }) / sizeof(word_t), (const word_t[]){ __VA_ARGS__ }
#define CAPS(...) ARGS(__VA_ARGS__)
#define NO_ARGS 0, (const word_t *)0
#define NO_CAPS 0, (const word_t *)0
seL4_Error do_op(word_t cap, enum invocation_label label, word_t argc, const word_t *args, word_t capc,
                 const word_t *caps);
word_t reply_word(word_t i);
word_t reply_length(void);
/* A call of two words by the root thread, interrupted at every preemption point; how often it was made. */
unsigned at_every_point(word_t cap, word_t label, word_t first, word_t second);

/* Any system call by the current thread. Message words beyond the registers go to its IPC buffer. */
struct message { word_t label, length, caps; word_t words[MSG_MAX_LENGTH]; word_t cap[MSG_MAX_CAPS]; };
struct thread *do_syscall(word_t number, word_t cap, const struct message *m, word_t reply_cap, word_t dest);
/* What a thread that is back from a call finds in its registers and buffer. */
void   message_read(struct thread *t, struct message *m);
word_t message_badge(const struct thread *t);

/* Objects, made from the fixture's untyped by the current (root) thread; each returns the slot, or ends the test. */
word_t slot_new(void);
word_t object_new(enum object_type type, word_t size_bits);
/* A thread in the root's address and capability space, with a scheduling context (budget == period), priority as
 * given, not started. buffer: a fresh frame is mapped as its IPC buffer when true. */
word_t thread_new(uint8_t priority, bool buffer);
void   thread_start(word_t tcb, vaddr_t pc);
struct thread *thread_of(word_t tcb);           /* the object behind a slot of the root CNode */
struct slot *root_slot(word_t index);
