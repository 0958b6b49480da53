/* SPDX-License-Identifier: BSD-2-Clause
 * What calls can end in: outcomes.def, and what holds for all. */
#include "call.h"

enum {
    done = 1 << OUTCOME_seL4_NoError, argument = 1 << OUTCOME_seL4_InvalidArgument,
    capability = 1 << OUTCOME_seL4_InvalidCapability, illegal = 1 << OUTCOME_seL4_IllegalOperation,
    range = 1 << OUTCOME_seL4_RangeError, alignment = 1 << OUTCOME_seL4_AlignmentError,
    lookup = 1 << OUTCOME_seL4_FailedLookup, truncated = 1 << OUTCOME_seL4_TruncatedMessage,
    occupied = 1 << OUTCOME_seL4_DeleteFirst, revoke = 1 << OUTCOME_seL4_RevokeFirst,
    memory = 1 << OUTCOME_seL4_NotEnoughMemory, preempted = 1 << OUTCOME_PREEMPTED, blocked = 1 << OUTCOME_BLOCKED,
    faulted = 1 << OUTCOME_FAULTED, dropped = 1 << OUTCOME_DROPPED, ended = 1 << OUTCOME_ENDED,
};

static const struct { const char *name; bool takes_arguments; } rows[ROWS] = {
#define INVOCATION(label, handler, cap, args, caps) [ROW_##label] = { #label, args || caps },
#include "../../abi/invocations.def"
#undef INVOCATION
#define SYSCALL(name, number) [ROW_##name] = { #name, false },
#include "../../abi/syscalls.def"
#undef SYSCALL
    [ROW_Unknown] = { "(unknown system call)", false },
    [ROW_VMFault] = { "(memory fault)", false },   [ROW_UserException] = { "(user exception)", false },
    [ROW_Vector] = { "(vector registers)", false }, [ROW_Timer] = { "(timer)", false },
    [ROW_Interrupt] = { "(interrupt)", false },
};

static const uint32_t listed[ROWS] = {
#define OUTCOMES(call, outcomes) [ROW_##call] = outcomes,
#define RARELY(call, outcomes)
#define UNSEEN(call, outcomes, why)
#include "outcomes.def"
#undef UNSEEN
#undef RARELY
#undef OUTCOMES
};
static const uint32_t rare[ROWS] = {
#define OUTCOMES(call, outcomes)
#define RARELY(call, outcomes) [ROW_##call] = outcomes,
#define UNSEEN(call, outcomes, why)
#include "outcomes.def"
#undef UNSEEN
#undef RARELY
#undef OUTCOMES
};
static const uint32_t unseen[ROWS] = {
#define OUTCOMES(call, outcomes)
#define RARELY(call, outcomes)
#define UNSEEN(call, outcomes, why) [ROW_##call] = outcomes,
#include "outcomes.def"
#undef UNSEEN
#undef RARELY
#undef OUTCOMES
};

bool outcome_possible(enum row row, enum outcome_index outcome)
{
    return outcome_listed(row, outcome) || (rare[row] >> outcome & 1);
}

bool outcome_unseen(enum row row, enum outcome_index outcome) { return unseen[row] >> outcome & 1; }

bool outcome_listed(enum row row, enum outcome_index outcome)
{
    uint32_t all = listed[row];

    if (row < INVOCATIONS)
        all |= illegal | capability | faulted | (rows[row].takes_arguments ? truncated : 0);
    return all >> outcome & 1;
}

const char *row_name(enum row row) { return rows[row].name; }

const char *outcome_name(enum outcome_index outcome)
{
    static const char *const names[OUTCOMES_COUNT] = {
        "done", "argument", "capability", "illegal", "range", "alignment", "lookup", "truncated", "occupied", "revoke",
        "memory", "preempted", "blocked", "faulted", "dropped", "ended",
    };

    return names[outcome];
}

enum row row_unlisted(void)
{
    for (unsigned row = ROW_NONE + 1; row < ROWS; row++)
        if (!listed[row] && row != ROW_DebugHalt)       /* that would be the end of it */
            return (enum row)row;
    return ROW_NONE;
}
