/* SPDX-License-Identifier: BSD-2-Clause
 * Focus: which of the console's clients gets the lines that a person types.
 *
 *   text          goes to the client that has the focus
 *   @name         gives the focus to that client
 *   @name text    goes to that client, once; the focus stays
 *
 * Invariant: current is FOCUS_NOBODY or the index of a present member. */
#pragma once

#include <stdbool.h>

enum { FOCUS_NOBODY = -1 };

struct focus_member {
    const char *name;               /* the system's name for the client, not one that it chose */
    bool present;                   /* its connection is live */
};

struct focus {
    struct focus_member *members;
    int count;
    int current;
};

enum route {
    ROUTE_SEND,                     /* text to target */
    ROUTE_SWITCHED,                 /* target has the focus now */
    ROUTE_UNKNOWN,                  /* nobody present has that name */
    ROUTE_NOBODY,                   /* no client at all */
};

struct routed {
    enum route route;
    int target;
    const char *text;               /* within the line */
};

struct routed focus_route(struct focus *focus, const char *line);

/* A member came or went; `preferred` (may be null) takes the focus from any other when it comes. */
void focus_came(struct focus *focus, int member, const char *preferred);
void focus_went(struct focus *focus, int member);

/* The name that the prompt shows; null if there is nobody. */
const char *focus_name(const struct focus *focus);
