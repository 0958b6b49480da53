/* SPDX-License-Identifier: BSD-2-Clause
 * Alarms: see alarms.h. */
#include "alarms.h"

void alarms_set(struct alarms *alarms, unsigned client, uint32_t sequence, uint64_t deadline)
{
    struct alarm *alarm = &alarms->of_client[client];

    if (sequence == 0 || sequence == alarm->sequence)
        return;
    alarm->sequence = sequence;
    alarm->deadline = deadline;
}

void alarms_forget(struct alarms *alarms, unsigned client)
{
    alarms->of_client[client] = (struct alarm){.deadline = TIME_NEVER};
}

bool alarms_ring(struct alarms *alarms, uint64_t now, unsigned *client, uint32_t *sequence)
{
    for (unsigned i = 0; i < alarms->count; i++) {
        struct alarm *alarm = &alarms->of_client[i];

        if (alarm->deadline == TIME_NEVER || alarm->deadline > now)
            continue;
        alarm->deadline = TIME_NEVER;
        *client = i;
        *sequence = alarm->sequence;
        return true;
    }
    return false;
}

uint64_t alarms_next(const struct alarms *alarms)
{
    uint64_t next = TIME_NEVER;

    for (unsigned i = 0; i < alarms->count; i++)
        if (alarms->of_client[i].deadline < next)
            next = alarms->of_client[i].deadline;
    return next;
}
