/* SPDX-License-Identifier: BSD-2-Clause
 * The routines of greeting@1: sealed, run by its clients. */
#include <greeting.h>

greeting_shout_routine greeting_shout;

void greeting_shout(char to[GREETING_TEXT], const char from[GREETING_TEXT])
{
    for (int i = 0; i < GREETING_TEXT; i++)
        to[i] = from[i] >= 'a' && from[i] <= 'z' ? (char)(from[i] - 'a' + 'A') : from[i];
    to[GREETING_TEXT - 1] = 0;
}
