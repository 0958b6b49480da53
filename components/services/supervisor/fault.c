/* SPDX-License-Identifier: BSD-2-Clause
 * Fault: see fault.h. Syndromes as in the Arm Architecture Reference Manual, ESR_EL1. */
#include "fault.h"

#include <inttypes.h>
#include <stdio.h>

enum {
    SYNDROME_WRITE = 1 << 6,        /* of a data abort: WnR */
    CLASS_SHIFT = 26, CLASS_MASK = 0x3f,
    STATUS_MASK = 0x3f,
};

static const char *access_name(const struct fault *fault)
{
    if (fault->fetch)
        return "fetch";
    return fault->syndrome & SYNDROME_WRITE ? "write" : "read";
}

static const char *status_name(uint64_t syndrome)
{
    switch (syndrome & STATUS_MASK) {
    case 0x00: case 0x01: case 0x02: case 0x03:
        return "outside user space";
    case 0x04: case 0x05: case 0x06: case 0x07:
        return "not mapped";
    case 0x0c: case 0x0d: case 0x0e: case 0x0f:
        return "not permitted";
    case 0x21:
        return "misaligned";
    default:
        return "bus error";
    }
}

static const char *exception_name(uint64_t syndrome)
{
    switch (syndrome >> CLASS_SHIFT & CLASS_MASK) {
    case 0x00: return "undefined instruction";
    case 0x07: return "floating point is off";
    case 0x0e: return "illegal execution state";
    case 0x18: return "privileged register or instruction";
    case 0x22: return "misaligned pc";
    case 0x26: return "misaligned sp";
    case 0x2c: return "floating-point exception";
    default:   return "user exception";
    }
}

static void place(const struct fault *fault, const char *function, uint64_t into, char *text, size_t bytes)
{
    if (function)
        snprintf(text, bytes, "at pc 0x%" PRIx64 " (%s+0x%" PRIx64 ")", fault->pc, function, into);
    else
        snprintf(text, bytes, "at pc 0x%" PRIx64 " (unknown function)", fault->pc);
}

void fault_describe(const struct fault *fault, const char *function, uint64_t into, char *text, size_t bytes)
{
    char at[96];

    place(fault, function, into, at, sizeof at);
    switch (fault->kind) {
    case FAULT_CAP:
        snprintf(text, bytes, "invalid capability 0x%" PRIx64 " in %s %s", fault->address,
                 fault->fetch ? "receive" : "send", at);
        break;
    case FAULT_UNKNOWN_SYSCALL:
        snprintf(text, bytes, "unknown system call %" PRId64 " %s", (int64_t)fault->address, at);
        break;
    case FAULT_USER_EXCEPTION:
        snprintf(text, bytes, "%s %s: syndrome 0x%" PRIx64, exception_name(fault->syndrome), at, fault->syndrome);
        break;
    case FAULT_BREAK:
        snprintf(text, bytes, "breakpoint instruction %s", at);
        break;
    case FAULT_TIMEOUT:
        snprintf(text, bytes, "time-out: budget used up after %" PRIu64 " us", fault->consumed_us);
        break;
    case FAULT_VM:
        snprintf(text, bytes, "%s of 0x%" PRIx64 " %s: %s", access_name(fault), fault->address, at,
                 status_name(fault->syndrome));
        break;
    case FAULT_OTHER:
        snprintf(text, bytes, "unknown fault %" PRIu64, fault->address);
        break;
    }
}
