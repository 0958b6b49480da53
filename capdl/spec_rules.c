/* SPDX-License-Identifier: BSD-2-Clause
 * The rules of a spec that need more than one field: order, alignment, extent. rules.py says them for Python; a test
 * holds the two against each other. */
#include "spec.h"

#include <string.h>

#define USER_TOP    (UINT64_C(1) << 47)
#define PADDR_TOP   (UINT64_C(1) << 48)
#define TABLE_BYTES (UINT64_C(1) << 21)
#define LARGE_TABLE_BYTES (UINT64_C(1) << 30)

enum { REGIONS_MAX = 8, GUARD_BITS = 58 /* room for a guard in seL4_CNode_CapData */ };

static bool is_frame_size(uint32_t size_bits)
{
    return size_bits == 12 || size_bits == 21 || size_bits == 30;
}

/* A letter, then letters, digits and _ . @ / # - */
static bool is_name(const char *name)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    static const char others[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.@/#-";

    return name[0] != 0 && strspn(name, letters) > 0 && name[strspn(name, others)] == 0;
}

static bool is_file_name(const char *name)
{
    for (const char *c = name; *c; c++)
        if (*c < ' ' || *c > '~')
            return false;
    return name[0] != 0;
}

static const char *cap_rule(const struct spec *spec, const struct spec_cap *cap)
{
    if (cap->guard >> (cap->guard_bits < GUARD_BITS ? cap->guard_bits : GUARD_BITS) != 0)
        return "guard";
    if (cap->guard_bits != 0 && spec_object(spec, cap->object)->kind != KIND_CNODE)
        return "guard of what is no cnode";
    return NULL;
}

static const char *cnode_rule(const struct spec *spec, const struct spec_cnode *cnode)
{
    if (cnode->size_bits < 1)
        return "bits";
    for (uint32_t i = 0; i < cnode->slot_count; i++) {
        const uint32_t slot = spec_slot(spec, cnode->slots + i)->slot;

        if (slot >= UINT32_C(1) << cnode->size_bits)
            return "slot beyond the end";
        if (i > 0 && slot <= spec_slot(spec, cnode->slots + i - 1)->slot)
            return "order of slots";
    }
    return NULL;
}

static const char *frame_rule(const struct spec *spec, const struct spec_frame *frame)
{
    if (!is_frame_size(frame->size_bits))
        return "bits";
    const uint64_t bytes = UINT64_C(1) << frame->size_bits;
    if (frame->paddr % bytes != 0 || frame->paddr >= PADDR_TOP || (frame->paddr && !(frame->flags & SPEC_FRAME_FIXED)))
        return "physical address";
    if (frame->flags & SPEC_FRAME_DEVICE && (!(frame->flags & SPEC_FRAME_FIXED) || frame->fill_count > 0))
        return "device";
    for (uint32_t i = 0; i < frame->fill_count; i++) {
        const struct spec_fill *fill = spec_fill(spec, frame->fills + i);

        if (fill->length < 1 || (uint64_t)fill->frame_offset + fill->length > bytes || fill->file_offset >> 63 ||
            !is_file_name(spec_string(spec, fill->file)))
            return "content";
    }
    return NULL;
}

static const char *tables_rule(const struct spec *spec, uint32_t first, uint32_t count, uint64_t bytes)
{
    for (uint32_t i = 0; i < count; i++) {
        const uint64_t vaddr = spec_table(spec, first + i)->vaddr;

        if (vaddr % bytes != 0 || vaddr >= USER_TOP)
            return "place of a table";
        if (i > 0 && vaddr <= spec_table(spec, first + i - 1)->vaddr)
            return "order of tables";
    }
    return NULL;
}

