/* SPDX-License-Identifier: BSD-2-Clause
 * Conformance: what a case may use. A case is a sentence about the kernel that the seL4 reference manual (MCS, AArch64)
 * says is true, with the manual's rule: "§chapter.section" or the page of its API reference.
 *
 *   CASE(a_copy_has_no_more_rights_than_asked_for, "§3.1.4") { ... CHECK(...); }
 *
 * A case runs in a thread of its own, the runner, with nothing but fresh memory (`pool`): all that it makes goes when it
 * ends, however it ends. The first CHECK that fails ends it, in whichever of its threads. What is here and in the cases
 * uses libsel4's names alone; port.h is what another kernel's build replaces. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include <sel4/sel4.h>

struct conform_case {
    const char *name, *rule, *file;
    void (*run)(void);
    struct conform_case *next;
};

#define CASE(name, rule) \
    static void name(void); \
    __attribute__((constructor)) static void name##_add(void) \
    { \
        static struct conform_case one = { #name, rule, __FILE__, name, 0 }; \
        conform_add(&one); \
    } \
    static void name(void)

void conform_add(struct conform_case *one);
/* Ends the case. From any thread that shares the runner's capabilities. */
_Noreturn void conform_fail(const char *file, int line, const char *text);
void conform_equal(seL4_Word a, seL4_Word b, const char *text, const char *file, int line);

#define CHECK(condition) ((condition) ? (void)0 : conform_fail(__FILE__, __LINE__, #condition))
#define CHECK_EQUAL(a, b) conform_equal((seL4_Word)(a), (seL4_Word)(b), #a " == " #b, __FILE__, __LINE__)
/* The call succeeds. */
#define OK(call) conform_equal((seL4_Word)(call), seL4_NoError, #call, __FILE__, __LINE__)
/* The call is refused with that error. */
#define REFUSED(error, call) conform_equal((seL4_Word)(call), error, #call " is refused", __FILE__, __LINE__)
/* ... and its message registers from 0 say that. */
#define REFUSED_SAYING(error, mr0, call) (REFUSED(error, call), conform_equal(seL4_GetMR(0), mr0, #call " says", __FILE__, __LINE__))

/* ---- the runner's world */

enum {
    ROOT = seL4_CapInitThreadCNode,
    SPACE = seL4_CapInitThreadVSpace,
    DEPTH = seL4_WordBits,          /* of a slot of ROOT */
    /* Priorities: the runner's, and those of threads that run at once, or when it waits. */
    LOW = 90, RUNNER = 100, HIGH = 110, HIGHER = 120,
    RUNNER_MCP = 200,
};
#define PAGE (1ul << seL4_PageBits)

extern seL4_BootInfo *boot;
extern seL4_CPtr pool;              /* memory for this case, an untyped */
extern seL4_CPtr self, self_sc;     /* the runner's thread and scheduling context */
extern seL4_CPtr sched_control;

/* ---- objects (objects.c): each helper ends the case if it cannot do what it says */

seL4_CPtr slot_new(void);                                   /* an empty slot of ROOT */
seL4_CPtr slots_new(seL4_Word count);                       /* consecutive ones */
seL4_CPtr make(seL4_Word type, seL4_Word size_bits);        /* one object from pool */
seL4_CPtr make_in(seL4_CPtr untyped, seL4_Word type, seL4_Word size_bits);
seL4_CPtr endpoint_new(void);
seL4_CPtr notification_new(void);
seL4_CPtr reply_new(void);
seL4_CPtr untyped_new(seL4_Word size_bits);
seL4_CPtr cnode_new(seL4_Word radix);                       /* without a guard */
seL4_CPtr cnode_guarded(seL4_Word radix, seL4_Word guard, seL4_Word guard_bits);
seL4_CPtr frame_new(void);
seL4_CPtr context_new(seL4_Time budget, seL4_Time period);  /* configured; microseconds */
seL4_CPtr copy(seL4_CPtr of);
seL4_CPtr copy_with(seL4_CPtr of, seL4_CapRights_t rights);
seL4_CPtr mint(seL4_CPtr of, seL4_Word badge);
seL4_CPtr mint_with(seL4_CPtr of, seL4_CapRights_t rights, seL4_Word badge);
void slot_delete(seL4_CPtr slot);
void slot_revoke(seL4_CPtr slot);
bool slot_empty(seL4_CPtr slot);                            /* looks without changing anything */
bool slot_empty_in(seL4_CPtr cnode, seL4_Word index, seL4_Uint8 depth);

/* ---- memory (memory.c) */

seL4_Word window_new(seL4_Word size_bits);                  /* an aligned range of addresses that nothing is mapped at */
void map_at(seL4_CPtr frame, seL4_CPtr vspace, seL4_Word vaddr, seL4_CapRights_t rights, seL4_ARM_VMAttributes attributes);
void *map(seL4_CPtr frame);                                 /* a page, in SPACE, for reading and writing */
seL4_CPtr vspace_new(void);                                 /* empty, with an ASID */
seL4_CPtr vspace_like_ours(void);                           /* with all of the program mapped as in SPACE */
void tables_at(seL4_CPtr vspace, seL4_Word vaddr);          /* so that a page can be mapped there */

