/* SPDX-License-Identifier: BSD-2-Clause */
#include "layout.h"

#include "../arch/arch.h"

enum { SHAPE_KIND_SHIFT = 8, SHAPE_COUNT_SHIFT = 16, SHAPE_BITS = 32 };

static const rights_t rights_of[REGION_KINDS][SIDES] = {
    [REGION_CLIENT_READS]   = { [SIDE_PROVIDER] = RIGHT_READ | RIGHT_WRITE, [SIDE_CLIENT] = RIGHT_READ },
    [REGION_SHARED]         = { [SIDE_PROVIDER] = RIGHT_READ | RIGHT_WRITE, [SIDE_CLIENT] = RIGHT_READ | RIGHT_WRITE },
    [REGION_PROVIDER_READS] = { [SIDE_PROVIDER] = RIGHT_READ, [SIDE_CLIENT] = RIGHT_READ | RIGHT_WRITE },
    [REGION_CODE]           = { [SIDE_PROVIDER] = 0, [SIDE_CLIENT] = RIGHT_READ },
};

rights_t layout_rights(enum region_kind kind, enum side side)
{
    return rights_of[kind][side];
}

static bool page_size(word_t bits)
{
    return bits >= ARCH_PAGE_BITS && bits <= ARCH_PAGE_BITS + 2 * ARCH_PT_BITS &&
           (bits - ARCH_PAGE_BITS) % ARCH_PT_BITS == 0;
}

static word_t region_end(const struct region *r)
{
    return r->offset + ((word_t)r->count << r->size_bits);
}

/* The client relies on what the header says, so it must not be able to spoil it, unless the interface asks for that. */
static bool header_kind(enum region_kind kind, bool shared_header)
{
    return kind == (shared_header ? REGION_SHARED : REGION_CLIENT_READS);
}

static bool shape_valid(word_t shape)
{
    const word_t bits = shape & 0xff, kind = (shape >> SHAPE_KIND_SHIFT) & 0xff;
    const word_t count = shape >> SHAPE_COUNT_SHIFT & 0xffff;

    return shape >> SHAPE_BITS == 0 && page_size(bits) && kind < REGION_KINDS && count > 0 && count <= LAYOUT_PAGES;
}

seL4_Error layout_add(struct layout *layout, word_t offset, word_t shape, bool shared_header)
{
    const bool header = layout->count == 0;

    if (layout->count == LAYOUT_REGIONS || !shape_valid(shape))
        return seL4_InvalidArgument;

    const struct region r = {
        .offset = offset, .count = (uint16_t)(shape >> SHAPE_COUNT_SHIFT), .size_bits = (uint8_t)shape,
        .kind = (uint8_t)(shape >> SHAPE_KIND_SHIFT),
    };
    const word_t page = (word_t)1 << r.size_bits;
    const unsigned data = layout->data_pages + (r.kind == REGION_CODE ? 0u : r.count);
    const unsigned code = layout->code_pages + (r.kind == REGION_CODE ? r.count : 0u);

    if (header && (offset != 0 || !header_kind(r.kind, shared_header)))
        return seL4_InvalidArgument;
    if (offset % page)
        return seL4_AlignmentError;
    if (offset >= ARCH_USER_TOP || region_end(&r) > ARCH_USER_TOP || data > LAYOUT_PAGES || code > LAYOUT_PAGES)
        return seL4_RangeError;
    if (!header && offset < region_end(&layout->regions[layout->count - 1]))
        return seL4_RangeError;

    layout->regions[layout->count++] = r;
    layout->data_pages = (uint16_t)data;
    layout->code_pages = (uint16_t)code;
    if (r.size_bits > layout->largest_bits)
        layout->largest_bits = r.size_bits;
    const word_t largest = (word_t)1 << layout->largest_bits;
    layout->window = (region_end(&r) + largest - 1) & ~(largest - 1);
    return seL4_NoError;
}

struct page layout_page(const struct layout *layout, bool code, unsigned n)
{
    const struct region *r = layout->regions;

    for (; (r->kind == REGION_CODE) != code || n >= r->count; r++)
        if ((r->kind == REGION_CODE) == code)
            n -= r->count;
    return (struct page){.offset = r->offset + ((word_t)n << r->size_bits), .size_bits = r->size_bits, .kind = r->kind};
}
