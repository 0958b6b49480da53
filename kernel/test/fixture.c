/* SPDX-License-Identifier: BSD-2-Clause */
#include "fixture.h"

#include "../core/bootinfo.h"
#include "../core/invariants.h"
#include "../object/sched_context.h"

#include <string.h>

/* The host machine's memory at boot:  payload | tree | the boot's own | free. */
enum { PAGE = 4096, TREE_BYTES = 40, ENTRY = 0x400000, SEGMENT_READ = 1, SEGMENT_WRITE = 2, SEGMENT_EXECUTE = 4 };
#define PAYLOAD   ((paddr_t)HOST_RAM_BASE)
#define TREE      (PAYLOAD + 3 * PAGE)
#define FREE      (FIXTURE_BOOT + PAGE)
#define BUFFERS   0x10000000ul      /* IPC buffers of thread_new, one page each */
#define SLICE_US  1000
#define CACHED    3             /* libsel4's default attributes */

struct fixture fixture;

const char *test_complaint(void) { return host_finding(); }
const char *test_log(void) { return host_output(); }

static word_t buffers_mapped;

/* A program of two pages, code and data, as the image tool would lay it out. */
static void payload_write(void)
{
    const uint64_t header[] = { 0x64616f6c79617034, ENTRY, 2, 3 * PAGE,
                                ENTRY,        PAGE,     PAGE, SEGMENT_READ | SEGMENT_EXECUTE,
                                ENTRY + PAGE, 2 * PAGE, PAGE, SEGMENT_READ | SEGMENT_WRITE };

    memset(arch_pointer(PAYLOAD), 0, 3 * PAGE);
    memcpy(arch_pointer(PAYLOAD), header, sizeof header);
    memset(arch_pointer(TREE), 't', TREE_BYTES);
    memset(arch_pointer(FIXTURE_BOOT), 'b', PAGE);
}

struct slot *root_slot(word_t index)
{
    return cnode_slot(&thread_slot(fixture.root, SLOT_CSPACE)->cap, index);
}

static void slots_find(void)
{
    word_t largest = 0;

    for (word_t i = 0; i < (word_t)1 << thread_slot(fixture.root, SLOT_CSPACE)->cap.size_bits; i++) {
        const struct cap *cap = &root_slot(i)->cap;

        if (cap->type != CAP_NULL)
            fixture.free = i + 1;
        if (cap->type == CAP_SCHED_CONTROL)
            fixture.sched_control = i;
        if (cap->type != CAP_UNTYPED)
            continue;
        if (cap->flags & CAP_DEVICE) {
            fixture.device_untyped = i;
        } else if (cap->size_bits > largest) {
            largest = cap->size_bits;
            fixture.untyped = i;
        }
    }
}

struct boot_machine fixture_machine(void)
{
    host_reset();
    payload_write();
    return (struct boot_machine){
        .ram = { { FREE, PAYLOAD + HOST_RAM_BYTES } }, .ram_count = 1,
        .device = { { HOST_DEVICE_BASE, HOST_DEVICE_BASE + PAGE } }, .device_count = 1,
        .boot = { FIXTURE_BOOT, FREE },
        .payload = { PAYLOAD, PAYLOAD + 3 * PAGE },
        .device_tree = arch_pointer(TREE), .device_tree_bytes = TREE_BYTES,
    };
}

void fixture_boot_on(struct boot_machine described)
{
    static struct boot_machine machine;

    machine = described;
    host_set_check(invariants_check);
    fixture = (struct fixture){ .root = host_boot(&machine) };
    CHECK(fixture.root);
    fixture.boot_info = fixture.root->frame.arg;
    slots_find();
    buffers_mapped = 0;
}

void fixture_boot(void) { fixture_boot_on(fixture_machine()); }

static void buffer_store(vaddr_t offset, word_t value)
{
    CHECK(host_store(host_current()->buffer_vaddr + offset, &value, sizeof value));
}

static word_t buffer_load(const struct thread *t, size_t offset)
{
    word_t value = 0;

    if (t == host_current())
        CHECK(host_load(t->buffer_vaddr + offset, &value, sizeof value));
    else if (t->buffer)         /* its address space is not the one that is entered */
        memcpy(&value, (const char *)t->buffer + offset, sizeof value);
    return value;
}

struct thread *do_syscall(word_t number, word_t cap, const struct message *m, word_t reply_cap, word_t dest)
{
    struct arch_frame *const f = &host_current()->frame;

    for (word_t i = 0; i < m->length; i++)
        if (i < MSG_REGS)
            f->mr[i] = m->words[i];
        else
            buffer_store(offsetof(struct ipc_buffer, msg) + i * sizeof(word_t), m->words[i]);
    for (word_t i = 0; i < m->caps; i++)
        buffer_store(offsetof(struct ipc_buffer, caps_or_badges) + i * sizeof(word_t), m->cap[i]);
    f->cap = cap;
    f->info = m->label << 12 | m->caps << 7 | m->length;
    f->reply = reply_cap;
    f->dest = dest;
    return host_syscall(number);
}

