/* SPDX-License-Identifier: BSD-2-Clause
 * Players: four threads of this root task, which make random calls on each other and on all that they can reach. */
#include "seat.h"

#include "names.h"

#include <stddef.h>

#include <sel4/sel4.h>

struct seat seats[PLAYERS];
struct play play;

enum { EVENT = 40, PAGE = 4096, PLACES = 4, MESSAGE_REGISTERS = 4, BAD_ADDRESS = 1 << 20, ERRORS = OUTCOME_PREEMPTED };

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

static void make(struct seat *seat)
{
    const struct call *const call = &seat->call;
    volatile seL4_IPCBuffer *const buffer = (seL4_IPCBuffer *)(PLAY_BUFFERS + seat->player.self * (uint64_t)PAGE);
    const unsigned type = call->cap < PLAY_SLOTS ? play.type[call->cap] : HAS_NULL;
    const bool talks = type == HAS_ENDPOINT || type == HAS_NOTIFICATION || type == HAS_REPLY ||
                       type == HAS_SGI_SIGNAL;
    struct registers r = { { call->cap, call->label << INFO_LABEL_SHIFT | (uint64_t)call->caps << INFO_LENGTH_BITS | call->length,
                             call->word[0], call->word[1], call->word[2], call->word[3], call->reply, (uint64_t)call->number,
                             call->dest } };

    for (unsigned i = MESSAGE_REGISTERS; i < call->length; i++)
        buffer->msg[i] = call->word[i];
    for (unsigned i = 0; i < call->caps; i++)
        buffer->caps_or_badges[i] = call->capv[i];
    buffer->receiveCNode = PLAY_CNODE;
    buffer->receiveIndex = PLAY_FREE + call->label;
    buffer->receiveDepth = 64;
    if (call->number != NUMBER_Call && call->row < INVOCATIONS)
        seat->call.row = call->number == NUMBER_Send ? ROW_Send : ROW_NBSend;
    else if (call->number == NUMBER_Call && (talks || call->label - 1 >= INVOCATIONS - 1))
        seat->call.row = ROW_Call;
    seat->making = true;
    player_syscall(&r);
    seat->making = false;

    const uint64_t label = r.x[1] >> INFO_LABEL_SHIFT;
    const bool told = call->number == NUMBER_Call && (!talks || label == seL4_InvalidCapability) && label < ERRORS;
    const enum outcome_index outcome = told ? (enum outcome_index)label : OUTCOME_seL4_NoError;
    seat_count(seat, seat->call.row, outcome);
    player_looks(&seat->player, call, outcome);
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
        player_vector();
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
        if (seat->done % CHECK_EVERY == 0)
            (void)enter(NUMBER_DebugCheck, 0);
        if (seat->done % RING_EVERY == 0)
            (void)enter(NUMBER_NBSend, PLAY_BELL);
    }
}
