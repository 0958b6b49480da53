/* SPDX-License-Identifier: BSD-2-Clause
 * Choosing a call: a kind for each argument (arguments.def) says what is plausible; now and then it is something else. */
#include "play.h"

#include "names.h"

#include <stddef.h>

enum word_kind {
    END_OF_WORDS, ZERO, SMALL, FEW, TYPE, BITS, COUNT, RIGHTS, BADGE, GUARD, PRIORITY, BUDGET, PERIOD, REGISTER, LINE, BUFFER,
    FEW_MORE, PLACE_EVEN, BREAK_TYPE, BREAK_SIZE,
    TURN, FIRST_TURN, DURATION, PLACE, START, END, OFFSET, OFFSET_END, KEY, LABEL, BASE, SHAPE_HEADER, SHAPE_CODE, CODE_OFFSET,
    DEPTH,                                  /* of the index before it */
    NODE, NODE_FREE,                        /* of Retype */
    OWN_FREE, OWN_FULL, OWN_ENDPOINT,       /* a slot of the CNode that is invoked */
    FREE_0, FREE_1, FULL_0, FULL_1,         /* ... that is the first or second capability */
};
enum cap_kind {
    END_OF_CAPS, C_TCB, C_CNODE, C_VSPACE, C_FRAME, C_SC, C_NOTIFICATION, C_UNTYPED, C_INTERFACE, C_CONNECTION,
    C_SC_OR_NONE, C_HANDLER, C_BINDABLE,
};

#define PACK(...) { __VA_ARGS__ }
static const struct { uint8_t word[CALL_WORDS], cap[CALL_CAPS]; } wants[INVOCATIONS] = {
#define ARGUMENTS(call, words, caps) [ROW_##call] = { PACK words, PACK caps },
#include "arguments.def"
#undef ARGUMENTS
};
static const uint8_t invoked[INVOCATIONS] = {
#define INVOCATION(label, handler, cap, args, caps) [ROW_##label] = HAS_##cap,
#include "../../abi/invocations.def"
#undef INVOCATION
};

enum { WILD = 24, ABSENT = 36, WRONG = 30, WRONG_INVOKED = 12, PRINT = 250, BLIND = 12, FULL_DEPTH = 64, SIZES = 3, PLACES = 4,
       PAGE_BITS = 12, LARGE_BITS = 21, BAD_ADDRESS = 1 << 20 };

/* ---- slots */

static bool filled(const struct player *p, uint64_t slot, unsigned type)
{
    return type == HAS_NULL ? !p->play->type[slot] && slot >= PLAY_FREE : p->play->type[slot] == type;
}

static uint64_t pick(struct player *p, unsigned type)
{
    const uint64_t from = below(p->chance, PLAY_SLOTS);

    for (uint64_t i = 0; i < PLAY_SLOTS; i++)
        if (filled(p, (from + i) % PLAY_SLOTS, type))
            return (from + i) % PLAY_SLOTS;
    return PLAY_NULL;
}

uint64_t play_pick(struct player *p, unsigned type) { return pick(p, type); }

uint64_t play_empty(struct player *p)
{
    const uint64_t slot = pick(p, HAS_NULL);

    return slot ? slot : (uint64_t)PLAY_CNODE;
}

static uint64_t any_slot(struct player *p) { return below(p->chance, PLAY_SLOTS); }

/* One that players may empty; full most often. */
static uint64_t loose(struct player *p)
{
    uint64_t slot = PLAY_FREE;

    for (unsigned i = 0; i < 4 && !p->play->type[slot]; i++)
        slot = PLAY_FREE + below(p->chance, PLAY_SLOTS - PLAY_FREE);
    return slot;
}

static uint64_t pick_cnode(struct player *p)
{
    return one_in(p->chance, 6) ? pick(p, HAS_CNODE) : (uint64_t)PLAY_CNODE;
}

