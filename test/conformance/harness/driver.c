/* SPDX-License-Identifier: BSD-2-Clause
 * Driver: see driver.h. What it says, on lines of their own:
 *
 *   case NAME
 *   ok NAME
 *   FAIL NAME text
 *   done PASSED FAILED
 *
 * Its arguments: names of cases or files, those alone are run; before them after=NAME: only what comes behind it. */
#include "driver.h"

#include <stdio.h>
#include <string.h>

#include "conform.h"
#include "port.h"

enum { DRIVER_PRIORITY = 255, WATCH_PRIORITY = 254 };
enum { POOL_BITS = 23, RUNNER_BITS = 15, KEPT_BITS = 20 };
enum { BADGE_FAULT = 1, BADGE_END = 2, BADGE_TICK = 4 };
/* A case may take so many ticks of virtual time. */
enum { TICK_US = 100000, TICK_BUDGET_US = 1000, TICKS = 4, SLICE_US = 1000000 };
enum { RUNNER_STACK = 32768 };

/* A thread of the driver's, or the runner: all in this address space and ROOT. */
struct own_thread {
    seL4_CPtr tcb, sc;
    seL4_IPCBuffer *buffer;
    seL4_CPtr frame;
    char stack[RUNNER_STACK] __attribute__((aligned(16)));
    char tls[PORT_TLS_BYTES] __attribute__((aligned(PORT_TLS_ALIGN)));
};

seL4_BootInfo *boot;

static struct conform_case *first_case, **last_case = &first_case;
static const struct conform_case *running;
static struct own_thread runner, watch;
static seL4_CPtr memory, kept, runner_memory, endpoint, fault_endpoint, end_endpoint, ticks, tick, reply, next_slot;
static char failure[512];

void conform_add(struct conform_case *one)
{
    *last_case = one;
    last_case = &one->next;
}

seL4_CPtr driver_memory(void) { return kept; }
seL4_CPtr driver_faults(void) { return fault_endpoint; }

static void say(const char *what, const char *name, const char *between, const char *text)
{
    port_put(what);
    port_put(name);
    port_put(between);
    port_put(text);
    port_put("\n");
}

/* ---- ends of a case */

/* Reported by whoever has it first; then that thread waits to be taken back. */
static _Noreturn void end(void)
{
    for (;;)
        seL4_Call(end_endpoint, seL4_MessageInfo_new(0, 0, 0, 0));
}

static const char *base_name(const char *file)
{
    const char *base = strrchr(file, '/');

    return base ? base + 1 : file;
}

_Noreturn void conform_fail(const char *file, int line, const char *text)
{
    if (!failure[0])
        snprintf(failure, sizeof failure, "%s:%d %s", base_name(file), line, text);
    end();
}

void conform_equal(seL4_Word a, seL4_Word b, const char *text, const char *file, int line)
{
    char out[400];

    if (a == b)
        return;
    snprintf(out, sizeof out, "%s (%#lx, %#lx)", text, a, b);
    conform_fail(file, line, out);
}

static void run_case(void)
{
    running->run();
    end();
}

/* ---- the driver's own objects. What fails here is a kernel on which no case can run. */

static void must(seL4_Error error, const char *what)
{
    char text[32];

    if (!error)
        return;
    snprintf(text, sizeof text, " fails: %d", (int)error);
    say("driver: ", what, "", text);
    seL4_TCB_Suspend(seL4_CapInitThreadTCB);
}

static seL4_CPtr own(seL4_CPtr untyped, seL4_Word type, seL4_Word bits, seL4_CPtr slot)
{
    must(seL4_Untyped_Retype(untyped, type, bits, ROOT, 0, 0, slot, 1), "Retype");
    return slot;
}

static seL4_CPtr badged(seL4_CPtr of, seL4_Word badge)
{
    must(seL4_CNode_Mint(ROOT, next_slot, DEPTH, ROOT, of, DEPTH, seL4_AllRights, badge), "Mint");
    return next_slot++;
}

