/* SPDX-License-Identifier: BSD-2-Clause
 * Device trees, built here word by word: what is read of them, and that nothing outside them is. */
#include "../arch/device_tree.h"
#include "test.h"

#include <stdlib.h>
#include <string.h>

/* A tree under construction: structure and strings grow apart and are put together by finish. */
static struct { uint8_t structure[4096], strings[1024], reserved[256]; size_t s, t, r; } b;

static void word(uint32_t w)
{
    const uint8_t bytes[] = { (uint8_t)(w >> 24), (uint8_t)(w >> 16), (uint8_t)(w >> 8), (uint8_t)w };

    memcpy(b.structure + b.s, bytes, 4);
    b.s += 4;
}

static void text(const char *s)
{
    const size_t length = strlen(s) + 1;

    memset(b.structure + b.s, 0, (length + 3) & ~3ul);
    memcpy(b.structure + b.s, s, length);
    b.s += (length + 3) & ~3ul;
}

static void begin(const char *name) { word(1); text(name); }
static void end(void) { word(2); }

static void property_start(const char *name, size_t bytes)
{
    word(3);
    word((uint32_t)bytes);
    word((uint32_t)b.t);
    strcpy((char *)b.strings + b.t, name);
    b.t += strlen(name) + 1;
}

static void words(const char *name, unsigned count, const uint32_t *values)
{
    property_start(name, count * 4ul);
    for (unsigned i = 0; i < count; i++)
        word(values[i]);
}
#define WORDS(name, ...) words(name, sizeof((uint32_t[]){ __VA_ARGS__ }) / 4, (uint32_t[]){ __VA_ARGS__ })

static void string(const char *name, const char *value)
{
    property_start(name, strlen(value) + 1);
    text(value);
}

static void put(uint8_t *at, size_t value)
{
    for (unsigned i = 0; i < 4; i++)
        at[i] = (uint8_t)(value >> (24 - 8 * i));
}

static void reserve(uint32_t start, uint32_t bytes)
{
    memset(b.reserved + b.r, 0, 16);
    put(b.reserved + b.r + 4, start);
    put(b.reserved + b.r + 12, bytes);
    b.r += 16;
}

/* On the heap, so that a read behind the end is found by the sanitizer. slack: claimed, unused bytes at the end. */
static uint8_t *finish(size_t slack, size_t *total)
{
    uint8_t *blob;

    reserve(0, 0);
    *total = 40 + b.r + b.s + b.t + slack;
    blob = calloc(1, *total);
    put(blob, 0xd00dfeed);
    put(blob + 4, *total);
    put(blob + 8, 40 + b.r);
    put(blob + 12, 40 + b.r + b.s);
    put(blob + 16, 40);
    put(blob + 20, 17);
    put(blob + 24, 16);
    put(blob + 32, b.t);
    put(blob + 36, b.s);
    memcpy(blob + 40, b.reserved, b.r);
    memcpy(blob + 40 + b.r, b.structure, b.s);
    memcpy(blob + 40 + b.r + b.s, b.strings, b.t);
    return blob;
}

static uint8_t *machine(size_t slack, size_t *total)
{
    memset(&b, 0, sizeof b);
    begin("");
    WORDS("#address-cells", 2);
    WORDS("#size-cells", 2);
    begin("memory@40000000");
    WORDS("reg", 0, 0x40000000, 0, 0x40000000, 1, 0, 0, 0x200000);
    string("device_type", "memory");
    end();
    begin("secure");
    string("device_type", "memory");
    string("status", "disabled");
    WORDS("reg", 0, 0xe000000, 0, 0x1000000);
    end();
    begin("reserved-memory");
    WORDS("#address-cells", 1);
    WORDS("#size-cells", 1);
    begin("firmware@50000000");
    WORDS("reg", 0x50000000, 0x3000);
    end();
    end();
    begin("cpus");
    begin("memory@1");
    WORDS("reg", 1);
    end();
    end();
    end();
    word(9);
    reserve(0x60000000, 0x1000);
    return finish(slack, total);
}

static struct device_tree tree;

