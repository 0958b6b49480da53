/* SPDX-License-Identifier: BSD-2-Clause
 * The line editor, key by key. */
#include <string.h>

#include <test.h>

#include "line_editor.h"

static struct line_editor editor;

static enum edit type(const char *keys)
{
    enum edit last = EDIT_NOTHING;

    for (; *keys; keys++)
        last = line_editor_type(&editor, *keys);
    return last;
}

TEST(printable_characters_make_a_line)
{
    CHECK(type("put a 1") == EDIT_ADDED);
    CHECK(strcmp(editor.text, "put a 1") == 0);
    CHECK(type("\r") == EDIT_DONE);
    CHECK(strcmp(editor.text, "put a 1") == 0);
}

TEST(return_and_line_feed_together_end_one_line)
{
    CHECK(type("a\r") == EDIT_DONE);
    line_editor_clear(&editor);
    CHECK(type("\n") == EDIT_NOTHING);
    CHECK(type("\n") == EDIT_DONE);
}

TEST(backspace_and_delete_take_the_last_character_and_stop_at_the_first)
{
    CHECK(type("ab\b") == EDIT_ERASED);
    CHECK(type("\x7f") == EDIT_ERASED);
    CHECK(type("\x7f") == EDIT_NOTHING);
    CHECK(editor.len == 0);
}

TEST(control_u_takes_the_whole_line)
{
    CHECK(type("abc\x15") == EDIT_CLEARED);
    CHECK(editor.len == 0 && editor.text[0] == 0);
}

TEST(cursor_keys_and_control_characters_leave_nothing_behind)
{
    type("a\x1b[Ab\x1bOB\x1b[15~c\x01\x07\x80");
    CHECK(strcmp(editor.text, "abc") == 0);
}

TEST(a_line_longer_than_the_longest_is_cut_and_still_ends)
{
    for (int i = 0; i < CONSOLE_LINE; i++)
        CHECK(type("x") == EDIT_ADDED);
    CHECK(type("x") == EDIT_NOTHING);
    CHECK(editor.len == CONSOLE_LINE && editor.text[CONSOLE_LINE] == 0);
    CHECK(type("\n") == EDIT_DONE);
}
