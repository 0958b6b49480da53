/* SPDX-License-Identifier: BSD-2-Clause
 * Words: see words.h. */
#include "words.h"

#include <stdio.h>
#include <string.h>

static char *skip_blanks(char *text)
{
    return text + strspn(text, " \t");
}

/* Ends the word that starts here; what is behind it. */
static char *end_word(char *word)
{
    char *end = word + strcspn(word, " \t");

    if (*end)
        *end++ = 0;
    return skip_blanks(end);
}

void words_cut(struct words *words, const char *line)
{
    char *first, *second;

    snprintf(words->cut, sizeof words->cut, "%s", line);
    first = skip_blanks(words->cut);
    second = end_word(first);
    snprintf(words->second_and_rest, sizeof words->second_and_rest, "%s", second);
    words->first = first;
    words->second = second;
    words->rest = end_word(second);
}