static void own_thread_make(struct own_thread *t, seL4_CPtr untyped, seL4_Word priority, seL4_Word mcp, seL4_Time budget,
                            seL4_Time period)
{
    own(untyped, seL4_TCBObject, 0, t->tcb);
    own(untyped, seL4_SchedContextObject, seL4_MinSchedContextBits, t->sc);
    must(seL4_SchedControl_Configure(sched_control, t->sc, budget, period, 0, 0), "SchedControl_Configure");
    must(seL4_TCB_Configure(t->tcb, ROOT, 0, SPACE, 0, (seL4_Word)t->buffer, t->frame), "TCB_Configure");
    must(seL4_TCB_SetSchedParams(t->tcb, seL4_CapInitThreadTCB, mcp, priority, t->sc, fault_endpoint), "SetSchedParams");
}

static void own_thread_start(struct own_thread *t, void (*entry)(void))
{
    seL4_UserContext registers = { .pc = (seL4_Word)entry, .sp = (seL4_Word)t->stack + sizeof t->stack };

    memset(t->buffer, 0, sizeof *t->buffer);
    must(seL4_TCB_SetTLSBase(t->tcb, port_tls(t->tls, t->buffer)), "SetTLSBase");
    must(seL4_TCB_WriteRegisters(t->tcb, 1, 0, 2, &registers), "WriteRegisters");
}

/* Once a period, until the budget that a Yield gives away is back. */
static void watch_run(void)
{
    for (;;) {
        seL4_Yield();
        seL4_Signal(tick);
    }
}

static seL4_CPtr largest_memory(void)
{
    seL4_CPtr found = boot->untyped.start;

    for (seL4_CPtr i = found; i < boot->untyped.end; i++) {
        const seL4_UntypedDesc *u = &boot->untypedList[i - boot->untyped.start];

        if (!u->isDevice && u->sizeBits > boot->untypedList[found - boot->untyped.start].sizeBits)
            found = i;
    }
    return found;
}

static void buffer_make(struct own_thread *t, seL4_Word vaddr)
{
    t->frame = own(kept, seL4_ARM_SmallPageObject, 0, next_slot++);
    t->buffer = (seL4_IPCBuffer *)vaddr;
    while (seL4_ARM_Page_Map(t->frame, SPACE, vaddr, seL4_ReadWrite, seL4_ARM_Default_VMAttributes) == seL4_FailedLookup) {
        const seL4_CPtr table = own(kept, seL4_ARM_PageTableObject, 0, next_slot++);

        must(seL4_ARM_PageTable_Map(table, SPACE, vaddr, seL4_ARM_Default_VMAttributes), "PageTable_Map");
    }
}

static void start(void)
{
    boot = seL4_GetBootInfo();
    sched_control = boot->schedcontrol.start;
    next_slot = boot->empty.start;
    memory = largest_memory();
    kept = own(memory, seL4_UntypedObject, KEPT_BITS, next_slot++);
    next_slot = port_start(boot, next_slot);
    runner_memory = own(memory, seL4_UntypedObject, RUNNER_BITS, next_slot++);
    pool = own(memory, seL4_UntypedObject, POOL_BITS, next_slot++);
    endpoint = own(kept, seL4_EndpointObject, 0, next_slot++);
    fault_endpoint = badged(endpoint, BADGE_FAULT);
    end_endpoint = badged(endpoint, BADGE_END);
    ticks = own(kept, seL4_NotificationObject, 0, next_slot++);
    tick = badged(ticks, BADGE_TICK);
    reply = own(kept, seL4_ReplyObject, 0, next_slot++);
    must(seL4_TCB_BindNotification(seL4_CapInitThreadTCB, ticks), "BindNotification");
    buffer_make(&runner, 0x1f200000);
    buffer_make(&watch, 0x1f201000);
    watch.tcb = next_slot++;
    watch.sc = next_slot++;
    runner.tcb = self = next_slot++;
    runner.sc = self_sc = next_slot++;
    own_thread_make(&watch, kept, WATCH_PRIORITY, WATCH_PRIORITY, TICK_BUDGET_US, TICK_US);
    own_thread_start(&watch, watch_run);
}

