/* SPDX-License-Identifier: BSD-2-Clause
 * The AArch64 port's plain C: page-table entries against the architecture's bits, registers and fault messages against
 * libsel4's orders. */
#include "../../arch/aarch64/fault.h"
#include "../../arch/aarch64/registers.h"
#include "../test.h"

#include <string.h>

static struct fault raised;

struct thread *kernel_fault(enum fault_kind kind, word_t a, word_t b, word_t c)
{
    raised = (struct fault){ kind, { a, b, c } };
    return NULL;
}

static enum break_reason stopped;
static vaddr_t stopped_at;

struct thread *kernel_debug(enum break_reason reason, vaddr_t accessed)
{
    stopped = reason;
    stopped_at = accessed;
    return NULL;
}

static word_t refused;

struct thread *kernel_fpu_trap(word_t number)
{
    refused = number;
    return NULL;
}

const char *test_complaint(void) { return ""; }
const char *test_log(void) { return ""; }

static unsigned bits_of(unsigned level) { return 39 - 9 * level; }

static pte_t leaf(unsigned level, rights_t rights, unsigned kind, bool never)
{
    static const struct mem mems[] = { { .kind = MEM_NORMAL }, { .kind = MEM_DEVICE }, { .kind = MEM_UNCACHED } };
    struct mem mem = mems[kind];

    mem.never_execute = never;
    return arch_pte_leaf(bits_of(level), 0x7fc0000000, rights, mem);
}

TEST(no_entry_is_writable_and_executable_nor_ever_executable_by_the_kernel)
{
    for (unsigned level = 1; level < ARCH_PT_LEVELS; level++)
        for (rights_t rights = 0; rights <= RIGHT_ALL; rights++)
            for (unsigned kind = 0; kind < 3; kind++)
                for (unsigned never = 0; never < 2; never++) {
                    const pte_t pte = leaf(level, rights, kind, never);

                    CHECK_EQUAL(arch_pte_kind(pte, bits_of(level)), PTE_LEAF);
                    CHECK_EQUAL(arch_pte_addr(pte), 0x7fc0000000);
                    CHECK(!(arch_pte_writable(pte) && arch_pte_executable(pte)));
                    CHECK(pte & PTE_PXN && pte & PTE_NOT_GLOBAL && pte & PTE_ACCESSED);
                    CHECK_EQUAL(!(pte & PTE_USER), !(rights & RIGHT_READ));
                    CHECK_EQUAL(arch_pte_writable(pte), (rights & 3) == 3);
                    CHECK_EQUAL(arch_pte_executable(pte), (rights & 3) == RIGHT_READ && kind != MEM_DEVICE && !never);
                }
}

TEST(entries_are_what_the_architecture_calls_tables_blocks_and_pages)
{
    CHECK_EQUAL(arch_pte_kind(0, 39), PTE_HOLE);
    CHECK_EQUAL(arch_pte_kind(arch_pte_table(0x12345000), 39), PTE_TABLE);
    CHECK_EQUAL(arch_pte_table(0x12345000), 0x12345003);
    CHECK_EQUAL(leaf(1, RIGHT_ALL, 0, false) & 3, 1);
    CHECK_EQUAL(leaf(2, RIGHT_ALL, 0, false) & 3, 1);
    CHECK_EQUAL(leaf(3, RIGHT_ALL, 0, false) & 3, 3);
    CHECK_EQUAL(leaf(3, RIGHT_READ | RIGHT_WRITE, 0, false), 0x7fc0000000 | 1ul << 54 | 1ul << 53 | 0xf47);
    CHECK_EQUAL(leaf(3, RIGHT_READ, 0, false), 0x7fc0000000 | 1ul << 53 | 0xfc7);
    CHECK_EQUAL(leaf(3, RIGHT_READ, 1, false), 0x7fc0000000 | 3ul << 53 | 0xcc3);
}

TEST(a_context_has_the_order_of_libsel4)
{
    struct arch_frame f;
    word_t context[ARCH_REGS];

    arch_frame_init(&f, 100, 101, 102);
    for (unsigned i = 1; i < 31; i++)
        f.x[i] = 200 + i;
    f.tls = 300;
    f.tls_ro = 301;
    f.pstate = 0x60000000;
    arch_frame_export(&f, context);
    CHECK(context[0] == 100 && context[1] == 101 && context[2] == 0x60000000 && context[3] == 102);
    CHECK(context[11] == 208 && context[12] == 216 && context[14] == 218 && context[15] == 229 && context[16] == 230);
    CHECK(context[17] == 209 && context[23] == 215 && context[24] == 219 && context[33] == 228);
    CHECK(context[34] == 300 && context[35] == 301);
}

