/* SPDX-License-Identifier: BSD-2-Clause
 * Call: one entry into the kernel, as data; its row in the table of what was reached, and its outcome there. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

enum { CALL_WORDS = 16, CALL_CAPS = 3, INFO_LENGTH_BITS = 7, INFO_LABEL_SHIFT = 12 };

/* Rows: invocations by label, which begins at 1, then system calls, then what is no call. */
enum row {
    ROW_NONE,
#define INVOCATION(label, handler, cap, args, caps) ROW_##label,
#include "../../abi/invocations.def"
#undef INVOCATION
    INVOCATIONS,
    ROW_before_syscalls = INVOCATIONS - 1,
#define SYSCALL(name, number) ROW_##name,
#include "../../abi/syscalls.def"
#undef SYSCALL
    ROW_Unknown, ROW_VMFault, ROW_UserException, ROW_Vector, ROW_Timer, ROW_Interrupt,
    ROWS
};

/* The first are the error codes, in their order. */
enum outcome_index {
#define ERROR(name, text) OUTCOME_##name,
#include "../../abi/errors.def"
#undef ERROR
    OUTCOME_PREEMPTED,          /* is made again */
    OUTCOME_BLOCKED,
    OUTCOME_FAULTED,            /* waits for its handler, or has none and is stopped */
    OUTCOME_DROPPED,            /* the message would have woken a thread without a context */
    OUTCOME_ENDED,              /* the caller is suspended, or gone */
    OUTCOMES_COUNT
};

struct call {
    enum row row;
    int64_t number;             /* of the system call */
    uint64_t cap, reply, dest, label;
    unsigned length, caps;
    uint64_t word[CALL_WORDS], capv[CALL_CAPS];
};

/* ---- the table */

struct table {
    uint64_t entries;           /* into the kernel, all of them checked: also the maker's */
    uint64_t count[ROWS][OUTCOMES_COUNT];
};

bool outcome_possible(enum row row, enum outcome_index outcome);
bool outcome_listed(enum row row, enum outcome_index outcome);      /* ... and a campaign must get there */
bool outcome_unseen(enum row row, enum outcome_index outcome);      /* ... but no thread can tell that it did */
const char *row_name(enum row row);
const char *outcome_name(enum outcome_index outcome);
/* Row without a word in outcomes.def; ROW_NONE: none. */
enum row row_unlisted(void);
