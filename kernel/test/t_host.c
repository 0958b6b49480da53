/* SPDX-License-Identifier: BSD-2-Clause
 * The host machine's own model: what it must find, it finds. (Elsewhere a finding fails the test.) */
#include "../arch/host/host.h"
#include "test.h"

#include <string.h>
#include <unistd.h>

enum { PAGE = 4096, ASID = 7 };
#define TABLES (HOST_RAM_BASE + 0x100000ul)
#define FRAME  (HOST_RAM_BASE + 0x200000ul)
#define VA     0x400000ul

static pte_t *leaf;

/* One page at VA, through four tables. */
static void map(rights_t rights, struct mem mem)
{
    host_reset();
    memset(arch_pointer(TABLES), 0, 4 * PAGE);
    memset(arch_pointer(FRAME), 0, PAGE);
    for (unsigned level = 0; level < 3; level++) {
        const unsigned shift = ARCH_PAGE_BITS + ARCH_PT_BITS * (3 - level);

        ((pte_t *)arch_pointer(TABLES + level * PAGE))[VA >> shift & 511] = arch_pte_table(TABLES + (level + 1) * PAGE);
    }
    leaf = (pte_t *)arch_pointer(TABLES + 3 * PAGE) + (VA >> ARCH_PAGE_BITS & 511);
    *leaf = arch_pte_leaf(12, FRAME, rights, mem);
    arch_vspace_enter(TABLES, ASID);
}

/* The test's end would count the finding against it: leave here when it is the expected one. */
static void expect_finding(const char *what)
{
    CHECK_EQUAL(host_findings(), 1);
    CHECK(strstr(host_finding(), what));
    _exit(0);
}

static const struct mem normal = { .kind = MEM_NORMAL }, uncached = { .kind = MEM_UNCACHED };
static const rights_t read_only = RIGHT_READ, read_write = RIGHT_READ | RIGHT_WRITE;

TEST(a_mapped_page_is_read_written_and_fetched_as_its_entry_says)
{
    uint32_t value = 5;

    map(read_write, normal);
    CHECK(host_store(VA, &value, 4));
    CHECK_EQUAL(*(uint32_t *)arch_pointer(FRAME), 5);
    CHECK(host_load(VA, &value, 4) && !host_fetch(VA, &value, 4));
    CHECK(!host_load(VA + PAGE, &value, 4) && !host_load(VA + PAGE - 2, &value, 4));
    map(read_only, normal);
    CHECK(!host_store(VA, &value, 4) && host_fetch(VA, &value, 4));
    map(read_only, (struct mem){ .kind = MEM_NORMAL, .never_execute = true });
    CHECK(host_load(VA, &value, 4) && !host_fetch(VA, &value, 4));
    map(RIGHT_WRITE, normal);
    CHECK(!host_load(VA, &value, 4) && !host_store(VA, &value, 4));
}

TEST(an_access_after_unmapping_without_a_flush_succeeds_and_is_found)
{
    uint32_t value;

    map(read_write, normal);
    CHECK(host_load(VA, &value, 4));
    *leaf = 0;
    CHECK(host_load(VA, &value, 4));
    expect_finding("a translation that the tables do not hold");
}

TEST(an_access_after_unmapping_with_a_flush_faults)
{
    uint32_t value;

    map(read_write, normal);
    CHECK(host_load(VA, &value, 4));
    *leaf = 0;
    arch_tlb_flush_page(ASID, VA + 8);
    CHECK(!host_load(VA, &value, 4));
    *leaf = arch_pte_leaf(12, FRAME, read_write, normal);
    CHECK(host_load(VA, &value, 4));
    *leaf = 0;
    arch_tlb_flush_asid(ASID);
    CHECK(!host_load(VA, &value, 4));
}

TEST(a_flush_of_another_asid_does_not_help)
{
    uint32_t value;

    map(read_write, normal);
    CHECK(host_load(VA, &value, 4));
    *leaf = 0;
    arch_tlb_flush_asid(ASID + 1);
    arch_tlb_flush_page(ASID + 1, VA);
    CHECK(host_load(VA, &value, 4));
    expect_finding("a translation that the tables do not hold");
}

TEST(code_that_was_written_and_not_published_is_found_when_it_is_fetched)
{
    const uint32_t code = 0xd503201f;
    uint32_t fetched;

    map(read_only, normal);
    memcpy(arch_pointer(FRAME), &code, 4);
    arch_code_publish(arch_pointer(FRAME), 4);
    CHECK(host_fetch(VA, &fetched, 4) && fetched == code && !host_findings());
    *(uint32_t *)arch_pointer(FRAME) = 0;
    CHECK(host_fetch(VA, &fetched, 4) && fetched == code);
    expect_finding("never published");
}

TEST(an_uncached_load_of_what_was_not_cleaned_is_found)
{
    uint32_t value;

    map(read_write, uncached);
    *(uint32_t *)arch_pointer(FRAME) = 9;
    arch_cache_clean(arch_pointer(FRAME), PAGE);
    CHECK(host_load(VA, &value, 4) && value == 9);
    value = 10;
    CHECK(host_store(VA, &value, 4));
    CHECK_EQUAL(*(uint32_t *)arch_pointer(FRAME), 9);
    arch_cache_invalidate(arch_pointer(FRAME), PAGE);
    CHECK_EQUAL(*(uint32_t *)arch_pointer(FRAME), 10);
    *(uint32_t *)arch_pointer(FRAME) = 11;
    CHECK(host_load(VA, &value, 4) && value == 10);
    expect_finding("still in the cache");
}

TEST(a_registers_context_survives_export_and_import)
{
    struct arch_frame f, g;
    word_t context[ARCH_REGS];

    for (word_t i = 0; i < ARCH_REGS; i++)
        context[i] = i + 1;
    arch_frame_init(&f, 0, 0, 0);
    arch_frame_import(&f, context, ARCH_REGS);
    arch_frame_export(&f, context);
    arch_frame_init(&g, 0, 0, 0);
    arch_frame_import(&g, context, ARCH_REGS);
    CHECK(!memcmp(&f, &g, sizeof f));
    CHECK_EQUAL(f.restart, f.pc);
    arch_frame_import(&g, (word_t[]){ 100, 200 }, 1);
    CHECK(g.pc == 100 && g.sp == f.sp);
}
