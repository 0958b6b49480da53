/* SPDX-License-Identifier: BSD-2-Clause */
#include "device_tree.h"

enum {                                  /* words of the header, in bytes */
    HEADER_MAGIC = 0, HEADER_TOTAL = 4, HEADER_STRUCTURE = 8, HEADER_STRINGS = 12, HEADER_RESERVED = 16,
    HEADER_OLDEST_READER = 24, HEADER_STRINGS_BYTES = 32, HEADER_STRUCTURE_BYTES = 36, HEADER_BYTES = 40,
};
enum { TOKEN_BEGIN_NODE = 1, TOKEN_END_NODE = 2, TOKEN_PROPERTY = 3, TOKEN_NOTHING = 4, TOKEN_END = 9 };
enum { VERSION = 17, RESERVED_ENTRY = 16, DEPTH_MAX = 32 };
#define DEVICE_TREE_MAGIC 0xd00dfeedu

struct block { const uint8_t *start; size_t bytes; };

struct cells { uint32_t address, size; };       /* words of an address and of a length, in a node's children's reg */

/* What is known of a node whose end was not read yet. */
struct node {
    bool memory, reserved_parent, disabled;
    struct cells cells;                         /* of its children */
    struct block reg;
};

struct reader {
    struct block structure, strings;
    size_t at;                                  /* in structure, a multiple of 4, <= bytes */
    unsigned depth;                             /* nodes that are open: the root is nodes[1] */
    struct node nodes[DEPTH_MAX + 1];
    struct device_tree *tree;
};

