/* SPDX-License-Identifier: BSD-2-Clause */
#include "connection.h"

#include "../core/delete.h"
#include "../core/derivation.h"
#include "../core/memory.h"
#include "interface.h"

enum { HEADER_READY = 0, HEADER_BASE_LOW = 1, HEADER_BASE_HIGH = 2 };   /* 32-bit words of the first page */

/* ---- what a connection is made of */

seL4_Error connection_fix_client(struct invocation *inv)
{
    struct connection *c = inv->slot->cap.object;

    return party_fix(&c->client, c->slots, inv);
}

seL4_Error connection_provide_frame(struct invocation *inv)
{
    struct connection *c = inv->slot->cap.object;
    struct slot *from = inv->caps[0];
    const seL4_Error error = frame_check_sole(from);

    /* Check everything ... */
    if (error == seL4_InvalidCapability)
        return inv_bad_cap(inv, 1);
    if (error)
        return error;
    if ((from->cap.rights & (RIGHT_READ | RIGHT_WRITE)) != (RIGHT_READ | RIGHT_WRITE))
        return inv_bad_cap(inv, 1);
    if (c->frames == LAYOUT_PAGES)
        return inv_memory(inv, 0);

    /* ... then change. */
    frame_consume(connection_frame(c, c->frames), from, c, CONSUMER_CONNECTION);
    c->frames++;
    return seL4_NoError;
}

void frame_consume(struct slot *to, struct slot *from, void *consumer, uint32_t kind)
{
    struct cap cap = from->cap;

    cap.flags |= CAP_CONSUMED;
    cap.extra = (word_t)(uintptr_t)consumer;
    cap.aux = kind;
    derivation_move(to, &cap, from);
}

bool connection_matches(struct connection *c, const struct layout *layout)
{
    if (c->broken || c->frames != layout->data_pages)
        return false;
    for (unsigned n = 0; n < layout->data_pages; n++)
        if (connection_frame(c, n)->cap.size_bits != layout_page(layout, false, n).size_bits)
            return false;
    return true;
}

bool connection_available(const struct connection *c)
{
    return !c->broken && !c->held && (c->state == CONNECTION_FREE || c->state == CONNECTION_CLEARING);
}

/* ---- mapping */

/* Page n of the connection, data pages first, and its frame. False: the frame was revoked. */
static bool page_find(struct connection *c, unsigned n, struct page *page, const struct cap **frame)
{
    const struct layout *layout = &c->interface->layout;
    const bool code = n >= layout->data_pages;
    const unsigned m = code ? n - layout->data_pages : n;

    *page = layout_page(layout, code, m);
    *frame = code ? &interface_code(c->interface, m)->cap : &connection_frame(c, m)->cap;
    return (*frame)->type == CAP_FRAME;
}

static unsigned page_count(const struct connection *c)
{
    return c->interface->layout.data_pages + c->interface->layout.code_pages;
}

static seL4_Error check_region(const struct region *r, uint32_t tag, vaddr_t base, struct invocation *inv)
{
    unsigned missing = 0;

    switch (vspace_check_range(tag, base + r->offset, r->size_bits, r->count, &missing)) {
    case seL4_NoError:
        return seL4_NoError;
    case seL4_FailedLookup:
        return inv_missing(inv, false, missing);
    default:
        return inv_occupied(inv, 1);        /* the base */
    }
}

seL4_Error connection_check(struct connection *c, enum side side, uint32_t tag, vaddr_t base, struct invocation *inv)
{
    const struct layout *layout = &c->interface->layout;

    for (unsigned i = 0; i < layout->count; i++) {
        const struct region *r = &layout->regions[i];
        const seL4_Error error = layout_rights(r->kind, side) ? check_region(r, tag, base, inv) : seL4_NoError;

        if (error)
            return error;
    }
    return seL4_NoError;
}

/* What a side sees of it, at base: there from now on, or not any more. */
static void show(struct connection *c, enum side side, uint32_t tag, vaddr_t base, bool shown)
{
    for (unsigned n = 0; n < page_count(c); n++) {
        struct page page;
        const struct cap *frame;
        const bool there = page_find(c, n, &page, &frame);
        const rights_t rights = layout_rights(page.kind, side);
        const struct mem mem = { .kind = MEM_NORMAL, .never_execute = page.kind != REGION_CODE };
        const vaddr_t at = base + page.offset;

        if (!there || !rights)
            continue;
        if (shown)
            vspace_map(tag, at, page.size_bits, arch_paddr(frame->object), rights, mem);
        else
            vspace_unmap(tag, at, page.size_bits, arch_paddr(frame->object));
    }
}

