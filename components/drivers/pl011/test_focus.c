/* SPDX-License-Identifier: BSD-2-Clause
 * Focus: where a typed line goes. */
#include <string.h>

#include <test.h>

#include "focus.h"

static struct focus_member members[] = {{"supervisor", true}, {"shell-a", true}, {"shell", false}};
static struct focus focus = {members, 3, 1};

TEST(a_line_goes_to_the_focus)
{
    struct routed routed = focus_route(&focus, "put a 1");

    CHECK(routed.route == ROUTE_SEND && routed.target == 1 && strcmp(routed.text, "put a 1") == 0);
}

TEST(a_name_alone_moves_the_focus)
{
    struct routed routed = focus_route(&focus, "  @supervisor  ");

    CHECK(routed.route == ROUTE_SWITCHED && routed.target == 0);
    CHECK(strcmp(focus_name(&focus), "supervisor") == 0);
}

TEST(a_name_before_a_command_sends_it_once_and_leaves_the_focus)
{
    struct routed routed = focus_route(&focus, "@supervisor ps now");

    CHECK(routed.route == ROUTE_SEND && routed.target == 0 && strcmp(routed.text, "ps now") == 0);
    CHECK(focus.current == 1);
}

TEST(a_name_must_match_whole_and_be_present)
{
    CHECK(focus_route(&focus, "@shell x").route == ROUTE_UNKNOWN);
    CHECK(focus_route(&focus, "@shell-").route == ROUTE_UNKNOWN);
    CHECK(focus_route(&focus, "@").route == ROUTE_UNKNOWN);
    CHECK(focus.current == 1);
    focus_came(&focus, 2, NULL);
    CHECK(focus_route(&focus, "@shell x").target == 2);
}

TEST(who_leaves_loses_the_focus_to_the_first_that_is_left)
{
    focus_went(&focus, 1);
    CHECK(focus.current == 0);
    focus_went(&focus, 0);
    CHECK(focus.current == FOCUS_NOBODY && focus_name(&focus) == NULL);
    CHECK(focus_route(&focus, "help").route == ROUTE_NOBODY);
}

TEST(the_preferred_member_takes_the_focus_when_it_comes)
{
    focus_came(&focus, 2, "shell");
    CHECK(focus.current == 2);
    focus_came(&focus, 0, "shell");
    CHECK(focus.current == 2);
}
