/* SPDX-License-Identifier: BSD-2-Clause
 * Words: cutting a line. */
#include <string.h>

#include <test.h>

#include "words.h"

static struct words words;

TEST(the_third_part_is_the_rest_as_typed)
{
    words_cut(&words, "  put key  a  b ");
    CHECK(strcmp(words.first, "put") == 0);
    CHECK(strcmp(words.second, "key") == 0);
    CHECK(strcmp(words.rest, "a  b ") == 0);
    CHECK(strcmp(words.second_and_rest, "key  a  b ") == 0);
}

TEST(missing_words_are_empty)
{
    words_cut(&words, "help");
    CHECK(strcmp(words.first, "help") == 0 && !*words.second && !*words.rest && !*words.second_and_rest);
    words_cut(&words, "   ");
    CHECK(!*words.first && !*words.second && !*words.rest);
}