TEST(memory_and_both_kinds_of_reservation_are_read_from_a_tree)
{
    size_t total;
    uint8_t *blob = machine(0, &total);

    CHECK(device_tree_read(blob, total, &tree));
    CHECK_EQUAL(tree.memory_count, 2);
    CHECK_EQUAL(tree.memory[0].start, 0x40000000);
    CHECK_EQUAL(tree.memory[0].end, 0x80000000);
    CHECK_EQUAL(tree.memory[1].start, 0x100000000);
    CHECK_EQUAL(tree.memory[1].end, 0x100200000);
    CHECK_EQUAL(tree.reserved_count, 2);
    CHECK_EQUAL(tree.reserved[0].start, 0x60000000);
    CHECK_EQUAL(tree.reserved[1].start, 0x50000000);
    CHECK_EQUAL(tree.reserved[1].end, 0x50003000);
    free(blob);
}

TEST(the_used_part_of_a_tree_is_what_its_blocks_fill_not_what_it_claims)
{
    size_t total;
    uint8_t *blob = machine(100000, &total);

    CHECK(device_tree_read(blob, total, &tree));
    CHECK_EQUAL(tree.bytes, total - 100000);
    device_tree_set_bytes(blob, tree.bytes);
    CHECK(device_tree_read(blob, tree.bytes, &tree));
    CHECK_EQUAL(tree.bytes, total - 100000);
    free(blob);
}

TEST(a_tree_larger_than_its_limit_is_refused)
{
    size_t total;
    uint8_t *blob = machine(0, &total);

    CHECK(!device_tree_read(blob, total - 1, &tree));
    CHECK(!device_tree_read(blob, 39, &tree));
    CHECK(!device_tree_read(blob, 0, &tree));
    free(blob);
}

TEST(a_range_that_wraps_makes_a_tree_malformed)
{
    size_t total;
    uint8_t *blob;

    memset(&b, 0, sizeof b);
    begin("");
    WORDS("#address-cells", 2);
    WORDS("#size-cells", 2);
    begin("memory");
    WORDS("reg", 0xffffffff, 0xfffff000, 0, 0x2000);
    end();
    end();
    word(9);
    blob = finish(0, &total);
    CHECK(!device_tree_read(blob, total, &tree));
    free(blob);
}

TEST(nodes_nested_without_end_make_a_tree_malformed)
{
    size_t total;
    uint8_t *blob;

    memset(&b, 0, sizeof b);
    for (unsigned i = 0; i < 200; i++)
        begin("a");
    for (unsigned i = 0; i < 200; i++)
        end();
    word(9);
    blob = finish(0, &total);
    CHECK(!device_tree_read(blob, total, &tree));
    free(blob);
}

TEST(every_tree_with_a_part_cut_off_is_refused)
{
    size_t total;
    uint8_t *blob = machine(0, &total);

    for (size_t cut = 1; cut < total; cut++) {
        uint8_t *part = malloc(total - cut);

        memcpy(part, blob, total - cut);
        if (total - cut >= 8)
            put(part + 4, total - cut);
        CHECK(!device_tree_read(part, total - cut, &tree));
        free(part);
    }
    free(blob);
}

/* The sanitizers and the counts are what is checked: any answer is right. */
TEST(no_tree_with_changed_bytes_leads_outside_its_memory)
{
    size_t total;
    uint8_t *blob = machine(16, &total);
    uint32_t random = 12345;

    for (unsigned round = 0; round < 20000; round++) {
        uint8_t *changed = malloc(total);

        memcpy(changed, blob, total);
        for (unsigned i = 0; i < 1 + round % 4; i++) {
            random = random * 1664525 + 1013904223;
            changed[(random >> 8) % total] = (uint8_t)(random >> 3 & 1 ? random >> 24 : 0xff);
        }
        if (device_tree_read(changed, total, &tree)) {
            CHECK(tree.bytes <= total);
            CHECK(tree.memory_count <= DEVICE_TREE_RANGES && tree.reserved_count <= DEVICE_TREE_RANGES);
            for (unsigned i = 0; i < tree.memory_count; i++)
                CHECK(tree.memory[i].start <= tree.memory[i].end);
        }
        free(changed);
    }
    free(blob);
}
