/* SPDX-License-Identifier: BSD-2-Clause
 * Arguments: the property bootargs of the flattened device tree that comes with BootInfo as an extra record. The tree is
 * QEMU's, checked only so far that a walk ends. */
#include <string.h>

#include "driver.h"

enum { MAGIC = 0xd00dfeed, BEGIN_NODE = 1, END_NODE = 2, PROPERTY = 3, NOP = 4 };
enum { STRUCT_AT = 2, STRINGS_AT = 3 };     /* words of the tree's header */

static unsigned big(const unsigned char *at)
{
    return (unsigned)at[0] << 24 | (unsigned)at[1] << 16 | (unsigned)at[2] << 8 | at[3];
}

static const unsigned char *tree(const seL4_BootInfo *boot)
{
    seL4_Word at = (seL4_Word)boot + seL4_BootInfoFrameSize;
    const seL4_Word end = at + boot->extraLen;

    while (at + sizeof(seL4_BootInfoHeader) <= end) {
        const seL4_BootInfoHeader *header = (const seL4_BootInfoHeader *)at;

        if (header->id == SEL4_BOOTINFO_HEADER_FDT)
            return (const unsigned char *)(header + 1);
        if (header->len < sizeof *header)
            break;
        at += header->len;
    }
    return NULL;
}

const char *driver_arguments(const seL4_BootInfo *boot)
{
    const unsigned char *const t = tree(boot), *at;

    if (!t || big(t) != MAGIC)
        return "";
    for (at = t + big(t + 4 * STRUCT_AT);;) {
        const unsigned token = big(at);

        at += 4;
        if (token == BEGIN_NODE) {
            at += (strlen((const char *)at) + 4) & ~3ul;
        } else if (token == PROPERTY) {
            const unsigned bytes = big(at);

            if (!strcmp((const char *)t + big(t + 4 * STRINGS_AT) + big(at + 4), "bootargs"))
                return (const char *)at + 8;
            at += 8 + ((bytes + 3) & ~3u);
        } else if (token != END_NODE && token != NOP) {
            return "";
        }
    }
}
