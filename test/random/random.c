/* SPDX-License-Identifier: BSD-2-Clause
 * Players: four threads of this root task, which make random calls on each other and on all that they can reach. */
#include "seat.h"

#include "names.h"

#include <stddef.h>

#include <sel4/sel4.h>

struct seat seats[PLAYERS];
struct play play;

enum { EVENT = 40, REFUSED = 12, PAGE = 4096, PLACES = 4, MESSAGE_REGISTERS = 4, ERRORS = OUTCOME_PREEMPTED, SOON = 4,
       DELAYS = 10 };

struct seat *seat_here(void)
{
    const uint8_t *const here = __builtin_frame_address(0);

    for (unsigned i = 0; i < PLAYERS; i++)
        if (here >= seats[i].stack && here < seats[i].stack + STACK_BYTES)
            return &seats[i];
    return NULL;
}

void seat_count(struct seat *seat, enum row row, enum outcome_index outcome)
{
    if (outcome_possible(row, outcome))     /* else what was believed to be there was something else */
        seat->table.count[row][outcome]++;
}

static struct registers enter(int64_t number, uint64_t cap)
{
    struct registers r = { { cap, 0, 0, 0, 0, 0, 0, (uint64_t)number, 0 } };

    player_syscall(&r);
    return r;
}

unsigned env_type(uint64_t slot)
{
    return seat_here() ? (unsigned)enter(NUMBER_DebugCapIdentify, slot).x[0] : play.type[slot];
}

void env_interrupt_soon(void)
{
    seat_here()->soon = true;
}

/* ---- one call */

/* Does whoever is at `cap` answer by itself? The kernel answers for all others. */
static bool talks(const struct call *call)
{
    switch (call->cap < PLAY_SLOTS ? play.type[call->cap] : HAS_NULL) {
    case HAS_ENDPOINT:
    case HAS_NOTIFICATION:
    case HAS_REPLY:
    case HAS_SGI_SIGNAL:
        return true;
    default:
        return false;
    }
}

/* An invocation has its own row only if its caller is told what came of it. */
static enum row row_of(const struct call *call)
{
    if (call->number != NUMBER_Call)
        return call->row >= INVOCATIONS ? call->row : call->number == NUMBER_Send ? ROW_Send : ROW_NBSend;
    return talks(call) || call->label - 1 >= INVOCATIONS - 1 ? ROW_Call : call->row;
}

static void set_flag(const struct seat *seat, uint64_t flag)
{
    struct registers r = { { PLAY_TCB + seat->player.self, (uint64_t)INV_TCBSetFlags << INFO_LABEL_SHIFT | 2, 0, flag, 0, 0, 0,
                             (uint64_t)NUMBER_Call, 0 } };

    player_syscall(&r);
}

/* What only counters tell is looked for where it is likely. */
static void prepare(struct seat *seat)
{
    const enum row row = seat->call.row;

    seat->soon |= outcome_listed(row, OUTCOME_PREEMPTED) && !talks(&seat->call) && one_in(&seat->chance, SOON);
    if (seat->soon)
        set_flag(seat, FLAG_TIMER);
    seat->before = (struct counters){ 0 };
    if (seat->soon || row == ROW_SchedContextYieldTo || (outcome_listed(row, OUTCOME_DROPPED) && talks(&seat->call)))
        seat->before = counters_own(seat->player.self);
}

static struct registers load(const struct seat *seat)
{
    const struct call *const call = &seat->call;
    volatile seL4_IPCBuffer *const buffer = (seL4_IPCBuffer *)(PLAY_BUFFERS + seat->player.self * (uint64_t)PAGE);

