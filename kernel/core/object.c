/* SPDX-License-Identifier: BSD-2-Clause
 * Object: a piece of zeroed memory that became something. For most types zeros are a valid, idle object. */
#include "object.h"

#include "../arch/arch.h"
#include "derive.h"
#include "thread.h"

static const struct { uint8_t bits, cap; } objects[OBJ_COUNT] = {
#define ROW(object, type) [OBJ_##object] = { OBJECT_BITS_##object, CAP_##type }
    ROW(UNTYPED, UNTYPED),
    ROW(TCB, TCB),
    ROW(ENDPOINT, ENDPOINT),
    ROW(NOTIFICATION, NOTIFICATION),
    ROW(CNODE, CNODE),
    ROW(SC, SC),
    ROW(REPLY, REPLY),
    ROW(FRAME_HUGE, FRAME),
    ROW(FRAME_LARGE, FRAME),
    ROW(FRAME_SMALL, FRAME),
    ROW(PAGE_TABLE, PAGE_TABLE),
    ROW(VSPACE, VSPACE),
    ROW(REGISTRY, REGISTRY),
    ROW(INTERFACE, INTERFACE),
    ROW(CONNECTION, CONNECTION),
#undef ROW
};

unsigned object_bits(enum object_type type, unsigned size_bits)
{
    if (type == OBJ_CNODE)
        return size_bits + (unsigned)SLOT_BITS;
    return objects[type].bits ? objects[type].bits : size_bits;
}

/* The objects that are not idle when they are zero. */
APART static void initialise(enum object_type type, uint8_t *memory, word_t count)
{
    for (; count; count--, memory += (size_t)1 << objects[type].bits)
        if (type == OBJ_TCB)
            thread_init((void *)memory);
        else
            arch_vspace_init((void *)memory);
}

struct cap object_create(enum object_type type, unsigned size_bits, void *memory, word_t count, bool device)
{
    if (type == OBJ_TCB || type == OBJ_VSPACE)
        initialise(type, memory, count);
    return (struct cap){
        .type = objects[type].cap,
        .rights = cap_type_rights(objects[type].cap),
        .size_bits = (uint8_t)(objects[type].bits ? objects[type].bits : size_bits),
        .flags = device ? CAP_DEVICE : 0,
        .object = memory,
    };
}
