/* SPDX-License-Identifier: BSD-2-Clause
 * Port: the serial line of QEMU's virt machine, and libsel4ish's thread-local storage. */
#include "port.h"

#include <sel4ish/tls.h>

#include "driver.h"

enum { UART_PAGE = 0x09000000, RTC_PAGE = 0x09010000, RTC_IRQ = 34 };
enum { UART_VADDR = 0x1f000000, RTC_VADDR = 0x1f001000, TABLES = 3 };
enum { RTC_NOW, RTC_MATCH, RTC_MASK = 4, RTC_CLEAR = 7 };      /* words of a PL031 */

static volatile unsigned *uart, *rtc;

static seL4_CPtr find(const seL4_BootInfo *boot, seL4_Word paddr)
{
    for (seL4_CPtr i = boot->untyped.start; i < boot->untyped.end; i++)
        if (boot->untypedList[i - boot->untyped.start].paddr == paddr)
            return i;
    return seL4_CapNull;
}

/* The device's page, or null. Slots from *next are used. */
static volatile unsigned *device(const seL4_BootInfo *boot, seL4_Word paddr, seL4_Word vaddr, seL4_CPtr *next)
{
    const seL4_CPtr untyped = find(boot, paddr), frame = (*next)++;

    if (!untyped || seL4_Untyped_Retype(untyped, seL4_ARM_SmallPageObject, 0, seL4_CapInitThreadCNode, 0, 0, frame, 1))
        return NULL;
    for (int i = 0; i < TABLES; i++) {
        if (!seL4_ARM_Page_Map(frame, seL4_CapInitThreadVSpace, vaddr, seL4_ReadWrite, 0))
            break;
        (void)seL4_Untyped_Retype(driver_memory(), seL4_ARM_PageTableObject, 0, seL4_CapInitThreadCNode, 0, 0, *next, 1);
        (void)seL4_ARM_PageTable_Map((*next)++, seL4_CapInitThreadVSpace, vaddr, seL4_ARM_Default_VMAttributes);
    }
    return (volatile unsigned *)vaddr;
}

seL4_CPtr port_start(seL4_BootInfo *boot, seL4_CPtr first_slot)
{
    uart = device(boot, UART_PAGE, UART_VADDR, &first_slot);
    rtc = device(boot, RTC_PAGE, RTC_VADDR, &first_slot);
    return first_slot;
}

seL4_Word port_interrupt(void)
{
    return RTC_IRQ;
}

/* The clock's alarm, for this very second. */
void port_interrupt_raise(void)
{
    rtc[RTC_MASK] = 1;
    rtc[RTC_MATCH] = rtc[RTC_NOW];
}

void port_interrupt_clear(void)
{
    rtc[RTC_MASK] = 0;
    rtc[RTC_CLEAR] = 1;
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
