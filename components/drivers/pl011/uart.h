/* SPDX-License-Identifier: BSD-2-Clause
 * UART: the PL011's registers. Knows characters, not lines. PrimeCell UART (PL011) Technical Reference Manual,
 * "Programmers Model". */
#pragma once

#include <stdbool.h>
#include <stdint.h>

struct uart {
    volatile uint32_t *registers;
};

void uart_start(const struct uart *uart);                   /* 115200 8N1, receive interrupts on */
bool uart_get(const struct uart *uart, char *c);            /* false: nothing has come */
bool uart_put(const struct uart *uart, char c);             /* false: no room now */
void uart_want_room(const struct uart *uart, bool wanted);  /* interrupt when there is room */