/* ---- threads (threads.c): they share the program, and unless said otherwise ROOT and SPACE */

enum { JOB_WORDS = 8 };

struct thread {
    seL4_Word word[JOB_WORDS];      /* first: code.S works on it */
    seL4_CPtr tcb, sc;              /* sc 0: passive */
    seL4_IPCBuffer *buffer;
    seL4_CPtr buffer_frame;
    seL4_Word tls, stack_top;
    seL4_CPtr cspace, vspace;
    seL4_Word cspace_data;
    seL4_CPtr tcb_in_own_space;     /* by which it stops itself */
    void (*run)(struct thread *);
    /* What it is to do (see the job_ functions), and what came of it. */
    seL4_CPtr cap, dest, reply;
    seL4_MessageInfo_t tag;
    volatile seL4_Word badge;
    volatile unsigned returned;     /* how often its system call came back */
    volatile bool finished;
};

struct thread *thread_new(seL4_Word priority);              /* with a context and a buffer, stopped */
struct thread *thread_passive(seL4_Word priority);          /* without a context */
void thread_handler(struct thread *t, seL4_CPtr fault_endpoint);
void thread_cspace(struct thread *t, seL4_CPtr cspace, seL4_Word data);     /* with the driver as its handler */
void thread_start(struct thread *t, void (*run)(struct thread *));
void thread_registers(struct thread *t, void (*run)(struct thread *), seL4_UserContext *registers);

/* One system call with cap, dest, reply, tag and the words; afterwards they are what it gave. */
void job_send(struct thread *t);
void job_nbsend(struct thread *t);
void job_call(struct thread *t);
void job_recv(struct thread *t);
void job_nbrecv(struct thread *t);
void job_wait(struct thread *t);
void job_poll(struct thread *t);
void job_recv_twice(struct thread *t);
void job_recv_reply_recv(struct thread *t);     /* answers the first message with the same words, and waits for another */
void job_serve(struct thread *t);               /* the same for ever */
void job_serve_then(struct thread *t);          /* takes the first from cap, and then serves dest */
void job_spin(struct thread *t);                /* counts in returned for ever */
void job_signal(struct thread *t);
void job_nothing(struct thread *t);

/* A new thread, started on that. */
struct thread *sender(seL4_CPtr endpoint, seL4_Word priority, seL4_Word word);
struct thread *caller(seL4_CPtr endpoint, seL4_Word priority, seL4_Word word);
struct thread *receiver(seL4_CPtr endpoint, seL4_CPtr reply, seL4_Word priority);
struct thread *waiter(seL4_CPtr notification, seL4_Word priority);

/* Lets every thread of lower priority run until it waits. */
void others_run(void);
seL4_MessageInfo_t tag(seL4_Word label, seL4_Word caps, seL4_Word length);


/* ---- faults (faults.c) */

struct faulting {
    seL4_CPtr endpoint, reply;
    seL4_MessageInfo_t tag;         /* of the message, whose words are in the runner's message registers */
    seL4_Word badge;
};

/* Starts t, which runs at once (its priority is above the runner's) and must raise a fault of that type. */
struct faulting fault_of(struct thread *t, void (*run)(struct thread *), seL4_Word type);
/* The thread whose fault it was raises another one now. */
void fault_again(struct faulting *f, seL4_Word type);
/* Nothing has come. */
bool fault_none(const struct faulting *f);
void fault_answer(const struct faulting *f, seL4_MessageInfo_t info);

/* Does nothing come from there without waiting? */
bool nothing_at(seL4_CPtr endpoint);
/* What a signal left there; 0 if there was none. */
seL4_Word signalled(seL4_CPtr notification);

/* Single instructions and where they stand: code.S. */
void do_load(struct thread *t);
void do_store(struct thread *t);
void do_jump(struct thread *t);
void do_undefined(struct thread *t);
void do_vectors(struct thread *t);
void do_vectors_read(struct thread *t);
void do_unknown_syscall(struct thread *t);
extern const char code_load[], code_store[], code_undefined[], code_unknown[], code_small[], code_small_end[];

/* A server of calls on the endpoint that has no context of its own: it waits, then runs on its callers'. Its answers are
 * the words that came. */
struct thread *passive_server(seL4_CPtr endpoint, seL4_CPtr reply, seL4_Word priority);

/* ---- time (timing.c), in microseconds */

seL4_Time spin(seL4_Time us);                       /* the runner runs for so long; for how long exactly */
void others_run_for(seL4_Time us);                  /* threads of lower priority do */
struct thread *timer_new(seL4_Time us, seL4_CPtr tcb);      /* suspends that thread when so much time has passed */
/* A passive server that works for so long on each call. */
struct thread *passive_spinner(seL4_CPtr endpoint, seL4_CPtr reply, seL4_Time us);
void job_yield(struct thread *t);
void job_wait_and_spin(struct thread *t);           /* waits for a signal, then counts for ever */