static uint64_t cap_of_kind(struct player *p, enum cap_kind kind)
{
    static const uint8_t types[] = {
        [C_TCB] = HAS_TCB, [C_VSPACE] = HAS_VSPACE, [C_FRAME] = HAS_FRAME, [C_SC] = HAS_SC, [C_NOTIFICATION] = HAS_NOTIFICATION,
        [C_UNTYPED] = HAS_UNTYPED, [C_INTERFACE] = HAS_INTERFACE, [C_CONNECTION] = HAS_CONNECTION,
    };

    if (one_in(p->chance, WRONG))
        return any_slot(p);
    switch (kind) {
    case C_CNODE:
        return pick_cnode(p);
    case C_SC_OR_NONE:
        return one_in(p->chance, 2) ? pick(p, HAS_SC) : PLAY_NULL;
    case C_HANDLER:
        return one_in(p->chance, 2) ? pick(p, HAS_ENDPOINT) : PLAY_NULL;
    case C_BINDABLE:
        return pick(p, one_in(p->chance, 2) ? HAS_TCB : HAS_NOTIFICATION);
    case C_UNTYPED:
        return one_in(p->chance, 4) ? (uint64_t)PLAY_UNTYPED : pick(p, HAS_UNTYPED);
    default:
        return pick(p, types[kind]);
    }
}

/* ---- words */

static uint64_t wild(struct player *p)
{
    static const uint64_t edges[] = { 0, 1, 2, 63, 64, 65, 255, 256, 4095, 1ul << 47, 1ul << 63, ~0ul, ~0ul - 4095 };
    const uint64_t n = below(p->chance, 2 * sizeof edges / sizeof edges[0]);

    return n < sizeof edges / sizeof edges[0] ? edges[n] : below(p->chance, 1ul << 40);
}

static uint64_t place(struct player *p)
{
    static const unsigned bits[SIZES + 1] = { PAGE_BITS, PAGE_BITS, PAGE_BITS, LARGE_BITS };

    if (one_in(p->chance, 24))
        return 1ul << 47;
    return PLAY_ADDRESS + (below(p->chance, PLACES) << bits[below(p->chance, SIZES + 1)]);
}

/* Whatever there is least of, as far as it is of use. */
static uint64_t type_to_make(struct player *p)
{
    static const struct { uint8_t type, has; } types[] = {
        { TYPE_ENDPOINT, HAS_ENDPOINT }, { TYPE_NOTIFICATION, HAS_NOTIFICATION }, { TYPE_REPLY, HAS_REPLY },
        { TYPE_FRAME_SMALL, HAS_FRAME }, { TYPE_PAGE_TABLE, HAS_PAGE_TABLE },     { TYPE_TCB, HAS_TCB },
        { TYPE_CNODE, HAS_CNODE },       { TYPE_SC, HAS_SC },                     { TYPE_UNTYPED, HAS_UNTYPED },
        { TYPE_VSPACE, HAS_VSPACE },
    };
    const unsigned count = sizeof types / sizeof types[0];
    const uint64_t from = below(p->chance, count);

    if (one_in(p->chance, 60))
        return TYPE_FRAME_LARGE;
    if (one_in(p->chance, 8))
        return below(p->chance, TYPES);
    for (unsigned i = 0; i < count; i++)
        if (!pick(p, types[(from + i) % count].has))
            return types[(from + i) % count].type;
    return types[from].type;
}

static uint64_t bits_of(struct player *p, uint64_t type)
{
    switch (type) {
    case TYPE_UNTYPED:
        return PAGE_BITS + below(p->chance, 3);
    case TYPE_CNODE:
        return PLAY_INNER_BITS;
    case TYPE_SC:
        return 8 + below(p->chance, 3);
    default:
        return one_in(p->chance, 4) ? below(p->chance, 70) : 0;
    }
}

/* A slot of the CNode at `cnode`: of the play's own, or one of the few that an inner one has. */
static uint64_t index_in(struct player *p, uint64_t cnode, enum word_kind kind)
{
    if (cnode != PLAY_CNODE)
        return below(p->chance, 1u << PLAY_INNER_BITS);
    switch (kind) {
    case OWN_FREE:
    case FREE_0:
    case FREE_1:
    case NODE_FREE:
        return one_in(p->chance, 5) ? loose(p) : play_empty(p);
    case OWN_ENDPOINT:
        return pick(p, HAS_ENDPOINT);
    default:
        return loose(p);
    }
}

