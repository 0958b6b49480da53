/* SPDX-License-Identifier: BSD-2-Clause
 * The play on the host: see host.h. */
#include "host.h"

#include "check.h"
#include "names.h"

#include "../../core/assert.h"
#include "../../core/derivation.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BELL_LINE = 41, PLAY_LINE = 48, OTHER = PLAYERS };
#define NONE 0, (const word_t *)0

static struct host_play *now;       /* env_... are about this one */
static uint64_t bell_handler;

/* ---- what the play asks of the place */

uint64_t env_slot(enum env_slot which)
{
    const uint64_t slots[] = {
        [ENV_TCB] = ROOT_TCB, [ENV_CNODE] = ROOT_CNODE, [ENV_VSPACE] = ROOT_VSPACE, [ENV_IRQ_CONTROL] = ROOT_IRQ_CONTROL,
        [ENV_ASID_CONTROL] = ROOT_ASID_CONTROL, [ENV_ASID_POOL] = ROOT_ASID_POOL, [ENV_SCHED_CONTROL] = fixture.sched_control,
        [ENV_DOMAIN] = ROOT_DOMAIN, [ENV_UNTYPED] = fixture.untyped, [ENV_DEVICE] = fixture.device_untyped,
    };

    return slots[which];
}

uint64_t env_slot_new(void) { return slot_new(); }
uint64_t env_line(void) { return PLAY_LINE; }
bool env_is_machine(void) { return false; }
void env_interrupt_soon(void) { host_raise_after(1, arch_irq_timer()); }

/* The maker is again where it was: others may run first, if it is not its domain's turn. */
static void until_maker_runs(void)
{
    while (host_current() != fixture.root)
        host_advance(host_deadline() - arch_time());
}

uint64_t env_invoke(uint64_t cap, unsigned label, unsigned length, const uint64_t *words, unsigned caps, const uint64_t *capv)
{
    struct message m = { .label = label, .length = length, .caps = caps };
    const word_t pc = fixture.root->frame.pc;

    if (length)
        memcpy(m.words, words, length * sizeof *words);
    if (caps)
        memcpy(m.cap, capv, caps * sizeof *capv);
    do_syscall((word_t)SYS_Call, cap, &m, 0, 0);
    until_maker_runs();
    while (fixture.root->frame.pc == pc) {      /* preempted */
        host_syscall((word_t)SYS_Call);
        until_maker_runs();
    }
    message_read(fixture.root, &m);
    return m.label;
}

void env_fail(const char *what)
{
    fprintf(stderr, "the play: %s\n", what);
    abort();
}

unsigned env_type(uint64_t slot)
{
    return cnode_slot(&root_slot(now->play.cnode)->cap, slot)->cap.type;
}

/* ---- making a call */

static void load(struct thread *t, const struct call *call)
{
    struct arch_frame *const f = &t->frame;
    struct ipc_buffer *const buffer = thread_buffer(t);

    f->cap = call->cap;
    f->reply = call->reply;
    f->dest = call->dest;
    f->info = call->label << INFO_LABEL_SHIFT | (uint64_t)call->caps << INFO_LENGTH_BITS | call->length;
    for (unsigned i = 0; i < call->length; i++)
        if (i < MSG_REGS)
            f->mr[i] = call->word[i];
        else if (buffer)
            buffer->msg[i] = call->word[i];
    for (unsigned i = 0; i < call->caps && buffer; i++)
        buffer->caps_or_badges[i] = call->capv[i];
    if (buffer) {
        buffer->receive_cnode = PLAY_CNODE;
        buffer->receive_index = PLAY_FREE + call->label;
        buffer->receive_depth = WORD_BITS;
    }
}

static bool exists(const struct thread *t)
{
    for (const struct slot *s = derivation_list.next; s; s = s->next)
        if (s->cap.type == CAP_TCB && s->cap.object == t)
            return true;
    return false;
}

static bool waits(const struct thread *t)
{
    return t->state >= THREAD_BLOCKED_ON_SEND || t->yield_to;
}

