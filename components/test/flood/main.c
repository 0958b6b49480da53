/* SPDX-License-Identifier: BSD-2-Clause
 * Flood: writes to its log as fast as it can, for ever. Others' lines must get through all the same. */
#include <sel4ish/log.h>

int main(void)
{
    for (unsigned long i = 0;; i++)
        log_line("flood %lu: the quick brown fox jumps over the lazy dog", i);
}
