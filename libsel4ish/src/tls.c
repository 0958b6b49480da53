/* SPDX-License-Identifier: BSD-2-Clause */
#include <sel4ish/tls.h>

#include <string.h>

/* From the linker script: the image of initialised thread-local data, and how much more is zero. */
extern const char __tdata_start[], __tdata_size[], __tbss_offset[], __tbss_size[], __tls_data_offset[];

/* A symbol whose address is a number. */
static size_t number(const char *symbol)
{
    return (size_t)symbol;
}

size_t sel4ish_tls_bytes(void)
{
    return number(__tls_data_offset) + number(__tbss_offset) + number(__tbss_size);
}

uintptr_t sel4ish_tls_make(void *block)
{
    char *data = (char *)block + number(__tls_data_offset);

    memset(block, 0, sel4ish_tls_bytes());
    memcpy(data, __tdata_start, number(__tdata_size));
    return (uintptr_t)block;
}

void sel4ish_tls_set_ipc_buffer(uintptr_t tls, seL4_IPCBuffer *buffer)
{
    uintptr_t own, offset;

    __asm__("mrs %0, tpidr_el0" : "=r"(own));
    offset = (uintptr_t)&__sel4_ipc_buffer - own;
    *(seL4_IPCBuffer **)(tls + offset) = buffer;
}