    for (unsigned i = MESSAGE_REGISTERS; i < call->length; i++)
        buffer->msg[i] = call->word[i];
    for (unsigned i = 0; i < call->caps; i++)
        buffer->caps_or_badges[i] = call->capv[i];
    buffer->receiveCNode = PLAY_CNODE;
    buffer->receiveIndex = PLAY_FREE + call->label;
    buffer->receiveDepth = 64;
    return (struct registers){ { call->cap,
                                 call->label << INFO_LABEL_SHIFT | (uint64_t)call->caps << INFO_LENGTH_BITS | call->length,
                                 call->word[0], call->word[1], call->word[2], call->word[3], call->reply, (uint64_t)call->number,
                                 call->dest } };
}

/* Up to a few thousand instructions from now: most calls look for interrupts early, if they do at all. */
static void interrupt_soon(struct seat *seat)
{
    seat->soon = false;
    seat->event = ROW_UserException;        /* if others took the timer away again */
    player_timer(1 + below(&seat->chance, 1ul << below(&seat->chance, DELAYS)));
    seat->event = ROW_NONE;
}

/* The first is what the caller was told; the call may have changed what the counters are read by, so it is counted first. */
static void count(struct seat *seat, enum outcome_index outcome)
{
    const enum row row = seat->call.row;
    const bool lost = outcome_listed(row, OUTCOME_DROPPED), yields = row == ROW_SchedContextYieldTo;
    struct counters after;

    if (!lost && !yields)
        seat_count(seat, row, outcome);
    if (seat->before.known) {
        after = counters_own(seat->player.self);
        if (!talks(&seat->call) && was_preempted(&seat->before, &after))
            seat_count(seat, row, OUTCOME_PREEMPTED);
        if (lost && was_dropped(&seat->before, &after))
            outcome = OUTCOME_DROPPED;
        if (yields && outcome == OUTCOME_seL4_NoError && gave_way(&seat->before, &after))
            outcome = OUTCOME_BLOCKED;
    }
    if (lost || yields)
        seat_count(seat, row, outcome);
}

static void make(struct seat *seat)
{
    struct registers r;

    seat->call.row = row_of(&seat->call);
    prepare(seat);
    r = load(seat);
    if (seat->soon)
        interrupt_soon(seat);
    seat->making = true;
    player_syscall(&r);
    seat->making = false;

    const uint64_t label = r.x[1] >> INFO_LABEL_SHIFT;
    const bool may_tell = seat->call.number == NUMBER_Call && (!talks(&seat->call) || label == seL4_InvalidCapability);
    const bool told = may_tell && label < ERRORS;
    const enum outcome_index outcome = told ? (enum outcome_index)label : OUTCOME_seL4_NoError;

    count(seat, outcome);
    player_looks(&seat->player, &seat->call, outcome);
}

/* Now and then it is refused. */
static void use_vector(struct seat *seat)
{
    if (one_in(&seat->chance, REFUSED))
        set_flag(seat, seL4_TCBFlag_fpuDisabled);
    player_vector();
}

static void event(struct seat *seat)
{
    static const enum row events[] = { ROW_VMFault, ROW_UserException, ROW_Vector };

    seat->event = events[below(&seat->chance, sizeof events / sizeof events[0])];
    if (seat->event == ROW_VMFault)
        (void)*(volatile uint64_t *)(PLAY_ADDRESS + below(&seat->chance, PLACES) * PAGE);
    else if (seat->event == ROW_UserException)
        player_undefined();
    else
        use_vector(seat);
    seat_count(seat, seat->event, OUTCOME_seL4_NoError);
    seat->event = ROW_NONE;
}

void seat_main(struct seat *seat)
{
    for (;;) {
        if (one_in(&seat->chance, EVENT))
            event(seat);
        player_choose(&seat->player, &seat->call);
        make(seat);
        seat->done++;
        if (seat->done % CHECK_EVERY == 0) {
            (void)enter(NUMBER_DebugCheck, 0);
            seat_count(seat, ROW_DebugCheck, OUTCOME_seL4_NoError);
        }
        if (seat->done % RING_EVERY == 0)
            (void)enter(NUMBER_NBSend, PLAY_BELL);
    }
}
