/* SPDX-License-Identifier: BSD-2-Clause
 * Boot test: a root task that finds out whether the machine side of the kernel works. Prints "ok NAME" or "FAIL NAME"
 * for each thing, then "done"; run.py reads that. */
#include "call.h"

enum { ROOT_PRIORITY = 100, TIMER_IRQ = 30, NEVER_EXECUTE = 4, FLAG_NO_VECTORS = 1, FLAG_TIMER = 2 };
#define UART        0x9000000ul /* physical */
#define UART_PAGE   0x5ff000ul  /* where no page table is missing: in the 2 MiB of this program */
#define BOOT_PAGE   0x5fe000ul  /* the page before */
#define KERNEL      0x40200000ul        /* where the image starts (qemu-virt.def), with what only the boot runs */
#define ESR_VECTORS 0x07ul      /* the syndrome's class */

extern char entry[], faulter[], faulter_exception[], faulter_load[], faulter_store[], faulter_fetch[], faulter_timer[],
    faulter_kernel[], faulter_semihosting[], faulter_vector[],
    spinner[], vector_user[], stack_end[], debuggee[], debuggee_break[], debuggee_store[], debuggee_call[],
    debuggee_brk[];

static const struct seL4_BootInfo *info;
static struct message m;
static word_t untyped, next_slot;
static volatile word_t counters[2];

static void check(const char *name, bool ok)
{
    print(ok ? "ok " : "FAIL ");
    print(name);
    print("\n");
}

static void untyped_find(void)
{
    unsigned largest = 0;

    for (word_t i = 0; i < info->untyped.end - info->untyped.start; i++)
        if (!info->untypedList[i].isDevice && info->untypedList[i].sizeBits > largest) {
            largest = info->untypedList[i].sizeBits;
            untyped = info->untyped.start + i;
        }
}

static word_t make(enum object_type type, word_t bits)
{
    const word_t slot = next_slot++;

    if (invoke_with(untyped, UntypedRetype, &m, ARGS(type, bits, 0, 0, slot, 1), ARGS(INITIAL_CNODE)))
        check("retype", false);
    return slot;
}

/* Without the debug channel, so that release kernels are tried too. */
static void uart_open(void)
{
    const word_t page = next_slot++;

    for (word_t i = 0; i < info->untyped.end - info->untyped.start; i++)
        if (info->untypedList[i].isDevice && info->untypedList[i].paddr == UART)
            invoke_with(info->untyped.start + i, UntypedRetype, &m, ARGS(OBJ_FRAME_SMALL, 0, 0, 0, page, 1),
                        ARGS(INITIAL_CNODE));
    invoke_with(page, ARMPageMap, &m, ARGS(UART_PAGE, RIGHT_READ | RIGHT_WRITE, NEVER_EXECUTE), ARGS(INITIAL_VSPACE));
    uart = (volatile uint32_t *)UART_PAGE;
}

static word_t thread(word_t priority, word_t budget_us, word_t period_us, word_t fault_endpoint)
{
    const word_t tcb = make(OBJ_TCB, 0), sc = make(OBJ_SC, 8);

    if (invoke_with(info->schedcontrol.start, SchedControlConfigureFlags, &m, ARGS(budget_us, period_us, 0, 0, 0),
                    ARGS(sc)) ||
        invoke_with(tcb, TCBConfigure, &m, ARGS(0, 0, 0), ARGS(INITIAL_CNODE, INITIAL_VSPACE, 0)) ||
        invoke_with(tcb, TCBSetSchedParams, &m, ARGS(priority, priority), ARGS(INITIAL_TCB, sc, fault_endpoint)))
        check("thread", false);
    return tcb;
}

/* The context's first words: pc, sp, spsr, x0. */
static void start(word_t tcb, const char *pc, word_t x0)
{
    if (invoke_with(tcb, TCBWriteRegisters, &m, ARGS(1, 4, (word_t)pc, 0, 0, x0), NONE))
        check("start", false);
}

static void bootinfo(void)
{
    const struct seL4_BootInfoHeader *extra = (const void *)((const char *)info + BOOTINFO_EXTRA_OFFSET);
    const uint8_t *tree = (const void *)(extra + 1);
    check("bootinfo is followed by the device tree", info->extraLen > sizeof *extra &&
                                                         extra->id == BOOTINFO_DEVICE_TREE && tree[0] == 0xd0 &&
                                                         tree[1] == 0x0d && tree[2] == 0xfe && tree[3] == 0xed);
    check("the device tree is handed over without its unused part", info->extraLen < 64 * 1024);
}

