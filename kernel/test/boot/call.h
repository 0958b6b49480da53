/* SPDX-License-Identifier: BSD-2-Clause
 * System calls of the boot test's root task: the kernel's tables and nothing else. */
#pragma once

#include "../../core/abi.h"
#include "../../core/bootinfo.h"

struct message { word_t badge, info, mr[MSG_REGS]; };

static inline word_t message_label(const struct message *m) { return m->info >> 12; }
static inline word_t message_length(const struct message *m) { return m->info & 127; }

/* Message registers, badge and info in and out. */
void system_call(long number, word_t cap, struct message *m, word_t reply);
/* words: the first four go in registers, the others to the IPC buffer; caps to the buffer. *m: the reply. */
seL4_Error invoke_with(word_t cap, word_t label, struct message *m, word_t argc, const word_t *args, word_t capc,
                       const word_t *caps);

#define ARGS(...) sizeof((word_t[]){ __VA_ARGS__ }) / sizeof(word_t), (const word_t[]){ __VA_ARGS__ }
#define NONE 0, (const word_t *)0

extern struct ipc_buffer *buffer;
extern volatile uint32_t *uart;     /* the serial line's page, once it is mapped */

void print(const char *text);
void print_number(word_t value);
