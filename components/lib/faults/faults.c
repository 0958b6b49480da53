/* SPDX-License-Identifier: BSD-2-Clause
 * Faults: see faults.h. The functions that fault are not inlined, so that their names stand in the log. */
#include "faults.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <sel4/sel4.h>
#include <sel4ish/config.h>

#define KERNEL_ADDRESS   UINT64_C(0xffff000040208000)     /* among its instructions, behind those that the boot gives back */
#define UNMAPPED_ADDRESS UINT64_C(0x30000000)
#define NO_CAPABILITY    UINT64_C(0x7ffffff0)
enum { NO_SYSCALL = -1000, RETURN_INSTRUCTION = (int)0xd65f03c0u };

static const uint32_t constant[4] = {1, 2, 3, 4};
static uint32_t data[4] = {(uint32_t)RETURN_INSTRUCTION};

__attribute__((noinline)) static void fault_read(uint64_t address)
{
    __asm__ volatile("ldr w9, [%0]" ::"r"(address) : "x9", "memory");
}

__attribute__((noinline)) static void fault_write(uint64_t address)
{
    __asm__ volatile("str wzr, [%0]" ::"r"(address) : "memory");
}

__attribute__((noinline)) static void fault_execute(uint64_t address)
{
    __asm__ volatile("blr %0" ::"r"(address) : "x30", "memory");
}

static void read_null(void) { fault_read(0); }
static void read_unmapped(void) { fault_read(UNMAPPED_ADDRESS); }
static void read_kernel(void) { fault_read(KERNEL_ADDRESS); }
static void write_unmapped(void) { fault_write(UNMAPPED_ADDRESS); }
static void write_kernel(void) { fault_write(KERNEL_ADDRESS); }
static void write_text(void) { fault_write((uint64_t)(uintptr_t)&fault_write); }
static void write_rodata(void) { fault_write((uint64_t)(uintptr_t)constant); }
static void write_config(void) { fault_write((uint64_t)(uintptr_t)sel4ish_config()); }
static void write_guard(void) { fault_write(sel4ish_config()->stack_start - 16); }
static void execute_data(void) { fault_execute((uint64_t)(uintptr_t)data); }
static void execute_rodata(void) { fault_execute((uint64_t)(uintptr_t)constant); }
static void execute_kernel(void) { fault_execute(KERNEL_ADDRESS); }
static void execute_misaligned(void) { fault_execute((uint64_t)(uintptr_t)&fault_write + 2); }

static void execute_stack(void)
{
    volatile uint32_t code[2] = {(uint32_t)RETURN_INSTRUCTION};

    fault_execute((uint64_t)(uintptr_t)code);
}

__attribute__((noinline)) static void fault_undefined(void)
{
    __asm__ volatile("udf #0");
}

__attribute__((noinline)) static void fault_privileged(void)
{
    __asm__ volatile("mrs x9, ttbr0_el1" ::: "x9");
}

__attribute__((noinline)) static void fault_breakpoint(void)
{
    __asm__ volatile("brk #0x100");
}

__attribute__((noinline)) static void fault_syscall(void)
{
    register uint64_t number __asm__("x7") = (uint64_t)NO_SYSCALL;

    __asm__ volatile("svc #0" ::"r"(number) : "x0", "x1", "x2", "x3", "x4", "x5", "x6", "memory");
}

__attribute__((noinline)) static void fault_send(void)
{
    seL4_Send(NO_CAPABILITY, seL4_MessageInfo_new(0, 0, 0, 0));
}

__attribute__((noinline)) static void fault_receive(void)
{
    seL4_Wait(NO_CAPABILITY, NULL);
}

static const struct {
    const char *name;
    void (*commit)(void);
} faults[] = {
    {"null", read_null},
    {"unmapped", read_unmapped},
    {"kernel", read_kernel},
    {"write-unmapped", write_unmapped},
    {"write-kernel", write_kernel},
    {"text", write_text},
    {"rodata", write_rodata},
    {"config", write_config},
    {"guard", write_guard},
    {"data", execute_data},
    {"stack", execute_stack},
    {"execute-rodata", execute_rodata},
    {"execute-kernel", execute_kernel},
    {"misaligned", execute_misaligned},
    {"undefined", fault_undefined},
    {"privileged", fault_privileged},
    {"breakpoint", fault_breakpoint},
    {"syscall", fault_syscall},
    {"capability", fault_send},
    {"receive", fault_receive},
};

bool faults_commit(const char *name)
{
    for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++) {
        if (strcmp(faults[i].name, name) == 0) {
            faults[i].commit();
            return true;
        }
    }
    return false;
}

const char *faults_name(unsigned i)
{
    return i < sizeof faults / sizeof faults[0] ? faults[i].name : NULL;
}
