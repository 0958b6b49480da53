/* SPDX-License-Identifier: BSD-2-Clause
 * Alarms: the one alarm of each client of the time service.
 * Invariant: an entry with deadline TIME_NEVER is not set. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include <interfaces/time/time.h>

struct alarm {
    uint64_t deadline;
    uint32_t sequence;              /* of the alarm that was set last, rung or not */
};

struct alarms {
    struct alarm *of_client;
    unsigned count;
};

/* Client n's page says this; a sequence that is known already changes nothing. */
void alarms_set(struct alarms *alarms, unsigned client, uint32_t sequence, uint64_t deadline);
void alarms_forget(struct alarms *alarms, unsigned client);

/* One client whose alarm is due, which is thereby taken back. False if none is. */
bool alarms_ring(struct alarms *alarms, uint64_t now, unsigned *client, uint32_t *sequence);

/* The earliest deadline, TIME_NEVER if no alarm is set. */
uint64_t alarms_next(const struct alarms *alarms);
