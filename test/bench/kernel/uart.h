/* SPDX-License-Identifier: BSD-2-Clause
 * UART: the serial line, which the benchmark drives itself, for a release kernel prints nothing for others. Its interrupt is
 * also the one that the interrupt rows make pending. */
#pragma once

#include <stdbool.h>

#include <sel4/sel4.h>

enum { UART_IRQ = 33 };

void uart_open(void);
void uart_map(seL4_CPtr vspace);    /* in another address space too, at the same address */
void uart_line(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* Its interrupt is pending from this store on, or no longer. */
void uart_interrupt(bool pending);