static enum outcome_index outcome_of(const struct thread *t, const struct counters *before, word_t pc, enum row row)
{
    if (!exists(t))
        return OUTCOME_ENDED;
    if (t->counters.faults != before->faults && t->last_fault != FAULT_TIMEOUT)
        return OUTCOME_FAULTED;
    if (t->counters.drops != before->drops)
        return OUTCOME_DROPPED;
    if (waits(t) && t->counters.faults == before->faults)
        return OUTCOME_BLOCKED;
    if (t->frame.pc == pc && row != ROW_TCBCopyRegisters)      /* which may have brought another's */
        return thread_runnable(t) ? OUTCOME_PREEMPTED : OUTCOME_ENDED;
    if (row <= ROW_Call)
        return (enum outcome_index)(t->frame.info >> INFO_LABEL_SHIFT);
    return thread_runnable(t) ? OUTCOME_seL4_NoError : OUTCOME_ENDED;
}

static void count(enum row row, enum outcome_index outcome)
{
    if (row != ROW_Timer && row != ROW_Interrupt)
        now->calls++;
    if (outcome >= OUTCOMES_COUNT || !outcome_possible(row, outcome)) {
        fprintf(stderr, "an outcome that outcomes.def does not list: %s %s\n", row_name(row),
                outcome < OUTCOMES_COUNT ? outcome_name(outcome) : "?");
        if (!getenv("RANDOM_LEARN"))
            abort();
    }
    now->table->count[row][outcome]++;
}

/* The row of a call as it will be understood, which is for the kernel to say: what is in the slot now? */
static enum row row_of(struct thread *t, const struct call *call)
{
    struct lookup_failure failure;
    const struct slot *slot = cspace_lookup(t, call->cap, &failure);
    const unsigned type = slot ? slot->cap.type : CAP_NULL;

    if (call->number != SYS_Call)
        return call->row >= INVOCATIONS ? call->row : call->number == SYS_Send ? ROW_Send : ROW_NBSend;
    if (type == CAP_ENDPOINT || type == CAP_NOTIFICATION || type == CAP_REPLY || type == CAP_SGI_SIGNAL || call->label - 1 >= INVOCATIONS - 1)
        return ROW_Call;
    return (enum row)call->label;
}

/* Whoever watches a registry hears of its first refusal. */
static bool may_tell(enum row row, enum outcome_index outcome)
{
    return row >= ROW_sel4ish_RegistryProvision && row <= ROW_sel4ish_RegistryQuery && outcome == OUTCOME_seL4_IllegalOperation;
}

static enum outcome_index make(struct player *p, struct thread *t, const struct call *call, bool again)
{
    const word_t pc = t->frame.pc;
    const struct counters before = t->counters;
    const enum row row = row_of(t, call);
    const uint64_t state = check_state();
    enum outcome_index outcome;

    if (!again)
        load(t, call);
    (void)check_entries();
    host_syscall((word_t)call->number);
    outcome = outcome_of(t, &before, pc, row);
    if (check_entries() == 1 && outcome > OUTCOME_seL4_NoError && outcome < OUTCOME_PREEMPTED && state != check_state() &&
        !may_tell(row, outcome)) {
        fprintf(stderr, "%s was refused (%s) and changed something\n", row_name(row), outcome_name(outcome));
        abort();
    }
    count(row, outcome);
    player_looks(p, call, outcome);
    return outcome;
}

/* ---- who runs */

static void mend(struct host_play *h)
{
    struct chance *const c = h->chance;

    CHECK_EQUAL(env_invoke(bell_handler, IRQAckIRQ, NONE, NONE), seL4_NoError);
    if (one_in(c, 60))
        play_reclaim(&h->play);
    play_mend_time(&h->play);
    play_supply(&h->play);
    for (unsigned i = 0; i < PLAYERS; i++) {
        if (thread_runnable(thread_of(h->play.tcb[i])) && !one_in(c, 8))
            continue;
        play_mend(&h->play, i);
        CHECK_EQUAL(env_invoke(h->play.tcb[i], TCBResume, NONE, NONE), seL4_NoError);
    }
    do_syscall((word_t)SYS_Wait, h->play.bell, &(struct message){ 0 }, 0, 0);
}

static struct player *player_of(struct host_play *h, const struct thread *t)
{
    unsigned i = 0;

    while (i < PLAYERS && thread_of(h->play.tcb[i]) != t)
        i++;
    return &h->player[i];
}

