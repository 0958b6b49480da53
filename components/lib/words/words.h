/* SPDX-License-Identifier: BSD-2-Clause
 * Words: one typed line, cut into its first word, its second, and the rest as it was typed.
 * Invariant: all three point into one private copy of the line and end with 0; a missing one is "". */
#pragma once

enum { WORDS_LINE = 160 };

struct words {
    const char *first, *second, *rest;      /* rest: behind the second */
    char second_and_rest[WORDS_LINE + 1];   /* behind the first, uncut */
    char cut[WORDS_LINE + 1];
};

void words_cut(struct words *words, const char *line);