/* ---- running cases */

static void describe_fault(seL4_MessageInfo_t info)
{
    snprintf(failure, sizeof failure, "a thread faults: type %lu at %#lx: %#lx %#lx %#lx", seL4_MessageInfo_get_label(info),
             seL4_GetMR(0), seL4_GetMR(1), seL4_GetMR(2), seL4_GetMR(3));
}

static void wait_for_end(void)
{
    for (unsigned passed = 0; passed < TICKS;) {
        seL4_Word badge;
        const seL4_MessageInfo_t info = seL4_Recv(endpoint, &badge, reply);

        if (badge & BADGE_TICK && ++passed < TICKS)
            continue;
        if (badge & BADGE_TICK)
            snprintf(failure, sizeof failure, "it does not end");
        if (badge == BADGE_FAULT && !failure[0])
            describe_fault(info);
        return;
    }
}

/* Domain 0, for ever. */
static void schedule_begin(void)
{
    must(seL4_DomainSet_ScheduleConfigure(seL4_CapDomain, 0, 0, ~0ul >> 8), "ScheduleConfigure");
    must(seL4_DomainSet_ScheduleSetStart(seL4_CapDomain, 0), "ScheduleSetStart");
    for (seL4_Word i = 1; i < CONFIG_NUM_DOMAIN_SCHEDULES; i++)
        must(seL4_DomainSet_ScheduleConfigure(seL4_CapDomain, i, 0, 0), "ScheduleConfigure");
}

/* Everything that the case may have left, also what has no untyped above it. */
static void take_back(void)
{
    schedule_begin();
    must(seL4_CNode_Revoke(ROOT, runner_memory, DEPTH), "Revoke of the runner's memory");
    must(seL4_CNode_Revoke(ROOT, pool, DEPTH), "Revoke of the pool");
    for (seL4_CPtr slot = next_slot; slot < objects_end(); slot++)
        must(seL4_CNode_Delete(ROOT, slot, DEPTH), "Delete");
    must(seL4_CNode_Revoke(ROOT, seL4_CapIRQControl, DEPTH), "Revoke of IRQControl");
    must(seL4_CNode_Revoke(ROOT, boot->schedcontrol.start, DEPTH), "Revoke of SchedControl");
}

static bool pass(const struct conform_case *one)
{
    running = one;
    failure[0] = '\0';
    say("case ", one->name, "", "");
    objects_begin(next_slot);
    memory_begin();
    threads_begin();
    own_thread_make(&runner, runner_memory, RUNNER, RUNNER_MCP, SLICE_US, SLICE_US);
    own_thread_start(&runner, run_case);
    wait_for_end();
    take_back();
    if (failure[0])
        say("FAIL ", one->name, " ", failure);
    else
        say("ok ", one->name, "", "");
    return !failure[0];
}

/* Is it one of the words? */
static bool named(const char *words, const char *name)
{
    const size_t length = strlen(name);

    for (const char *at = words; (at = strstr(at, name)); at++)
        if ((at == words || at[-1] == ' ') && (!at[length] || at[length] == ' '))
            return true;
    return false;
}

/* Is this case asked for? */
static bool chosen(const char *words, const struct conform_case *one)
{
    return !words[0] || named(words, one->name) || named(words, base_name(one->file));
}

int main(void)
{
    static const char after[] = "after=";
    unsigned passed = 0, failed = 0;
    char text[48];

    start();
    const char *words = driver_arguments(boot), *behind = "";
    if (!strncmp(words, after, sizeof after - 1)) {
        behind = words + sizeof after - 1;
        words = behind + strcspn(behind, " ");
        words += strspn(words, " ");
    }
    bool begun = !behind[0];
    for (const struct conform_case *one = first_case; one; one = one->next) {
        if (begun && chosen(words, one))
            *(pass(one) ? &passed : &failed) += 1;
        begun = begun || (named(behind, one->name) && strcspn(behind, " ") == strlen(one->name));
    }
    snprintf(text, sizeof text, "%u %u", passed, failed);
    say("done ", text, "", "");
    return 0;
}