/* Its first page, made a frame: zero, and this task's to write, though the kernel had it read-only. */
static void boot_memory(void)
{
    const word_t frame = next_slot++;
    volatile word_t *const page = (volatile word_t *)BOOT_PAGE;
    bool zero = true;

    for (word_t i = 0; i < info->untyped.end - info->untyped.start; i++)
        if (info->untypedList[i].paddr == KERNEL)
            invoke_with(info->untyped.start + i, UntypedRetype, &m, ARGS(OBJ_FRAME_SMALL, 0, 0, 0, frame, 1),
                        ARGS(INITIAL_CNODE));
    if (invoke_with(frame, ARMPageMap, &m, ARGS(BOOT_PAGE, RIGHT_READ | RIGHT_WRITE, NEVER_EXECUTE),
                    ARGS(INITIAL_VSPACE))) {
        check("what the boot ran on is an untyped", false);
        return;
    }
    for (word_t i = 0; i < 4096 / sizeof *page; i++)
        zero = zero && !page[i];
    page[0] = 1;
    check("what the boot ran on is an untyped", zero && page[0] == 1);
}

static void notifications(void)
{
    const word_t notification = make(OBJ_NOTIFICATION, 0), badged = next_slot++;

    check("mint", !invoke_with(INITIAL_CNODE, CNodeMint, &m, ARGS(badged, 64, notification, 64, RIGHT_ALL, 0x15),
                               ARGS(INITIAL_CNODE)));
    m = (struct message){ 0 };
    system_call(SYS_Send, badged, &m, 0);
    m = (struct message){ 0 };
    system_call(SYS_Wait, notification, &m, 0);
    check("a signal arrives with its badge", m.badge == 0x15);
}

static word_t vector_read(void)
{
    word_t low;

    __asm__ volatile("umov %0, v31.d[1]" : "=r"(low));
    return low;
}

static void vectors(void)
{
    const word_t notification = make(OBJ_NOTIFICATION, 0), tcb = thread(ROOT_PRIORITY + 10, 1000, 1000, 0);

    __asm__ volatile("dup v31.2d, %0" ::"r"(0x123456789abcdef0ul) : "v31");
    start(tcb, vector_user, notification);
    m = (struct message){ 0 };
    system_call(SYS_Wait, notification, &m, 0);
    check("vector registers are each thread's own", vector_read() == 0x123456789abcdef0);
}

/* A whole budget may pass while the machine itself does not run: so wait, but not for ever. */
static bool changes(const volatile word_t *counter, word_t before)
{
    word_t spins = 0;

    while (*counter == before && ++spins < 2000000000)
        ;
    return *counter != before;
}

/* Each may run 2 ms of 10: the rest is this thread's, though it is the least important. */
static void preemption(void)
{
    const word_t a = thread(ROOT_PRIORITY + 10, 2000, 10000, 0), b = thread(ROOT_PRIORITY + 10, 2000, 10000, 0);

    start(a, spinner, (word_t)&counters[0]);
    check("a budget ends", changes(&counters[0], 0));
    start(b, spinner, (word_t)&counters[1]);
    check("the second budget ends too", changes(&counters[1], 0));
    for (unsigned i = 0; i < 4; i++)
        check("a budget comes back", changes(&counters[0], counters[0]));
    check("threads that spin stop when they are suspended", !invoke_with(a, TCBSuspend, &m, NONE, NONE) &&
                                                              !invoke_with(b, TCBSuspend, &m, NONE, NONE));
}

static void reply_and_wait(word_t endpoint, word_t reply, word_t length)
{
    m.info = length;
    system_call(SYS_ReplyRecv, endpoint, &m, reply);
}

/* ... go on where it is, without that breakpoint. */
static void go_on_unset(word_t endpoint, word_t reply, word_t tcb, word_t number)
{
    if (invoke_with(tcb, TCBUnsetBreakpoint, &m, ARGS(number), NONE))
        check("unset", false);
    reply_and_wait(endpoint, reply, 0);
}

/* A reply of these message words makes the thread go on at pc. */
static void go_on_at(word_t endpoint, word_t reply, word_t tcb, const char *pc)
{
    struct message fault = m;

    if (invoke_with(tcb, TCBWriteRegisters, &m, ARGS(0, 1, (word_t)pc), NONE))
        check("write registers", false);
    m = fault;
    reply_and_wait(endpoint, reply, 0);
}

