/* SPDX-License-Identifier: BSD-2-Clause
 * Lane: one client's way from its log ring to the wire. It holds the client's unfinished line, and hands out one
 * finished line at a time, so that a driver which goes round the lanes gives each client one line a round, however much
 * another one writes.
 * Invariant: every byte in text may be shown; len <= LOG_LINE; taken is the driver's own count, never read back. */
#pragma once

#include <interfaces/log/log.h>

struct lane {
    uint32_t taken;
    uint32_t dropped;               /* of the client's count, how much has been told */
    unsigned len;
    char text[LOG_LINE + 1];
};

enum lane_state {
    LANE_WAITING,                   /* no whole line yet */
    LANE_LINE,                      /* text is a line: show it, then call lane_shown */
    LANE_BROKEN,                    /* the client's counter cannot be true: its ring was skipped */
};

/* Reads on until there is a line, at most LOG_LINE + 1 bytes. */
enum lane_state lane_read(struct lane *lane, const struct log_lines *lines);
void lane_shown(struct lane *lane);

/* The client is gone: what it left unfinished is a line now, if there is any. */
enum lane_state lane_finish(struct lane *lane);

/* Bytes that the client left out since the last call. */
uint32_t lane_lost(struct lane *lane, const struct log_lines *lines);