static const char *vspace_rule(const struct spec *spec, const struct spec_vspace *vspace)
{
    uint64_t end = 0;

    for (uint32_t i = 0; i < vspace->mapping_count; i++) {
        const struct spec_mapping *mapping = spec_mapping(spec, vspace->mappings + i);
        const struct spec_frame *frame = spec_frame(spec, spec_object(spec, mapping->frame)->detail);
        const uint64_t bytes = is_frame_size(frame->size_bits) ? UINT64_C(1) << frame->size_bits : 1;
        const uint32_t access = mapping->flags & ~(uint32_t)SPEC_MAP_UNCACHED;

        if (mapping->vaddr % bytes != 0 || mapping->vaddr < end || mapping->vaddr > USER_TOP - bytes)
            return "place of a mapping";
        if (access != SPEC_MAP_READ && access != (SPEC_MAP_READ | SPEC_MAP_WRITE) &&
            access != (SPEC_MAP_READ | SPEC_MAP_EXECUTE))
            return "access of a mapping";
        end = mapping->vaddr + bytes;
    }
    const char *what = tables_rule(spec, vspace->tables, vspace->table_count, TABLE_BYTES);
    return what ? what : tables_rule(spec, vspace->large_tables, vspace->large_table_count, LARGE_TABLE_BYTES);
}

static const char *sched_context_rule(const struct spec_sched_context *context)
{
    return context->budget_us == 0 || context->budget_us > context->period_us ? "budget" : NULL;
}

static const char *tcb_rule(const struct spec *spec, const struct spec_tcb *tcb)
{
    const char *component = spec_string(spec, tcb->component);

    if (tcb->buffer_frame == SPEC_NONE && tcb->buffer_vaddr != 0)
        return "IPC buffer";
    return component[0] != 0 && !is_name(component) ? "component" : NULL;
}

static const char *end_rule(const struct spec *spec, uint32_t index)
{
    if (index == SPEC_NONE)
        return NULL;
    const struct spec_end *end = spec_end(spec, index);
    const struct spec_cnode *cnode = spec_cnode(spec, spec_object(spec, end->cnode)->detail);

    return end->slot >= UINT32_C(1) << cnode->size_bits ? "slot beyond the end" : NULL;
}

static const char *interface_rule(const struct spec *spec, const struct spec_interface *interface)
{
    if (interface->id < 1 || interface->version < 1)
        return "id or version";
    if (interface->region_count < 1 || interface->region_count > REGIONS_MAX)
        return "number of regions";
    for (uint32_t i = 0; i < interface->region_count; i++) {
        const struct spec_region *region = spec_region(spec, interface->regions + i);

        if (!is_frame_size(region->size_bits) || region->count < 1 || region->offset >= USER_TOP ||
            region->offset % (UINT64_C(1) << region->size_bits) != 0)
            return "region";
    }
    return end_rule(spec, interface->provider);
}

static const char *connection_rule(const struct spec *spec, const struct spec_connection *connection)
{
    return connection->label < 1 ? "label" : end_rule(spec, connection->client);
}

static const char *object_rule(const struct spec *spec, const struct spec_object *object)
{
    switch (object->kind) {
    case KIND_CNODE:
        return cnode_rule(spec, spec_cnode(spec, object->detail));
    case KIND_FRAME:
        return frame_rule(spec, spec_frame(spec, object->detail));
    case KIND_VSPACE:
        return vspace_rule(spec, spec_vspace(spec, object->detail));
    case KIND_SCHED_CONTEXT:
        return sched_context_rule(spec_sched_context(spec, object->detail));
    case KIND_TCB:
        return tcb_rule(spec, spec_tcb(spec, object->detail));
    case KIND_INTERFACE:
        return interface_rule(spec, spec_interface(spec, object->detail));
    case KIND_CONNECTION:
        return connection_rule(spec, spec_connection(spec, object->detail));
    default:
        return NULL;
    }
}

static const char *name_rule(const struct spec *spec, uint32_t i)
{
    if (!is_name(spec_name(spec, i)))
        return "name";
    if (i > 0 && strcmp(spec_name(spec, i - 1), spec_name(spec, i)) >= 0)
        return "order of names";
    return NULL;
}

bool spec_rules_hold(const struct spec *spec, struct spec_fault *fault)
{
    for (uint32_t i = 0; i < spec->counts[SPEC_OBJECTS]; i++) {
        const char *what = name_rule(spec, i);

        what = what ? what : object_rule(spec, spec_object(spec, i));
        if (what) {
            *fault = (struct spec_fault){ .record = "object", .index = i, .what = what };
            return false;
        }
    }
    for (uint32_t i = 0; i < spec->counts[SPEC_CAPS]; i++) {
        const char *what = cap_rule(spec, spec_cap(spec, i));

        if (what) {
            *fault = (struct spec_fault){ .record = "cap", .index = i, .what = what };
            return false;
        }
    }
    return true;
}