static void faults(void)
{
    const word_t endpoint = make(OBJ_ENDPOINT, 0), reply = make(OBJ_REPLY, 0);
    const word_t tcb = thread(ROOT_PRIORITY + 10, 1000, 1000, endpoint);

    if (invoke_with(tcb, TCBSetFlags, &m, ARGS(0, FLAG_NO_VECTORS), NONE))
        check("set flags", false);
    start(tcb, faulter, 5);
    m = (struct message){ 0 };
    system_call(SYS_Recv, endpoint, &m, reply);
    check("an unknown system call is a fault", message_label(&m) == FAULT_UNKNOWN_SYSCALL && message_length(&m) == 13);
    check("its message says the number and the registers",
          m.mr[0] == 5 && buffer->msg[7] == 1000 && buffer->msg[12] == 1000 && buffer->msg[8] == (word_t)faulter + 8);
    m.mr[0] = 77;
    buffer->msg[8] += 4;
    reply_and_wait(endpoint, reply, 9);
    check("an undefined instruction is a fault", message_label(&m) == FAULT_USER_EXCEPTION && message_length(&m) == 5 &&
                                                     m.mr[0] == (word_t)faulter_exception);
    m.mr[0] = (word_t)faulter_load;
    reply_and_wait(endpoint, reply, 1);
    check("a load from nowhere is a fault with its address", message_label(&m) == FAULT_VM && message_length(&m) == 4 &&
                                                                 m.mr[0] == (word_t)faulter_load + 4 &&
                                                                 m.mr[1] == 0xdead000 && m.mr[2] == 0);
    go_on_at(endpoint, reply, tcb, faulter_store);
    check("a store to code is a fault", message_label(&m) == FAULT_VM && m.mr[1] == (word_t)entry && m.mr[2] == 0);
    go_on_at(endpoint, reply, tcb, faulter_fetch);
    check("a fetch of data is a fault",
          message_label(&m) == FAULT_VM && m.mr[1] == (word_t)stack_end - 64 && m.mr[2] == 1);
    go_on_at(endpoint, reply, tcb, faulter_timer);
    check("the physical timer is not everybody's",
          message_label(&m) == FAULT_USER_EXCEPTION && m.mr[0] == (word_t)faulter_timer);
    go_on_at(endpoint, reply, tcb, faulter_kernel);
    check("a load from the kernel is a fault", message_label(&m) == FAULT_VM && m.mr[1] == 0xffff000040200000);
    go_on_at(endpoint, reply, tcb, faulter_semihosting);
    check("semihosting is not for user mode",
          message_label(&m) == FAULT_USER_EXCEPTION && m.mr[0] == (word_t)faulter_semihosting);
    go_on_at(endpoint, reply, tcb, faulter_vector);
    check("a thread that may not use vector registers faults", message_label(&m) == FAULT_USER_EXCEPTION &&
                                                                   m.mr[0] == (word_t)faulter_vector &&
                                                                   m.mr[3] >> 26 == ESR_VECTORS);
    go_on_at(endpoint, reply, tcb, faulter + 2);
    check("a program counter between instructions is a fault", message_label(&m) == FAULT_USER_EXCEPTION);
    invoke_with(tcb, TCBSuspend, &m, NONE, NONE);
}

/* seL4_BreakpointType */
enum { DATA, INSTRUCTION, STEP, SOFTWARE };
enum { WATCHPOINT = 6 + 3, ON_READ = 0, ON_WRITE = 1, STEP_MESSAGE = 2 };

static bool stopped(word_t reason, const char *pc)
{
    return message_label(&m) == FAULT_DEBUG && m.mr[0] == (word_t)pc && m.mr[1] == reason;
}