static uint64_t simple_word(struct player *p, const struct call *call, enum word_kind kind)
{
    struct chance *const c = p->chance;
    const uint64_t before = call->length ? call->word[call->length - 1] : 0;

    switch (kind) {
    case SMALL:        return below(c, 16);
    case FEW:          return below(c, 4);
    case TYPE:         return type_to_make(p);
    case BITS:         return bits_of(p, before);
    case COUNT:        return 1 + below(c, 3);
    case RIGHTS:       return one_in(c, 2) ? 15 : below(c, 16);
    case BADGE:        return one_in(c, 3) ? below(c, 3) : one_in(c, 2) ? 1ul << 40 | 0x10001 : below(c, 3) << 6 | below(c, 64);
    case GUARD:        return one_in(c, 3) ? below(c, 3) << 6 | below(c, 64) : 0;
    case PRIORITY:     return one_in(c, 8) ? below(c, 256) : 98 + below(c, 5);
    case BUDGET:       return 100 + below(c, 1000);
    case PERIOD:       return one_in(c, 2) ? before : 1000 + below(c, 2000);
    case REGISTER:     return below(c, 8) << 40;
    case FEW_MORE:     return below(c, 12);
    case PLACE_EVEN:   return place(p) + (one_in(c, 8) ? 1 : 0);
    case BREAK_TYPE:   return call->word[0] < 6;
    case BREAK_SIZE:   return before ? 0 : 1ul << below(c, 4);
    case TURN:         return one_in(c, 8) ? 1ul << 20 : 1 + below(c, 3);      /* never the first: it is the maker's */
    case FIRST_TURN:   return one_in(c, 2) ? 0 : one_in(c, 2) ? 5 : 1ul << 20;
    case DURATION:     return one_in(c, 20) ? ~0ul : one_in(c, 4) ? 0 : below(c, 50000);
    case LINE:         return env_line() + below(c, 9);
    case BUFFER:       return one_in(c, 8) ? 0 : PLAY_BUFFERS + below(c, 8) * (one_in(c, 4) ? 512 : 1024);
    case PLACE:        return place(p);
    case START:        return place(p) + below(c, 4096);
    case END:          return one_in(c, 3) ? before + below(c, 1u << LARGE_BITS) : before + 1 + below(c, 64);
    case OFFSET:       return below(c, 4096);
    case OFFSET_END:   return one_in(c, 3) ? below(c, 2u << LARGE_BITS) : before + 1 + below(c, 64);
    case KEY:          return one_in(c, 8) ? below(c, 1ul << 50) : (1 + below(c, 3)) << 40 | 0x10001;
    case LABEL:        return 1 + below(c, 3);
    case BASE:         return one_in(c, 3) ? 0 : PLAY_ADDRESS + (below(c, 3) << LARGE_BITS);
    case SHAPE_HEADER: return PAGE_BITS | (1 + below(c, 2)) << 16;
    case SHAPE_CODE:   return (one_in(c, 4) ? LARGE_BITS : PAGE_BITS) | below(c, 4) << 8 | 1 << 16;
    case CODE_OFFSET:  return one_in(c, 2) ? 1u << LARGE_BITS : 0x2000;
    default:           return 0;
    }
}

/* *within: the CNode that the last index is one of. */
static uint64_t word_of_kind(struct player *p, const struct call *call, enum word_kind kind, uint64_t *within)
{
    if (kind == DEPTH && one_in(p->chance, WILD))
        return 1 + below(p->chance, 70);
    if (one_in(p->chance, WILD) && !(kind >= TURN && kind <= DURATION) && kind != OWN_FULL && kind != FULL_0 && kind != FULL_1)
        return wild(p);
    switch (kind) {
    case DEPTH:
        return *within == PLAY_CNODE ? FULL_DEPTH : *within ? (uint64_t)PLAY_INNER_BITS : 0;
    case NODE:
        *within = one_in(p->chance, 6) ? PLAY_CNODE : 0;
        return *within ? pick(p, HAS_CNODE) : 0;
    case NODE_FREE:
        return index_in(p, *within ? PLAY_CNODE : call->capv[0], kind);
    case OWN_FREE:
    case OWN_FULL:
    case OWN_ENDPOINT:
        return index_in(p, *within = call->cap, kind);
    case FREE_0:
    case FULL_0:
        return index_in(p, *within = call->capv[0], kind);
    case FREE_1:
    case FULL_1:
        return index_in(p, *within = call->capv[1], kind);
    default:
        return simple_word(p, call, kind);
    }
}

