/* SPDX-License-Identifier: BSD-2-Clause
 * Port: all that the suite takes from its surroundings and libsel4 does not give. To run it on another kernel, replace
 * port.c. */
#pragma once

#include <stdbool.h>

#include <sel4/sel4.h>

enum { PORT_TLS_BYTES = 1024, PORT_TLS_ALIGN = 64 };

/* Before anything is said: makes what is needed from free slots at first_slot; returns the first that is still free. */
seL4_CPtr port_start(seL4_BootInfo *boot, seL4_CPtr first_slot);
/* Fills a block of PORT_TLS_BYTES for a thread with that IPC buffer; what goes into its TLS base. */
seL4_Word port_tls(void *block, seL4_IPCBuffer *buffer);
void port_put(const char *text);
/* The program's first page, which the first of BootInfo's userImageFrames stands for; is the one at vaddr written? */
seL4_Word port_image_start(void);
bool port_image_written(seL4_Word vaddr);
/* A device that can be made to ask for attention, by a level that stays until it is cleared: its interrupt's number. */
seL4_Word port_interrupt(void);
void port_interrupt_raise(void);
void port_interrupt_clear(void);
