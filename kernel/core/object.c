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

struct cap object_create(enum object_type type, unsigned size_bits, void *memory, word_t count, bool device)
{
    for (word_t i = 0; type == OBJ_TCB && i < count; i++)
        thread_init((void *)((uint8_t *)memory + (i << OBJECT_BITS_TCB)));
    for (word_t i = 0; type == OBJ_VSPACE && i < count; i++)
        arch_vspace_init((void *)((uint8_t *)memory + (i << OBJECT_BITS_VSPACE)));
    return (struct cap){
        .type = objects[type].cap,
        .rights = cap_type_rights(objects[type].cap),
        .size_bits = (uint8_t)(objects[type].bits ? objects[type].bits : size_bits),
        .flags = device ? CAP_DEVICE : 0,
        .object = memory,
    };
}