void connection_map(struct connection *c, enum side side, uint32_t tag, vaddr_t base)
{
    show(c, side, tag, base, true);
}

static void unmap(struct connection *c, enum side side, uint32_t tag, vaddr_t base)
{
    if (tag)
        show(c, side, tag, base, false);
}

void connection_unmap_client(struct connection *c)
{
    unmap(c, SIDE_CLIENT, c->client.tag, c->client.base);
}

void connection_unmap_provider(struct connection *c)
{
    const struct interface *i = c->interface;

    unmap(c, SIDE_PROVIDER, i->provider.tag, i->provider.base + c->index * i->layout.window);
}

void connection_unmap_code(struct connection *c, unsigned n)
{
    const struct page page = layout_page(&c->interface->layout, true, n);
    const struct cap *code = &interface_code(c->interface, n)->cap;

    vspace_unmap(c->client.tag, c->client.base + page.offset, page.size_bits, arch_paddr(code->object));
}

/* A frame's capability goes by its owner's will: whoever relied on the connection has nothing left to rely on. */
static void frame_gone(struct connection *c)
{
    if (c->interface) {
        connection_unmap_client(c);
        connection_unmap_provider(c);
    }
    c->broken = true;
}

void frame_consumed_gone(struct slot *slot)
{
    void *consumer = (void *)(uintptr_t)slot->cap.extra;

    if (slot->cap.aux == CONSUMER_CONNECTION)
        frame_gone(consumer);
    else
        interface_code_gone(consumer, slot);
}

/* ---- content */

void connection_header_write(struct connection *c, vaddr_t base)
{
    const struct cap *frame = &connection_frame(c, 0)->cap;

    if (frame->type != CAP_FRAME)
        return;

    volatile uint32_t *header = frame->object;

    __atomic_store_n(&header[HEADER_READY], 0, __ATOMIC_SEQ_CST);
    header[HEADER_BASE_LOW] = (uint32_t)base;
    header[HEADER_BASE_HIGH] = (uint32_t)(base >> 32);
}

void connection_clear_begin(struct connection *c)
{
    c->state = CONNECTION_CLEARING;
    c->clear_page = 0;
    c->clear_offset = 0;
}

/* One step: true when all is zero. */
static bool clear_step(struct connection *c)
{
    const struct cap *frame = &connection_frame(c, c->clear_page)->cap;

    if (frame->type == CAP_FRAME)
        memory_zero((uint8_t *)frame->object + c->clear_offset, MEMORY_STEP_BYTES);
    c->clear_offset += MEMORY_STEP_BYTES;
    if (frame->type != CAP_FRAME || c->clear_offset >> frame->size_bits) {
        c->clear_page++;
        c->clear_offset = 0;
    }
    return c->clear_page == c->frames;
}

seL4_Error connection_clear(struct connection *c)
{
    if (c->state != CONNECTION_CLEARING)
        return seL4_NoError;
    while (!clear_step(c))
        if (preempt_pending())
            return KERNEL_PREEMPTED;
    c->state = CONNECTION_FREE;
    return seL4_NoError;
}

/* ---- ends */

seL4_Error connection_provider_left(struct connection *c)
{
    connection_unmap_provider(c);
    if (c->state == CONNECTION_LIVE || c->state == CONNECTION_ORPHANED)
        connection_header_write(c, 0);
    if (c->state == CONNECTION_LIVE) {
        c->state = CONNECTION_ORPHANED;
        party_signal(c->slots);
    }
    if (c->state == CONNECTION_DRAINING)
        connection_clear_begin(c);
    return c->held ? seL4_NoError : connection_clear(c);    /* held: the client's own end does it */
}

void connection_withdraw(struct connection *c)
{
    connection_unmap_client(c);
    connection_unmap_provider(c);
    c->client.tag = 0;
    c->state = CONNECTION_FREE;
    c->interface = NULL;
}

static void end_first(struct cap *cap)
{
    struct connection *c = cap->object;

    if (c->interface)
        connection_withdraw(c);
}

const struct object_end connection_end = { .first = end_first };
