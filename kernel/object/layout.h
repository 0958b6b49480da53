/* SPDX-License-Identifier: BSD-2-Clause
 * Layout: which pages a connection of an interface has, at which offsets, and who may do what with each.
 *
 * Invariants: regions are in order of their offsets and do not overlap; each offset is a multiple of its page size; the
 * first region starts at 0 and holds the header; data and code pages are at most LAYOUT_PAGES each; window is the end
 * of the last region, rounded up to the largest page. Pages are numbered in order of regions, data and code apart. */
#pragma once

#include "../core/abi.h"

enum region_kind { REGION_CLIENT_READS, REGION_SHARED, REGION_PROVIDER_READS, REGION_CODE, REGION_KINDS };
enum side { SIDE_PROVIDER, SIDE_CLIENT, SIDES };

enum { LAYOUT_REGIONS = 8, LAYOUT_PAGES = 64 };

struct region {
    word_t offset;
    uint16_t count;                 /* pages; at least 1 */
    uint8_t size_bits;              /* of one page */
    uint8_t kind;                   /* enum region_kind */
};

struct layout {
    struct region regions[LAYOUT_REGIONS];
    uint8_t count;
    uint8_t largest_bits;           /* of any page */
    uint16_t data_pages, code_pages;
    word_t window;                  /* bytes */
};

struct page {
    word_t offset;
    uint8_t size_bits;
    uint8_t kind;
};

/* Append a region as two message words say it (see InterfaceConfigure). On an error the layout must be thrown away. */
seL4_Error layout_add(struct layout *layout, word_t offset, word_t shape, bool shared_header) MUST_USE;
/* Page n of the data or of the code pages; n < data_pages or code_pages. */
struct page layout_page(const struct layout *layout, bool code, unsigned n);
/* What a side may do with pages of a kind; 0: the side does not see them. */
rights_t layout_rights(enum region_kind kind, enum side side);
