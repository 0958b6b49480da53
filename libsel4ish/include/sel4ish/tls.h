/* SPDX-License-Identifier: BSD-2-Clause
 * Thread-local storage: one block a thread, holding errno and the IPC buffer pointer. The first thread's is static; a
 * program that starts more threads makes a block for each and gives the kernel its address (seL4_TCB_SetTLSBase).
 * Invariant: a block is aligned to SEL4ISH_TLS_ALIGN and has sel4ish_tls_bytes() bytes. */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include <sel4/functions.h>

enum { SEL4ISH_TLS_ALIGN = 64 };

size_t sel4ish_tls_bytes(void);
/* Fills a block with the initial values; returns what goes into TPIDR_EL0. */
uintptr_t sel4ish_tls_make(void *block);
/* Sets the IPC buffer pointer of another thread, by its TPIDR_EL0. */
void sel4ish_tls_set_ipc_buffer(uintptr_t tls, seL4_IPCBuffer *buffer);
