/* SPDX-License-Identifier: BSD-2-Clause
 * Line editor: see line_editor.h. */
#include "line_editor.h"

enum { KEY_BACKSPACE = 0x08, KEY_CTRL_U = 0x15, KEY_ESCAPE = 0x1b, KEY_DELETE = 0x7f };

static bool printable(char c)
{
    return c >= ' ' && c <= '~';
}

/* Cursor and function keys arrive as ESC [ ... letter; they mean nothing here and must not leave letters behind. */
static bool swallowed(struct line_editor *editor, char typed)
{
    switch (editor->keys) {
    case KEYS_ESCAPE:
        editor->keys = typed == '[' || typed == 'O' ? KEYS_SEQUENCE : KEYS_PLAIN;
        return editor->keys == KEYS_SEQUENCE;
    case KEYS_SEQUENCE:
        if (typed >= '@' && typed <= '~')
            editor->keys = KEYS_PLAIN;
        return true;
    case KEYS_PLAIN:
        break;
    }
    if (typed == KEY_ESCAPE)
        editor->keys = KEYS_ESCAPE;
    return typed == KEY_ESCAPE;
}

static enum edit add(struct line_editor *editor, char typed)
{
    if (!printable(typed) || editor->len == CONSOLE_LINE)
        return EDIT_NOTHING;
    editor->text[editor->len++] = typed;
    editor->text[editor->len] = 0;
    return EDIT_ADDED;
}

static enum edit erase(struct line_editor *editor)
{
    if (editor->len == 0)
        return EDIT_NOTHING;
    editor->text[--editor->len] = 0;
    return EDIT_ERASED;
}

enum edit line_editor_type(struct line_editor *editor, char typed)
{
    bool feed_of_return = typed == '\n' && editor->after_return;

    if (swallowed(editor, typed))
        return EDIT_NOTHING;
    editor->after_return = typed == '\r';
    if (feed_of_return)
        return EDIT_NOTHING;
    switch (typed) {
    case '\r':
    case '\n':
        return EDIT_DONE;
    case KEY_BACKSPACE:
    case KEY_DELETE:
        return erase(editor);
    case KEY_CTRL_U:
        line_editor_clear(editor);
        return EDIT_CLEARED;
    default:
        return add(editor, typed);
    }
}

void line_editor_clear(struct line_editor *editor)
{
    editor->len = 0;
    editor->text[0] = 0;
}
