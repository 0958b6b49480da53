/* SPDX-License-Identifier: BSD-2-Clause
 * Line editor: what the typed characters have made of one line so far.
 * Invariant: text holds len printable characters and a 0; len <= CONSOLE_LINE. */
#pragma once

#include <stdbool.h>

#include <interfaces/console/console.h>

struct line_editor {
    unsigned len;
    bool after_return;              /* a line feed directly behind a return belongs to it */
    enum { KEYS_PLAIN, KEYS_ESCAPE, KEYS_SEQUENCE } keys;   /* inside a cursor key's escape sequence */
    char text[CONSOLE_LINE + 1];
};

enum edit {
    EDIT_NOTHING,                   /* show nothing */
    EDIT_ADDED,                     /* show the character */
    EDIT_ERASED,                    /* the last character is gone */
    EDIT_CLEARED,                   /* the whole line is gone */
    EDIT_DONE,                      /* the line is complete: use text, then line_editor_clear */
};

enum edit line_editor_type(struct line_editor *editor, char typed);
void line_editor_clear(struct line_editor *editor);
