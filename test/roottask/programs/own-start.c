/* SPDX-License-Identifier: BSD-2-Clause
 * A program that has nothing but libsel4's headers: it defines the names of a C library itself, in its own way. */
typedef unsigned long uint64_t;
typedef unsigned char bool;
enum { false, true };
#define NULL 0

#include <sel4/sel4.h>

void start(seL4_BootInfo *info);

static bool print_word(seL4_Word word)
{
    char text[20];
    int at = sizeof text;

    text[--at] = 0;
    do {
        text[--at] = (char)('0' + word % 10);
        word /= 10;
    } while (word);
    seL4_DebugPutString(&text[at]);
    return true;
}

void start(seL4_BootInfo *info)
{
    uint64_t records = 0;

    seL4_SetIPCBuffer(info->ipcBuffer);
    seL4_InitBootInfo(info);
    for (seL4_Word at = 0; at < info->extraLen; records++)
        at += ((seL4_BootInfoHeader *)((char *)info + seL4_BootInfoFrameSize + at))->len;
    seL4_DebugPutString("own start: ");
    if (seL4_GetBootInfo() == info && info->extraLen)
        print_word(records);
    seL4_DebugPutString(" record\n");
    seL4_Assert(records == 0 || info->ipcBuffer != seL4_Null);
    seL4_DebugAssert(seL4_DebugCapIdentify(seL4_CapInitThreadTCB) != 0);
    if (seL4_TCB_SetPriority(seL4_CapInitThreadTCB, seL4_CapNull, 1) == seL4_InvalidCapability)
        seL4_DebugPutString("own start: done\n");
    for (;;)
        seL4_TCB_Suspend(seL4_CapInitThreadTCB);
}
