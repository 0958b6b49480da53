/* SPDX-License-Identifier: BSD-2-Clause */
#include "call.h"

enum { UART_DATA = 0x00 / 4, UART_FLAGS = 0x18 / 4, UART_FULL = 0x20 };     /* PL011 */

struct ipc_buffer *buffer;
volatile uint32_t *uart;

void system_call(long number, word_t cap, struct message *m, word_t reply)
{
    register word_t x0 __asm__("x0") = cap;
    register word_t x1 __asm__("x1") = m->info;
    register word_t x2 __asm__("x2") = m->mr[0];
    register word_t x3 __asm__("x3") = m->mr[1];
    register word_t x4 __asm__("x4") = m->mr[2];
    register word_t x5 __asm__("x5") = m->mr[3];
    register word_t x6 __asm__("x6") = reply;
    register long x7 __asm__("x7") = number;

    __asm__ volatile("svc #0"
                     : "+r"(x0), "+r"(x1), "+r"(x2), "+r"(x3), "+r"(x4), "+r"(x5)
                     : "r"(x6), "r"(x7)
                     : "memory");
    *m = (struct message){ .badge = x0, .info = x1, .mr = { x2, x3, x4, x5 } };
}

seL4_Error invoke_with(word_t cap, word_t label, struct message *m, word_t argc, const word_t *args, word_t capc,
                       const word_t *caps)
{
    *m = (struct message){ .info = label << 12 | capc << 7 | argc };
    for (word_t i = 0; i < argc; i++)
        if (i < MSG_REGS)
            m->mr[i] = args[i];
        else
            buffer->msg[i] = args[i];
    for (word_t i = 0; i < capc; i++)
        buffer->caps_or_badges[i] = caps[i];
    system_call(SYS_Call, cap, m, 0);
    return (seL4_Error)message_label(m);
}

void print(const char *text)
{
    while (*text) {
        while (uart[UART_FLAGS] & UART_FULL)
            ;
        uart[UART_DATA] = (uint8_t)*text++;
    }
}

void print_number(word_t value)
{
    char text[17];
    unsigned at = 16;

    text[at] = 0;
    do
        text[--at] = "0123456789abcdef"[value & 0xf];
    while (value >>= 4);
    print(text + at);
}
