/* SPDX-License-Identifier: BSD-2-Clause
 * Spec: the binary capDL spec, read in place. records.def says what is in it, docs/capdl.md what it means.
 *
 * Invariant: after spec_open has returned true every offset, index, count and list in the bytes is inside them and of
 * the right kind, and every rule of spec_rules.c holds, so the accessors below need no check. The bytes must not
 * change and must outlive the spec. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "records are read in place");

typedef uint8_t spec_u8;
typedef uint32_t spec_u32;
typedef uint64_t spec_u64;

#define CONSTANT(name, value) static const uint64_t SPEC_##name = value;
#define BEGIN(section, record) struct spec_##record {
#define FIELD(record, type, name, rule, argument) spec_##type name;
#define END(section, record) };
#include "records.def"
#undef CONSTANT
#undef BEGIN
#undef FIELD
#undef END

enum spec_section {
#define CONSTANT(name, value)
#define BEGIN(section, record) SPEC_##section,
#define FIELD(record, type, name, rule, argument)
#define END(section, record)
#include "records.def"
#undef CONSTANT
#undef BEGIN
#undef FIELD
#undef END
    SPEC_SECTIONS
};

#define KIND(name, word, type, section) KIND_##name,
#define REGION(name, word)
#define BIT(name, value)
#define NAME(name, word)
enum spec_kind {
#include "objects.def"
    KIND_EVERY_KIND     /* how many there are; in a rule: whichever */
};
#undef KIND
#undef REGION
#undef BIT
#undef NAME

#define KIND(name, word, type, section)
#define REGION(name, word) REGION_##name,
#define BIT(name, value)
#define NAME(name, word)
enum spec_region_kind {
#include "objects.def"
    REGION_KINDS
};
#undef KIND
#undef REGION
#undef BIT
#undef NAME

#define KIND(name, word, type, section)
#define REGION(name, word)
#define BIT(name, value) SPEC_##name = value,
#define NAME(name, word)
enum spec_bits {
#include "objects.def"
};
#undef KIND
#undef REGION
#undef BIT
#undef NAME

/* At the start of the bytes; offsets from there, each section at the next multiple of 8 behind the one before. */
struct spec_header {
    uint64_t magic;
    uint32_t version, sections;
    uint64_t bytes;
    struct { uint64_t offset, count; } directory[SPEC_SECTIONS];
};

struct spec {
    const void *rows[SPEC_SECTIONS];
    uint32_t counts[SPEC_SECTIONS];
};

/* Where bytes are no spec: the record, and what of it. */
struct spec_fault {
    const char *record, *what;
    uint32_t index;
};

/* Check size bytes and make *spec the way to read them. False with *fault set if they are not a spec. Time linear in
 * size. bytes must be aligned to 8. */
bool spec_open(struct spec *spec, const void *bytes, size_t size, struct spec_fault *fault)
    __attribute__((warn_unused_result));

/* The rules that need more than one field. Called by spec_open last; every index is already right. */
bool spec_rules_hold(const struct spec *spec, struct spec_fault *fault) __attribute__((warn_unused_result));

/* Record i of its section: spec_object(spec, i), spec_cap(spec, i), ... */
#define CONSTANT(name, value)
#define BEGIN(section, record)                                                                                         \
    static inline const struct spec_##record *spec_##record(const struct spec *spec, uint32_t i)                       \
    {                                                                                                                  \
        return (const struct spec_##record *)spec->rows[SPEC_##section] + i;                                           \
    }
#define FIELD(record, type, name, rule, argument)
#define END(section, record)
#include "records.def"
#undef CONSTANT
#undef BEGIN
#undef FIELD
#undef END

static inline const char *spec_string(const struct spec *spec, uint32_t offset)
{
    return (const char *)spec->rows[SPEC_STRINGS] + offset;
}

static inline const char *spec_name(const struct spec *spec, uint32_t object)
{
    return spec_string(spec, spec_object(spec, object)->name);
}

static inline uint32_t spec_reference_object(const struct spec *spec, uint32_t reference)
{
    return spec_reference(spec, reference)->object;
}