void message_read(struct thread *t, struct message *m)
{
    const word_t info = t->frame.info;

    *m = (struct message){ .label = info >> 12, .length = info & 0x7f, .caps = info >> 7 & 3 };
    CHECK(m->length <= MSG_MAX_LENGTH);
    for (word_t i = 0; i < m->length; i++)
        m->words[i] = i < MSG_REGS ? t->frame.mr[i]
                                   : buffer_load(t, offsetof(struct ipc_buffer, msg) + i * sizeof(word_t));
    for (word_t i = 0; i < m->caps; i++)
        m->cap[i] = buffer_load(t, offsetof(struct ipc_buffer, caps_or_badges) + i * sizeof(word_t));
}

word_t message_badge(const struct thread *t)
{
    return t->frame.cap;
}

static struct message last;     /* reply of do_op */

seL4_Error do_op(word_t cap, enum invocation_label label, word_t argc, const word_t *args, word_t capc,
                 const word_t *caps)
{
    struct thread *const caller = host_current();
    struct message m = { .label = label, .length = argc, .caps = capc };

    if (argc)
        memcpy(m.words, args, argc * sizeof(word_t));
    if (capc)
        memcpy(m.cap, caps, capc * sizeof(word_t));
    do_syscall((word_t)SYS_Call, cap, &m, 0, 0);
    /* Preempted: the same call is made again, as the machine would. */
    while (host_current() == caller && caller->frame.pc == caller->frame.restart)
        host_syscall((word_t)SYS_Call);
    message_read(caller, &last);
    return (seL4_Error)last.label;
}

unsigned at_every_point(word_t cap, word_t label, word_t first, word_t second)
{
    const struct message m = { .label = label, .length = 2, .words = { first, second } };
    unsigned times = 1;

    host_raise_after(1, arch_irq_timer());
    do_syscall((word_t)SYS_Call, cap, &m, 0, 0);
    for (; fixture.root->frame.pc == fixture.root->frame.restart; times++) {
        CHECK(times < 100000);
        host_raise_after(1, arch_irq_timer());
        host_syscall((word_t)SYS_Call);
    }
    return times;
}

word_t reply_word(word_t i) { return last.words[i]; }
word_t reply_length(void) { return last.length; }

word_t slot_new(void)
{
    return fixture.free++;
}

word_t object_new(enum object_type type, word_t size_bits)
{
    const word_t slot = slot_new();

    CHECK_EQUAL(do_op(fixture.untyped, UntypedRetype, ARGS(type, size_bits, 0, 0, slot, 1), CAPS(ROOT_CNODE)),
                seL4_NoError);
    return slot;
}

/* A fresh frame at va, with the page tables that it needs. */
static word_t frame_at(vaddr_t va)
{
    const word_t frame = object_new(OBJ_FRAME_SMALL, 0);
    seL4_Error error;

    while ((error = do_op(frame, ARMPageMap, ARGS(va, RIGHT_READ | RIGHT_WRITE, CACHED), CAPS(ROOT_VSPACE))) ==
           seL4_FailedLookup)
        CHECK_EQUAL(do_op(object_new(OBJ_PAGE_TABLE, 0), ARMPageTableMap, ARGS(va, 0), CAPS(ROOT_VSPACE)),
                    seL4_NoError);
    CHECK_EQUAL(error, seL4_NoError);
    return frame;
}

word_t thread_new(uint8_t priority, bool buffer)
{
    const word_t tcb = object_new(OBJ_TCB, 0), sc = object_new(OBJ_SC, SC_MIN_BITS);
    const vaddr_t va = buffer ? BUFFERS + buffers_mapped++ * PAGE : 0;
    const word_t frame = buffer ? frame_at(va) : 0;

    CHECK_EQUAL(do_op(fixture.sched_control, SchedControlConfigureFlags, ARGS(SLICE_US, SLICE_US, 0, 0, 0), CAPS(sc)),
                seL4_NoError);
    CHECK_EQUAL(do_op(tcb, TCBConfigure, ARGS(0, 0, va), CAPS(ROOT_CNODE, ROOT_VSPACE, frame)), seL4_NoError);
    CHECK_EQUAL(do_op(tcb, TCBSetSchedParams, ARGS(priority, priority), CAPS(ROOT_TCB, sc, 0)), seL4_NoError);
    return tcb;
}

struct thread *thread_of(word_t tcb)
{
    CHECK_EQUAL(root_slot(tcb)->cap.type, CAP_TCB);
    return root_slot(tcb)->cap.object;
}

void thread_start(word_t tcb, vaddr_t pc)
{
    word_t registers[] = { 1, 1, pc };      /* resume; one register: the program counter */

    CHECK_EQUAL(do_op(tcb, TCBWriteRegisters, 3, registers, NO_CAPS), seL4_NoError);
}