static void event(struct player *p, struct thread *t)
{
    struct chance *const c = p->chance;
    const uint64_t va = PLAY_ADDRESS + below(c, 4) * 4096;
    const struct counters before = t->counters;
    uint32_t word = 0;

    switch (below(c, 8)) {
    case 0:
        host_vm_fault(va, one_in(c, 2), one_in(c, 2));
        count(ROW_VMFault, OUTCOME_FAULTED);
        return;
    case 1:
        host_user_exception(below(c, 4), below(c, 4));
        count(ROW_UserException, OUTCOME_FAULTED);
        return;
    case 2:
    case 7:
        host_fpu_use(below(c, 8));
        count(ROW_Vector, exists(t) && t->counters.faults != before.faults ? OUTCOME_FAULTED : OUTCOME_seL4_NoError);
        return;
    case 3:
        host_raise(PLAY_LINE + (irq_t)below(c, 8));
        count(ROW_Interrupt, OUTCOME_seL4_NoError);
        return;
    case 4:
        (void)(one_in(c, 2) ? host_load(va, &word, sizeof word) : host_store(va, &word, sizeof word));
        return;
    default:
        host_advance(below(c, 6000));
        count(ROW_Timer, OUTCOME_seL4_NoError);
    }
}

static void act(struct host_play *h, struct thread *t)
{
    static struct { struct call call; const struct thread *t; word_t pc; bool preempted; } lasts[PLAYERS + 1];
    struct player *const p = player_of(h, t);
    struct chance *const c = p->chance;
    const unsigned i = (unsigned)(p - h->player);
    const bool again = lasts[i].preempted && lasts[i].t == t && lasts[i].pc == t->frame.pc;

    if (one_in(c, 24)) {
        event(p, t);
        return;
    }
    if (one_in(c, 300)) {
        host_raise(BELL_LINE);
        return;
    }
    if (one_in(c, 4))
        host_raise_after(1 + (unsigned)below(c, one_in(c, 2) ? 1 : 4), arch_irq_timer());
    /* What was preempted is made again, as a machine would, unless the thread was sent elsewhere meanwhile. */
    if (again && !one_in(c, 6)) {
        lasts[i].preempted = make(p, t, &lasts[i].call, true) == OUTCOME_PREEMPTED;
        return;
    }
    player_choose(p, &lasts[i].call);
    lasts[i].t = t;
    lasts[i].pc = t->frame.pc;
    lasts[i].preempted = make(p, t, &lasts[i].call, false) == OUTCOME_PREEMPTED;
}

static void idle(struct host_play *h)
{
    struct chance *const c = h->chance;

    if (host_deadline() != UINT64_MAX && one_in(c, 2)) {
        host_advance(host_deadline() - arch_time());
        count(ROW_Timer, OUTCOME_seL4_NoError);
        return;
    }
    host_raise(BELL_LINE);
    count(ROW_Interrupt, OUTCOME_seL4_NoError);
}

void host_play_step(struct host_play *h)
{
    struct thread *const t = host_current();

    if (t == fixture.root)
        mend(h);
    else if (t)
        act(h, t);
    else
        idle(h);
}

void host_play_begin(struct host_play *h, struct table *table, struct chance *chance)
{
    *h = (struct host_play){ .chance = chance, .table = table };
    now = h;
    fixture_boot();
    check_begin(&table->entries);
    for (word_t slot = 0; slot < fixture.free; slot++)      /* what is not needed only costs time */
        if (root_slot(slot)->cap.type == CAP_UNTYPED && slot != fixture.untyped && slot != fixture.device_untyped)
            CHECK_EQUAL(do_op(ROOT_CNODE, CNodeDelete, ARGS(slot, WORD_BITS), NONE), seL4_NoError);
    bell_handler = slot_new();
    CHECK_EQUAL(do_op(ROOT_IRQ_CONTROL, IRQIssueIRQHandler, ARGS(BELL_LINE, bell_handler, WORD_BITS), CAPS(ROOT_CNODE)),
                seL4_NoError);
    play_make(&h->play);
    CHECK_EQUAL(do_op(bell_handler, IRQSetIRQHandler, NONE, CAPS(h->play.bell)), seL4_NoError);
    for (unsigned i = 0; i <= PLAYERS; i++) {
        h->player[i] = (struct player){ .play = &h->play, .chance = chance, .self = i };
    }
}
