/* SPDX-License-Identifier: BSD-2-Clause
 * Screen: the bytes on the wire. */
#include <stdio.h>
#include <string.h>

#include <test.h>

#include "screen.h"

static struct screen screen;

static bool sends(const char *want)
{
    char c;

    for (; *want; want++) {
        if (!screen_next(&screen, &c) || c != *want)
            return false;
        screen_sent(&screen);
    }
    return !screen_next(&screen, &c);
}

TEST(a_line_carries_its_mark)
{
    screen_line(&screen, "store", "ready");
    CHECK(sends("[store] ready\r\n"));
}

TEST(a_line_takes_the_prompts_place_and_starts_a_line_of_the_stream)
{
    screen_prompt(&screen, "shell-a", "put");
    screen_prompt(&screen, "shell-a", "put");
    CHECK(sends("shell-a> put"));
    screen_line(&screen, "store", "ready");
    screen_prompt(&screen, "shell-a", "put");
    CHECK(sends("\r\033[K\033[A\n[store] ready\r\nshell-a> put"));
}

TEST(another_names_prompt_takes_the_place_of_the_one_that_stands)
{
    screen_prompt(&screen, "a", "typed");
    screen_prompt(&screen, "b", "typed");
    CHECK(sends("a> typed\r\033[K\033[A\nb> typed"));
}

TEST(typing_shows_as_it_is_typed)
{
    screen_prompt(&screen, "a", "");
    screen_added(&screen, 'x');
    screen_erased(&screen);
    screen_done(&screen);
    CHECK(sends("a> x\b \b\r\n"));
    screen_prompt(&screen, "a", "zz");
    screen_cleared(&screen);
    screen_prompt(&screen, "a", "");
    CHECK(sends("a> zz\r\033[K\033[A\na> "));
}

TEST(a_full_screen_loses_the_end_of_what_comes_and_nothing_of_what_is_there)
{
    char line[SCREEN_BYTES];
    unsigned count = 0;
    char c;

    memset(line, 'x', sizeof line);
    line[sizeof line - 1] = 0;
    screen_line(&screen, "a", line);
    screen_line(&screen, "b", line);
    CHECK(!screen_has_room(&screen));
    for (; screen_next(&screen, &c); screen_sent(&screen))
        count++;
    CHECK_EQUAL(count, SCREEN_BYTES);
    CHECK(screen_has_room(&screen));
    screen_line(&screen, "c", "");
    CHECK(sends("[c] \r\n"));
}