TEST(no_register_that_user_mode_may_not_choose_is_imported)
{
    struct arch_frame f, g;
    word_t context[ARCH_REGS];

    memset(context, 0xff, sizeof context);
    arch_frame_init(&f, 1, 2, 3);
    arch_frame_import(&f, context, ARCH_REGS);
    CHECK_EQUAL(f.pstate, 0xf0000000);
    arch_frame_init(&g, 1, 2, 3);
    f = g;
    arch_frame_import(&g, context, 0);
    CHECK(!memcmp(&f, &g, sizeof f));
    arch_frame_import(&g, context, 2);
    CHECK(g.pc == UINT64_MAX && g.restart == UINT64_MAX && g.sp == UINT64_MAX && g.x[0] == 3);
}

static struct thread t;
static word_t words[64];

static word_t message(enum fault_kind kind)
{
    arch_frame_init(&t.frame, 0x1004, 0x2000, 50);
    t.frame.restart = 0x1000;
    t.frame.pstate = 0x20000000;
    t.fault = (struct fault){ kind, { 11, 12, 13 } };
    return arch_fault_message(&t, words);
}

TEST(fault_messages_have_the_order_of_libsel4)
{
    CHECK_EQUAL(message(FAULT_UNKNOWN_SYSCALL), 13);
    CHECK(words[0] == 50 && words[8] == 0x1000 && words[9] == 0x2000 && words[10] == 0x1004 &&
          words[11] == 0x20000000 && words[12] == 11);
    CHECK_EQUAL(message(FAULT_USER_EXCEPTION), 5);
    CHECK(words[0] == 0x1004 && words[1] == 0x2000 && words[2] == 0x20000000 && words[3] == 11 && words[4] == 12);
    CHECK_EQUAL(message(FAULT_VM), 4);
    CHECK(words[0] == 0x1004 && words[1] == 11 && words[2] == 12 && words[3] == 13);
}

TEST(an_empty_reply_to_an_unknown_system_call_makes_it_again)
{
    message(FAULT_UNKNOWN_SYSCALL);
    arch_fault_reply(&t, words, 0);
    CHECK(t.frame.pc == 0x1000 && t.frame.x[0] == 50);
}

TEST(a_reply_changes_as_many_registers_as_it_is_long)
{
    message(FAULT_UNKNOWN_SYSCALL);
    for (unsigned i = 0; i < 13; i++)
        words[i] = 0xf000000000000000 | i | 0x40000000;
    arch_fault_reply(&t, words, 8);
    CHECK(t.frame.x[7] == words[7] && t.frame.pc == 0x1000);
    arch_fault_reply(&t, words, 9);
    CHECK(t.frame.pc == words[8] && t.frame.sp == 0x2000);
    arch_fault_reply(&t, words, 13);
    CHECK(t.frame.sp == words[9] && t.frame.x[30] == 0 && (t.frame.pstate & ~PSTATE_STEP) == 0x40000000);
    message(FAULT_VM);
    arch_fault_reply(&t, words, 13);
    CHECK(t.frame.pc == 0x1004 && t.frame.x[0] == 50);
    message(FAULT_USER_EXCEPTION);
    arch_fault_reply(&t, (const word_t[]){ 1, 2, UINT64_MAX, 4, 5 }, 5);
    CHECK(t.frame.pc == 1 && t.frame.sp == 2 && t.frame.pstate == 0xf0000000 && t.frame.x[0] == 50);
}

TEST(syndromes_become_faults)
{
    arch_fault_enter(0x24ul << 26 | 0x47, 0x1234);
    CHECK(raised.kind == FAULT_VM && raised.words[0] == 0x1234 && !raised.words[1] &&
          raised.words[2] == (0x24ul << 26 | 0x47));
    arch_fault_enter(0x20ul << 26 | 7, 0x5678);
    CHECK(raised.kind == FAULT_VM && raised.words[0] == 0x5678 && raised.words[1] == 1);
    arch_fault_enter(0, 0);
    CHECK_EQUAL(raised.kind, FAULT_USER_EXCEPTION);
    raised.kind = FAULT_NONE;
    arch_fault_enter(0x07ul << 26, 0);
    CHECK(raised.kind == FAULT_NONE && refused == 0x07ul << 26);
    arch_fault_enter(0x30ul << 26, 0);
    CHECK_EQUAL(stopped, BREAK_INSTRUCTION);
    arch_fault_enter(0x32ul << 26, 0);
    CHECK_EQUAL(stopped, BREAK_STEP);
    arch_fault_enter(0x34ul << 26, 0x9a);
    CHECK(stopped == BREAK_DATA && stopped_at == 0x9a);
    arch_fault_enter(0x3cul << 26 | 7, 0);
    CHECK_EQUAL(stopped, BREAK_SOFTWARE);
    CHECK_EQUAL(raised.kind, FAULT_NONE);
}