/* ---- calls */

void call_invoke(struct call *call, uint64_t cap, unsigned label)
{
    *call = (struct call){ .row = label ? (enum row)label : ROW_Call, .number = NUMBER_Call, .cap = cap, .label = label };
}

static uint64_t invoked_cap(struct player *p, unsigned label)
{
    static const uint64_t wrong[] = { BAD_ADDRESS, BAD_ADDRESS, BAD_ADDRESS, BAD_ADDRESS, PLAY_NULL, PLAY_NULL, PLAY_NULL };
    const uint64_t n = below(p->chance, 11);

    if (one_in(p->chance, WRONG_INVOKED))
        return n < sizeof wrong / sizeof wrong[0] ? wrong[n] : any_slot(p);
    return invoked[label] == HAS_CNODE ? pick_cnode(p) : pick(p, invoked[label]);
}

/* Two players with one's registers would run on one stack. */
static void keep_registers_apart(struct call *call)
{
    if (call->label == INV_TCBCopyRegisters && env_is_machine())
        call->word[0] &= 3;
}

static void choose_invocation(struct player *p, struct call *call)
{
    unsigned label = 1;
    uint64_t within = 0;

    if (one_in(p->chance, BLIND)) {
        label = (unsigned)below(p->chance, INVOCATIONS);
        call_invoke(call, one_in(p->chance, 2) && label ? pick(p, invoked[label]) : one_in(p->chance, 4) ? BAD_ADDRESS : any_slot(p), label);
        return;
    }
    for (unsigned i = 0; i < 4; i++) {          /* one for which there is an object */
        label = 1 + (unsigned)below(p->chance, INVOCATIONS - 1);
        if (one_in(p->chance, 5))
            label = INV_UntypedRetype;
        if (pick(p, invoked[label]))
            break;
    }
    call_invoke(call, invoked_cap(p, label), label);
    for (; call->caps < CALL_CAPS && wants[label].cap[call->caps]; call->caps++)
        call->capv[call->caps] = one_in(p->chance, ABSENT) ? BAD_ADDRESS : cap_of_kind(p, wants[label].cap[call->caps]);
    for (; call->length < CALL_WORDS && wants[label].word[call->length]; call->length++)
        call->word[call->length] = word_of_kind(p, call, wants[label].word[call->length], &within);
    keep_registers_apart(call);
    if (one_in(p->chance, ABSENT) && call->length)
        call->length--;
    if (one_in(p->chance, ABSENT) && call->caps)
        call->caps--;
    if (one_in(p->chance, 25))        /* nobody is told how it went */
        call->number = one_in(p->chance, 2) ? NUMBER_Send : NUMBER_NBSend;
}

enum { UNKNOWN = -1000, PRINTING = 4 /* the last rows: on a machine people see it, so seldom */ };
static const struct { int64_t number; enum row row; uint8_t weight; } syscalls[] = {
    { NUMBER_Call, ROW_Call, 4 },             { NUMBER_ReplyRecv, ROW_ReplyRecv, 4 }, { NUMBER_NBSendRecv, ROW_NBSendRecv, 2 },
    { NUMBER_NBSendWait, ROW_NBSendWait, 2 }, { NUMBER_Send, ROW_Send, 4 },           { NUMBER_NBSend, ROW_NBSend, 4 },
    { NUMBER_Recv, ROW_Recv, 3 },             { NUMBER_NBRecv, ROW_NBRecv, 4 },       { NUMBER_Wait, ROW_Wait, 2 },
    { NUMBER_NBWait, ROW_NBWait, 4 },         { NUMBER_Yield, ROW_Yield, 4 },         { NUMBER_DebugCapIdentify, ROW_DebugCapIdentify, 1 },
    { NUMBER_DebugNameThread, ROW_DebugNameThread, 1 }, { UNKNOWN, ROW_Unknown, 1 },
    { NUMBER_DebugPutChar, ROW_DebugPutChar, 1 },   { NUMBER_DebugDumpScheduler, ROW_DebugDumpScheduler, 1 },
    { NUMBER_DebugSnapshot, ROW_DebugSnapshot, 1 }, { NUMBER_DebugCheck, ROW_DebugCheck, 1 },
};

