/* SPDX-License-Identifier: BSD-2-Clause
 * time@1: what time it is, and one alarm. The time service (provider) says how the machine's counter counts; a client
 * reads the time without asking anybody, and is signalled at a moment of its choice.
 *
 *   region   kind            contents
 *   base     client-reads    struct time_base: header, counter's frequency and origin, last alarm rung, routine
 *   alarm    provider-reads  struct time_alarm: the client's one alarm
 *   code     code            time_now, sealed
 *
 * All times are nanoseconds since the origin, the moment when the service started. A client that needs several alarms
 * keeps them itself and sets the earliest.
 *
 * Signals: to set an alarm the client stores `deadline`, then `sequence` (release; any value but the last one, and not
 * 0), then rings the provider's bell. At the deadline the provider stores that sequence in `rung` (release) and signals
 * the client. A new sequence replaces the alarm before; deadline TIME_NEVER takes it back. */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include <sel4ish/interface.h>
#include <time_layout.h>

#define TIME_NEVER UINT64_MAX
#define TIME_MS    UINT64_C(1000000)

struct time_base {
    struct sel4ish_header header;
    uint32_t rung;              /* provider: sequence of the last alarm whose deadline has come */
    uint64_t frequency;         /* counts of CNTVCT_EL0 in a second, never 0 and below 2^34; fixed before ready */
    uint64_t origin;            /* CNTVCT_EL0 at time 0; fixed before ready */
    uint64_t alarm;             /* client address of struct time_alarm */
    uint64_t now;               /* client address of a time_now_routine */
};

struct time_alarm {
    uint64_t deadline;          /* client */
    uint32_t sequence;          /* client, stored with release after deadline */
};

/* The time now. Reads the counter and nothing else; base is the client's own (checked) pointer to the page. */
typedef uint64_t time_now_routine(const struct time_base *base);

_Static_assert(offsetof(struct time_base, rung) == 12, "the header is the contract's 12 bytes");
_Static_assert(sizeof(struct time_base) <= TIME_V1_BASE_BYTES, "base fits its region");
_Static_assert(sizeof(struct time_alarm) <= TIME_V1_ALARM_BYTES, "alarm fits its region");
