/* SPDX-License-Identifier: BSD-2-Clause
 * Frames: see frames.h. */
#include "frames.h"

void frames_start(struct frames *frames, uint64_t interval)
{
    *frames = (struct frames){.link = {.name = "time"}, .interval = interval};
}

void frames_update(struct frames *frames, seL4_Word bits)
{
    if (!frames->interval || link_update(&frames->link, bits) != LINK_CAME)
        return;
    frames->time.connection = frames->link.connection;
    frames->next = 0;
    frames->alarm_set = false;
    if (!time_client_attach(&frames->time))
        link_refuse(&frames->link);
}

bool frames_due(struct frames *frames)
{
    if (frames->link.state != LINK_UP || time_client_now(&frames->time) >= frames->next)
        return true;
    if (!frames->alarm_set)
        time_client_set(&frames->time, frames->next);
    frames->alarm_set = true;
    return false;
}

void frames_drawn(struct frames *frames)
{
    if (frames->link.state != LINK_UP)
        return;
    frames->next = time_client_now(&frames->time) + frames->interval;
    frames->alarm_set = false;
}
