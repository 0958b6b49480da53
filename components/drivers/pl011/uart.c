/* SPDX-License-Identifier: BSD-2-Clause
 * UART: see uart.h. */
#include "uart.h"

enum {                              /* registers, as indices of 32-bit words */
    UART_DATA       = 0x00 / 4,
    UART_FLAGS      = 0x18 / 4,
    UART_BAUD       = 0x24 / 4,
    UART_BAUD_FRACTION = 0x28 / 4,
    UART_LINE       = 0x2c / 4,
    UART_CONTROL    = 0x30 / 4,
    UART_FIFO_LEVEL = 0x34 / 4,
    UART_INTERRUPT_MASK  = 0x38 / 4,
    UART_INTERRUPT_CLEAR = 0x44 / 4,
};

enum {
    FLAG_RECEIVE_EMPTY = 1 << 4, FLAG_TRANSMIT_FULL = 1 << 5,
    LINE_FIFO = 1 << 4, LINE_8_BITS = 3 << 5,
    CONTROL_ENABLE = 1 << 0, CONTROL_TRANSMIT = 1 << 8, CONTROL_RECEIVE = 1 << 9,
    INTERRUPT_RECEIVE = 1 << 4, INTERRUPT_TRANSMIT = 1 << 5, INTERRUPT_RECEIVE_TIMEOUT = 1 << 6,
    INTERRUPT_ALL = 0x7ff,
    BAUD_115200 = 13, BAUD_115200_FRACTION = 1,             /* of a 24 MHz clock */
};

void uart_start(const struct uart *uart)
{
    volatile uint32_t *r = uart->registers;

    r[UART_CONTROL] = 0;
    r[UART_INTERRUPT_CLEAR] = INTERRUPT_ALL;
    r[UART_BAUD] = BAUD_115200;
    r[UART_BAUD_FRACTION] = BAUD_115200_FRACTION;
    r[UART_LINE] = LINE_8_BITS | LINE_FIFO;
    r[UART_FIFO_LEVEL] = 0;
    r[UART_INTERRUPT_MASK] = INTERRUPT_RECEIVE | INTERRUPT_RECEIVE_TIMEOUT;
    r[UART_CONTROL] = CONTROL_ENABLE | CONTROL_TRANSMIT | CONTROL_RECEIVE;
}

bool uart_get(const struct uart *uart, char *c)
{
    if (uart->registers[UART_FLAGS] & FLAG_RECEIVE_EMPTY)
        return false;
    *c = (char)(uart->registers[UART_DATA] & 0xff);
    return true;
}

bool uart_put(const struct uart *uart, char c)
{
    if (uart->registers[UART_FLAGS] & FLAG_TRANSMIT_FULL)
        return false;
    uart->registers[UART_DATA] = (uint8_t)c;
    return true;
}

void uart_want_room(const struct uart *uart, bool wanted)
{
    uint32_t receive = INTERRUPT_RECEIVE | INTERRUPT_RECEIVE_TIMEOUT;

    uart->registers[UART_INTERRUPT_MASK] = receive | (wanted ? INTERRUPT_TRANSMIT : 0);
}
