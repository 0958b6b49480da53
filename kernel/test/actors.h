/* SPDX-License-Identifier: BSD-2-Clause
 * Actors: threads that tests let make system calls. The root thread has the lowest priority, so an actor that is started,
 * woken or answered runs at once, and root runs when nobody else can. All invariants are checked after every entry. */
#pragma once

#include "fixture.h"

enum { ROOT_PRIORITY_LOW = 10 };

void actors_boot(void);                         /* instead of fixture_boot */
struct thread *actor_new(uint8_t priority);     /* by root: with IPC buffer and context, running */
struct thread *actor_stopped(uint8_t priority); /* the same, not started: its registers are the test's to set */
word_t actor_tcb(const struct thread *t);       /* capability slots of what an actor is made of */
word_t actor_sc(const struct thread *t);
void actor_make_passive(struct thread *t);      /* by root: t loses its context */

/* An interrupt appears at the kernel's n-th preemption point from now. Once in a test. */
void preempted_at(unsigned n);

word_t minted(word_t cap, word_t rights, word_t badge);     /* by root: a copy's slot */
void deleted(word_t slot);                                  /* by root */

/* System calls of the current thread; each returns the thread that runs then. */
struct thread *do_call(word_t cap, word_t label, word_t word);
struct thread *do_send(word_t cap, word_t label, word_t word);
struct thread *do_nbsend(word_t cap, word_t label, word_t word);
struct thread *do_nbsend_recv(word_t dest, word_t source, word_t reply, word_t label, word_t word);
struct thread *do_recv(word_t cap, word_t reply);
struct thread *do_nbrecv(word_t cap, word_t reply);
struct thread *do_reply_recv(word_t cap, word_t reply, word_t label, word_t word);
struct thread *do_wait(word_t cap);
struct thread *do_nbwait(word_t cap);
struct thread *do_signal(word_t cap);
struct thread *do_yield(void);

word_t got_label(const struct thread *t);
word_t got_length(const struct thread *t);
word_t got_word(const struct thread *t, unsigned i);