BOOT static uint32_t word_at(const uint8_t *p)
{
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

BOOT static uint64_t number_at(const uint8_t *p, uint32_t words)
{
    return words == 2 ? (uint64_t)word_at(p) << 32 | word_at(p + 4) : word_at(p);
}

BOOT static bool block_within(const uint8_t *blob, size_t total, uint32_t offset, uint32_t bytes, struct block *block)
{
    if (offset > total || bytes > total - offset)
        return false;
    *block = (struct block){ blob + offset, bytes };
    return true;
}

/* The text at offset; null if it does not end inside the block. */
BOOT static const uint8_t *text_at(struct block block, size_t offset)
{
    for (size_t i = offset; i < block.bytes; i++)
        if (!block.start[i])
            return block.start + offset;
    return NULL;
}

/* Where text goes on behind the start that it has in common with expected; null if that is not all of expected. */
BOOT static const uint8_t *behind(const uint8_t *text, const char *expected)
{
    while (*expected)
        if (*text++ != (uint8_t)*expected++)
            return NULL;
    return text;
}

BOOT static bool same(const uint8_t *text, const char *expected)
{
    const uint8_t *end = behind(text, expected);

    return end && !*end;
}

BOOT static bool value_is(struct block value, const char *expected)
{
    return value.bytes && !value.start[value.bytes - 1] && same(value.start, expected);
}

BOOT static bool range_add(struct memory_range *ranges, unsigned *count, uint64_t start, uint64_t bytes)
{
    if (!bytes)
        return true;
    if (*count == DEVICE_TREE_RANGES || start + bytes < start)
        return false;
    ranges[(*count)++] = (struct memory_range){ start, start + bytes };
    return true;
}

BOOT static bool reg_add(struct block reg, struct cells cells, struct memory_range *ranges, unsigned *count)
{
    const size_t entry = 4ul * (cells.address + cells.size);

    if (!reg.bytes)
        return true;
    if (cells.address < 1 || cells.address > 2 || cells.size < 1 || cells.size > 2 || reg.bytes % entry)
        return false;
    for (size_t at = 0; at < reg.bytes; at += entry)
        if (!range_add(ranges, count, number_at(reg.start + at, cells.address),
                       number_at(reg.start + at + 4ul * cells.address, cells.size)))
            return false;
    return true;
}

BOOT static bool node_begin(struct reader *r)
{
    const uint8_t *name = text_at(r->structure, r->at), *end = name;

    if (!name || r->depth == DEPTH_MAX)
        return false;
    r->nodes[++r->depth] = (struct node){
        .memory = same(name, "memory") || behind(name, "memory@"),
        .reserved_parent = same(name, "reserved-memory"),
        .cells = { 2, 1 },
    };
    while (*end)
        end++;
    r->at += ((size_t)(end - name) + 4) & ~3ul;         /* the text, its end, padding */
    return r->at <= r->structure.bytes;
}

BOOT static bool node_end(struct reader *r)
{
    const struct node *node = &r->nodes[r->depth];
    struct device_tree *tree = r->tree;

    if (!r->depth)
        return false;
    r->depth--;
    if (r->depth == 1 && node->memory && !node->disabled)
        return reg_add(node->reg, node[-1].cells, tree->memory, &tree->memory_count);
    if (r->depth == 2 && node[-1].reserved_parent)
        return reg_add(node->reg, node[-1].cells, tree->reserved, &tree->reserved_count);
    return true;
}

BOOT static void property_keep(struct node *node, const uint8_t *name, struct block value)
{
    if (value.bytes == 4 && same(name, "#address-cells"))
        node->cells.address = word_at(value.start);
    if (value.bytes == 4 && same(name, "#size-cells"))
        node->cells.size = word_at(value.start);
    if (same(name, "reg"))
        node->reg = value;
    if (same(name, "device_type"))
        node->memory = value_is(value, "memory");
    if (same(name, "status"))
        node->disabled = !value_is(value, "okay") && !value_is(value, "ok");
}

BOOT static bool property(struct reader *r)
{
    if (!r->depth || r->structure.bytes - r->at < 8)
        return false;

    const uint8_t *const header = r->structure.start + r->at, *const name = text_at(r->strings, word_at(header + 4));
    const struct block value = { header + 8, word_at(header) };

    r->at += 8;
    if (!name || value.bytes > r->structure.bytes - r->at)
        return false;
    property_keep(&r->nodes[r->depth], name, value);
    r->at += (value.bytes + 3) & ~3ul;
    return r->at <= r->structure.bytes;
}

/* Every token is at least 4 bytes, so the block's size bounds the loop. */
BOOT static bool structure_read(struct reader *r)
{
    while (r->structure.bytes - r->at >= 4) {
        const uint32_t token = word_at(r->structure.start + r->at);

        r->at += 4;
        if (token == TOKEN_END)
            return !r->depth;
        if (token == TOKEN_BEGIN_NODE ? !node_begin(r)
            : token == TOKEN_END_NODE ? !node_end(r)
            : token == TOKEN_PROPERTY ? !property(r)
                                      : token != TOKEN_NOTHING)
            return false;
    }
    return false;
}

/* The block of reserved ranges ends with an empty one. *end: the offset behind it. */
BOOT static bool reserved_read(const uint8_t *blob, size_t total, struct device_tree *tree, size_t *end)
{
    size_t at = word_at(blob + HEADER_RESERVED);

    while (at <= total && total - at >= RESERVED_ENTRY) {
        const uint64_t start = number_at(blob + at, 2), bytes = number_at(blob + at + 8, 2);

        at += RESERVED_ENTRY;
        if (!start && !bytes) {
            *end = at;
            return true;
        }
        if (!range_add(tree->reserved, &tree->reserved_count, start, bytes))
            return false;
    }
    return false;
}

BOOT static size_t later(size_t a, size_t b)
{
    return a > b ? a : b;
}

BOOT bool device_tree_read(const void *blob, size_t limit, struct device_tree *tree)
{
    static struct reader r;                     /* large, and boot runs once */
    const uint8_t *const start = blob;
    size_t total, reserved_end;

    r.at = 0;
    r.depth = 0;
    r.tree = tree;
    *tree = (struct device_tree){ 0 };
    if (limit < HEADER_BYTES || word_at(start + HEADER_MAGIC) != DEVICE_TREE_MAGIC)
        return false;
    total = word_at(start + HEADER_TOTAL);
    if (total < HEADER_BYTES || total > limit || word_at(start + HEADER_OLDEST_READER) > VERSION)
        return false;
    if (!block_within(start, total, word_at(start + HEADER_STRUCTURE), word_at(start + HEADER_STRUCTURE_BYTES),
                      &r.structure) ||
        !block_within(start, total, word_at(start + HEADER_STRINGS), word_at(start + HEADER_STRINGS_BYTES),
                      &r.strings) ||
        !reserved_read(start, total, tree, &reserved_end))
        return false;
    tree->bytes = later(reserved_end, later((size_t)(r.structure.start - start) + r.structure.bytes,
                                            (size_t)(r.strings.start - start) + r.strings.bytes));
    tree->bytes = later(tree->bytes, HEADER_BYTES);
    return structure_read(&r);
}

BOOT void device_tree_set_bytes(void *blob, size_t bytes)
{
    uint8_t *const total = (uint8_t *)blob + HEADER_TOTAL;

    for (unsigned i = 0; i < 4; i++)
        total[i] = (uint8_t)(bytes >> (24 - 8 * i));
}