static void debugging(void)
{
    const word_t endpoint = make(OBJ_ENDPOINT, 0), reply = make(OBJ_REPLY, 0);
    const word_t tcb = thread(ROOT_PRIORITY + 10, 1000, 1000, endpoint);
    static volatile uint32_t watched[2];

    check("breakpoints are taken",
          !invoke_with(tcb, TCBSetBreakpoint, &m, ARGS(5, (word_t)debuggee_break, INSTRUCTION, 0, ON_READ), NONE) &&
              !invoke_with(tcb, TCBSetBreakpoint, &m, ARGS(WATCHPOINT, (word_t)&watched[1], DATA, 4, ON_WRITE), NONE));
    start(tcb, debuggee, (word_t)watched);
    m = (struct message){ 0 };
    system_call(SYS_Recv, endpoint, &m, reply);
    check("a breakpoint stops", stopped(INSTRUCTION, debuggee_break) && m.mr[2] == (word_t)debuggee_break && m.mr[3] == 5);
    check("who is not debugged is not stopped", (watched[1] = 1) == 1);
    go_on_unset(endpoint, reply, tcb, 5);
    check("a watchpoint stops before the access",
          stopped(DATA, debuggee_store) && m.mr[2] == (word_t)&watched[1] && m.mr[3] == WATCHPOINT && watched[1] == 1);
    if (invoke_with(tcb, TCBUnsetBreakpoint, &m, ARGS(WATCHPOINT), NONE) ||
        invoke_with(tcb, TCBConfigureSingleStepping, &m, ARGS(0, 1), NONE))
        check("step", false);
    reply_and_wait(endpoint, reply, 0);
    check("a step stops", stopped(STEP, debuggee_call) && message_length(&m) == STEP_MESSAGE && watched[1] == 2);
    m.mr[0] = 2;
    reply_and_wait(endpoint, reply, 1);
    check("a system call is one step", stopped(STEP, debuggee_call + 8));
    m.mr[0] = 0;
    reply_and_wait(endpoint, reply, 1);
    check("the breakpoint instruction stops", stopped(SOFTWARE, debuggee_brk) && message_length(&m) == STEP_MESSAGE);
    invoke_with(tcb, TCBSuspend, &m, NONE, NONE);
}

static void counters_readable(void)
{
    word_t time, later, cycles;

    __asm__ volatile("mrs %0, cntvct_el0\n\tmrs %1, pmccntr_el0\n\tisb\n\tmrs %2, cntvct_el0"
                     : "=r"(time), "=r"(cycles), "=r"(later));
    check("time and cycles are readable", time && later >= time && cycles);
}

static void interrupt(void)
{
    const word_t notification = make(OBJ_NOTIFICATION, 0), handler = next_slot++;

    check("an interrupt is handed out",
          !invoke_with(INITIAL_IRQ_CONTROL, IRQIssueIRQHandler, &m, ARGS(TIMER_IRQ, handler, 64), ARGS(INITIAL_CNODE)));
    check("it is told to a notification", !invoke_with(handler, IRQSetIRQHandler, &m, NONE, ARGS(notification)));
    check("the timer is allowed", !invoke_with(INITIAL_TCB, TCBSetFlags, &m, ARGS(0, FLAG_TIMER), NONE));
    for (unsigned i = 0; i < 2; i++) {
        __asm__ volatile("msr cntp_tval_el0, %0\n\tmsr cntp_ctl_el0, %1\n\tisb" ::"r"(100000ul), "r"(1ul));
        m = (struct message){ 0 };
        system_call(SYS_Wait, notification, &m, 0);
        __asm__ volatile("msr cntp_ctl_el0, xzr\n\tisb");
        check("the interrupt comes", !invoke_with(handler, IRQAckIRQ, &m, NONE, NONE));
    }
}

static void software_interrupt(void)
{
    const word_t notification = make(OBJ_NOTIFICATION, 0), handler = next_slot++, signal = next_slot++;
    const word_t sgi = 3;

    check("a software interrupt is handed out",
          !invoke_with(INITIAL_IRQ_CONTROL, IRQIssueIRQHandler, &m, ARGS(sgi, handler, 64), ARGS(INITIAL_CNODE)) &&
              !invoke_with(INITIAL_IRQ_CONTROL, ARMIRQIssueSGISignal, &m, ARGS(sgi, 0, signal, 64), ARGS(INITIAL_CNODE)) &&
              !invoke_with(handler, IRQSetIRQHandler, &m, NONE, ARGS(notification)));
    for (unsigned i = 0; i < 2; i++) {
        m = (struct message){ 0 };
        system_call(SYS_Send, signal, &m, 0);
        m = (struct message){ 0 };
        system_call(SYS_Wait, notification, &m, 0);
        check("it comes when it is raised", !invoke_with(handler, IRQAckIRQ, &m, NONE, NONE));
    }
}

_Noreturn void main(const struct seL4_BootInfo *bootinfo_page);
_Noreturn void main(const struct seL4_BootInfo *bootinfo_page)
{
    info = bootinfo_page;
    buffer = (struct ipc_buffer *)info->ipcBuffer;
    next_slot = info->empty.start;
    untyped_find();
    uart_open();
    print("hello\n");
    if (invoke_with(INITIAL_TCB, TCBSetPriority, &m, ARGS(ROOT_PRIORITY), ARGS(INITIAL_TCB)))
        check("priority", false);
    bootinfo();
    boot_memory();
    counters_readable();
    notifications();
    vectors();
    preemption();
    faults();
    debugging();
    interrupt();
    software_interrupt();
    print("done\n");
    for (;;)
        ;
}
