/* SPDX-License-Identifier: BSD-2-Clause
 * Port: the serial line of QEMU's virt machine, and libsel4ish's thread-local storage. */
#include "port.h"

#include <sel4ish/tls.h>

#include "driver.h"

enum { UART_PAGE = 0x09000000, UART_VADDR = 0x1f000000, TABLES = 3 };

static volatile unsigned *uart;

static seL4_CPtr find(const seL4_BootInfo *boot, seL4_Word paddr)
{
    for (seL4_CPtr i = boot->untyped.start; i < boot->untyped.end; i++)
        if (boot->untypedList[i - boot->untyped.start].paddr == paddr)
            return i;
    return seL4_CapNull;
}

seL4_CPtr port_start(seL4_BootInfo *boot, seL4_CPtr first_slot)
{
    const seL4_CPtr device = find(boot, UART_PAGE), memory = driver_memory(), frame = first_slot++;

    if (!device || seL4_Untyped_Retype(device, seL4_ARM_SmallPageObject, 0, seL4_CapInitThreadCNode, 0, 0, frame, 1))
        return first_slot;
    for (int i = 0; i < TABLES; i++) {
        if (!seL4_ARM_Page_Map(frame, seL4_CapInitThreadVSpace, UART_VADDR, seL4_ReadWrite, 0))
            break;
        (void)seL4_Untyped_Retype(memory, seL4_ARM_PageTableObject, 0, seL4_CapInitThreadCNode, 0, 0, first_slot, 1);
        (void)seL4_ARM_PageTable_Map(first_slot++, seL4_CapInitThreadVSpace, UART_VADDR, seL4_ARM_Default_VMAttributes);
    }
    uart = (volatile unsigned *)UART_VADDR;
    return first_slot;
}

seL4_Word port_tls(void *block, seL4_IPCBuffer *buffer)
{
    const seL4_Word tls = sel4ish_tls_make(block);

    sel4ish_tls_set_ipc_buffer(tls, buffer);
    return tls;
}

/* The data register comes first; QEMU's UART is never full. */
void port_put(const char *text)
{
    while (uart && *text)
        *uart = (unsigned char)*text++;
}

/* From the linker script: the program's entry, and what stands last before the pages that are written. */
extern const char _start[], __tdata_start[];

seL4_Word port_image_start(void)
{
    return (seL4_Word)_start & ~((1ul << seL4_PageBits) - 1);
}

bool port_image_written(seL4_Word vaddr)
{
    return vaddr > (seL4_Word)__tdata_start;
}
