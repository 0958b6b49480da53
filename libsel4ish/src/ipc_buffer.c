/* SPDX-License-Identifier: BSD-2-Clause
 * The calling thread's IPC buffer: whoever starts a thread sets it before the thread's first system call. */
#include <sel4/functions.h>

__thread seL4_IPCBuffer *__sel4_ipc_buffer;
