/* SPDX-License-Identifier: BSD-2-Clause
 * UART: see uart.h. A PL011 (Arm DDI 0183): what it has sent leaves its transmit interrupt raised, so that the mask alone says
 * whether the line is pending. */
#include "uart.h"

#include <stdarg.h>
#include <stdio.h>

#include "world.h"

#define UART_PADDR 0x09000000ul
#define UART_VADDR 0x30000000ul
enum { DATA = 0x00 / 4, FLAGS = 0x18 / 4, MASK = 0x38 / 4 };    /* registers, in words */
enum { FLAGS_FULL = 0x20, MASK_TRANSMIT = 0x20 };
enum { LINE_BYTES = 160 };

static volatile seL4_Uint32 *const registers = (volatile seL4_Uint32 *)UART_VADDR;
static seL4_CPtr frame;

void uart_open(void)
{
    frame = device_page(UART_PADDR);
    map(frame, seL4_CapInitThreadVSpace, UART_VADDR, seL4_ReadWrite, 0);
}

void uart_map(seL4_CPtr vspace)
{
    const seL4_CPtr copy = slot_next(), root = seL4_CapInitThreadCNode;

    check(seL4_CNode_Copy(root, copy, seL4_WordBits, root, frame, seL4_WordBits, seL4_AllRights), "copy the UART");
    map(copy, vspace, UART_VADDR, seL4_ReadWrite, 0);
}

static void put(char c)
{
    while (registers[FLAGS] & FLAGS_FULL)
        ;
    registers[DATA] = (unsigned char)c;
}

void uart_line(const char *format, ...)
{
    char line[LINE_BYTES];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    for (const char *c = line; *c; c++)
        put(*c);
    put('\n');
}

void uart_interrupt(bool pending)
{
    registers[MASK] = pending ? MASK_TRANSMIT : 0;
}