static uint64_t to_talk_to(struct player *p)
{
    if (one_in(p->chance, WRONG))
        return one_in(p->chance, 2) ? BAD_ADDRESS : any_slot(p);
    return pick(p, one_in(p->chance, 3) ? HAS_NOTIFICATION : one_in(p->chance, 4) ? HAS_REPLY : HAS_ENDPOINT);
}

static void choose_message(struct player *p, struct call *call)
{
    const unsigned rows = sizeof syscalls / sizeof syscalls[0], usual = rows - (env_is_machine() ? PRINTING : 0u);
    unsigned total = 0, i = 0;

    for (unsigned k = 0; k < usual; k++)
        total += syscalls[k].weight;
    for (uint64_t n = below(p->chance, total); n >= syscalls[i].weight; i++)
        n -= syscalls[i].weight;
    if (usual < rows && one_in(p->chance, PRINT))
        i = usual + (unsigned)below(p->chance, rows - usual);
    *call = (struct call){
        .row = syscalls[i].row, .number = syscalls[i].number, .cap = to_talk_to(p), .reply = pick(p, HAS_REPLY),
        .dest = to_talk_to(p), .label = below(p->chance, 4), .length = (unsigned)below(p->chance, 9),
        .caps = (unsigned)below(p->chance, 8) ? 0 : (unsigned)below(p->chance, 4),
    };
    if (call->number == NUMBER_DebugNameThread)
        call->cap = pick(p, HAS_TCB);
    if (one_in(p->chance, WRONG))
        call->reply = one_in(p->chance, 2) ? BAD_ADDRESS : any_slot(p);
    for (unsigned k = 0; k < call->length; k++)
        call->word[k] = below(p->chance, 64);
    for (unsigned k = 0; k < call->caps; k++)
        call->capv[k] = one_in(p->chance, WRONG) ? BAD_ADDRESS : any_slot(p);
}

/* Call on what is no endpoint is an invocation, whose label nobody chose: it has the label's row, if there is one. */
static bool talks(const struct player *p, const struct call *call)
{
    const uint64_t to = call->cap < PLAY_SLOTS ? p->play->type[call->cap] : HAS_NULL;

    return call->number != NUMBER_Call || to == HAS_ENDPOINT || to == HAS_NOTIFICATION || to == HAS_REPLY;
}

void player_choose(struct player *p, struct call *call)
{
    if (recipe_next(p, call))
        return;
    if (!one_in(p->chance, 3)) {
        choose_invocation(p, call);
        return;
    }
    choose_message(p, call);
    if (!talks(p, call))
        choose_invocation(p, call);
}

static void look(struct play *play, uint64_t slot)
{
    if (slot < PLAY_SLOTS)
        play_look(play, slot);
}

void player_looks(struct player *p, const struct call *call, enum outcome_index outcome)
{
    if (call->row == ROW_UntypedRetype && outcome == OUTCOME_seL4_NotEnoughMemory && one_in(p->chance, 6))
        recipe_reclaim(p);
    look(p->play, call->cap);
    for (unsigned i = 0; i < call->caps; i++)
        look(p->play, call->capv[i]);
    for (unsigned i = 0; i < call->length && call->row < INVOCATIONS; i++) {
        const enum word_kind kind = wants[call->row].word[i];

        if (kind >= NODE)
            look(p->play, call->word[i]);
        if (kind == NODE_FREE && call->word[i] < PLAY_SLOTS)    /* as many as were asked for */
            look(p->play, call->word[i] + 1), look(p->play, call->word[i] + 2);
    }
    look(p->play, below(p->chance, PLAY_SLOTS));               /* and at one that others may have changed */
}
