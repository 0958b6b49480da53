/* SPDX-License-Identifier: BSD-2-Clause
 * Lane: see lane.h. The ring is the client's memory: it may change under every read. */
#include "lane.h"

#include <lib/ring/ring.h>

static char shown_as(uint8_t byte)
{
    return (byte >= ' ' && byte <= '~') || byte == '\t' ? (char)byte : '?';
}

static enum lane_state line(struct lane *lane)
{
    lane->text[lane->len] = 0;
    return LANE_LINE;
}

enum lane_state lane_read(struct lane *lane, const struct log_lines *lines)
{
    uint32_t written = ring_load(&lines->written);
    uint32_t count;

    if (!ring_used(written, lane->taken, LOG_RING_BYTES, &count)) {
        lane->taken = written;
        return LANE_BROKEN;
    }
    for (; count; count--) {
        uint8_t byte = lines->bytes[lane->taken % LOG_RING_BYTES];

        if (byte != '\n' && byte != '\r' && lane->len == LOG_LINE)
            return line(lane);              /* the byte starts the next line */
        lane->taken++;
        if (byte == '\n')
            return line(lane);
        if (byte != '\r')
            lane->text[lane->len++] = shown_as(byte);
    }
    return LANE_WAITING;
}

void lane_shown(struct lane *lane)
{
    lane->len = 0;
}

enum lane_state lane_finish(struct lane *lane)
{
    return lane->len ? line(lane) : LANE_WAITING;
}

uint32_t lane_lost(struct lane *lane, const struct log_lines *lines)
{
    uint32_t dropped = ring_load(&lines->dropped);
    uint32_t lost = dropped - lane->dropped;

    lane->dropped = dropped;
    return lost;
}
