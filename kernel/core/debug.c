/* SPDX-License-Identifier: BSD-2-Clause
 * A kernel that talks to people, on the machine's own channel: see debug.h. Every line says who speaks, "name|text": names
 * hold no '|' and no line end, so no thread can speak as another. Linked instead of release.c. */
#include "debug.h"

#include "../arch/arch.h"
#include "../object/sched_context.h"
#include "derivation.h"
#include "invariants.h"
#include "refill.h"
#include "sched.h"

static void put(const char *text)
{
    while (*text)
        arch_putc(*text++);
}

static void put_hex(word_t value)
{
    put("0x");
    for (unsigned shift = WORD_BITS; shift; shift -= 4) {
        const word_t rest = value >> (shift - 4);

        if (rest || shift == 4)
            arch_putc("0123456789abcdef"[rest & 15]);
    }
}

static const char *name_of(const struct thread *t)
{
    return t->name[0] ? t->name : "?";
}

void debug_line(const char *text)
{
    put("kernel|");
    put(text);
    arch_putc('\n');
}

void panic(const char *what)
{
    put("kernel|PANIC ");
    put(what);
    arch_putc('\n');
    arch_halt();
}

static void flush(struct thread *t)
{
    put(name_of(t));
    arch_putc('|');
    for (unsigned i = 0; i < t->line_len; i++)
        arch_putc(t->line[i]);
    arch_putc('\n');
    t->line_len = 0;
}

/* What a thread has put of a line that it will not end. */
static void flush_rest(struct thread *t)
{
    if (t->line_len)
        flush(t);
}

/* What a memory fault wanted, in words. */
static void put_access(const struct thread *t)
{
    enum { BELOW = 0x1000, SPAN = 0x10000 };    /* where functions whose frames are no larger find their stack missing */
    const word_t address = t->fault.words[0], sp = arch_frame_sp(&t->frame);
    const bool fetch = t->fault.words[1];

    put(fetch ? ", executing " : arch_fault_writes(t->fault.words[2]) ? ", writing " : ", reading ");
    put_hex(address);
    if (fetch || address - (sp - BELOW) >= SPAN)
        return;
    put(" (sp ");
    put_hex(sp);
    put(": has the stack grown too far?)");
}

static void put_words(const struct thread *t)
{
    arch_putc(':');
    for (unsigned i = 0; i < 4; i++) {
        arch_putc(' ');
        put_hex(t->fault.words[i]);
    }
}

void debug_unhandled_fault(struct thread *t)
{
    static const char *const kinds[] = {
        [FAULT_NONE] = "no", [FAULT_CAP] = "capability", [FAULT_UNKNOWN_SYSCALL] = "unknown system call",
        [FAULT_USER_EXCEPTION] = "user exception", [FAULT_TIMEOUT] = "time-out", [FAULT_VM] = "memory",
        [FAULT_DEBUG] = "debug",
    };

    flush_rest(t);
    put("kernel|");
    put(name_of(t));
    put(" stopped: ");
    put(kinds[t->fault.kind]);
    put(" fault at pc ");
    put_hex(arch_frame_pc(&t->frame));
    if (t->fault.kind == FAULT_VM)
        put_access(t);
    else
        put_words(t);
    arch_putc('\n');
}

static void put_char(struct thread *t)
{
    const char c = (char)arch_frame_cap(&t->frame);

    if (!c)
        flush_rest(t);      /* whoever ends wants no half line lost, and no empty one */
    if (!c || c == '\r')
        return;
    if (c != '\n')
        t->line[t->line_len++] = c;
    if (c == '\n' || t->line_len == THREAD_LINE)
        flush(t);
}

/* The name is a string in the caller's IPC buffer, from message word 0. */
static void name_thread(struct thread *caller)
{
    struct lookup_failure failure;
    const struct slot *slot = cspace_lookup(caller, arch_frame_cap(&caller->frame), &failure);
    const struct ipc_buffer *buffer = thread_buffer(caller);
    struct thread *t;

    if (!slot || slot->cap.type != CAP_TCB || !buffer)
        return;
    t = slot->cap.object;
    for (unsigned i = 0; i < sizeof t->name - 1; i++) {
        const char c = ((const volatile char *)buffer->msg)[i];

        t->name[i] = c;
        if (!c)
            return;
        if (c <= ' ' || c > '~' || c == '|')
            t->name[i] = '_';
    }
}

static void cap_identify(struct thread *t)
{
    struct lookup_failure failure;
    const struct slot *slot = cspace_lookup(t, arch_frame_cap(&t->frame), &failure);

    arch_frame_set_badge(&t->frame, slot ? slot->cap.type : (word_t)CAP_NULL);
}

static void dump_thread(const char *where, const struct thread *t)
{
    put("kernel|");
    put(where);
    arch_putc(' ');
    put(name_of(t));
    put(" priority ");
    put_hex(t->priority);
    put(" domain ");
    put_hex(t->domain);
    put(" state ");
    put_hex(t->state);
    put(" pc ");
    put_hex(arch_frame_pc(&t->frame));
    arch_putc('\n');
}

static void dump_scheduler(void)
{
    const struct cpu *cpu = this_cpu();

    if (cpu->current)
        dump_thread("running", cpu->current);
    for (unsigned level = LEVELS; level-- > 0;) {
        const struct thread *t = cpu->ready[level];

        while (t) {
            dump_thread("ready", t);
            t = t->ready.next == cpu->ready[level] ? NULL : t->ready.next;
        }
    }
    if (cpu->release)
        dump_thread("first to be released", cpu->release->thread);
}

/* Every capability there is, in the order of the derivation list; and the machine stops if an invariant is broken. */
static void snapshot(void)
{
    static const char *const names[CAP_COUNT] = {
#define CAP(name, rights, text) [CAP_##name] = text,
#include "../abi/capabilities.def"
#undef CAP
    };

    for (const struct slot *slot = derivation_list.next; slot; slot = slot->next) {
        put("kernel|");
        put(names[slot->cap.type]);
        put(" object ");
        put_hex((word_t)slot->cap.object);
        put(" rights ");
        put_hex(slot->cap.rights);
        put(" badge ");
        put_hex(slot->cap.badge);
        arch_putc('\n');
    }
    invariants_check();
}

bool debug_syscall(struct thread *t, word_t number)
{
    switch ((int64_t)number) {
    case SYS_DebugPutChar:
        put_char(t);
        return true;
    case SYS_DebugDumpScheduler:
        dump_scheduler();
        return true;
    case SYS_DebugHalt:
        flush_rest(t);
        debug_line("halted");
        arch_halt();
    case SYS_DebugCapIdentify:
        cap_identify(t);
        return true;
    case SYS_DebugNameThread:
        name_thread(t);
        return true;
    case SYS_DebugSnapshot:
        snapshot();
        return true;
    case SYS_DebugCheck:
        invariants_check();
        return true;
    default:
        return false;
    }
}
