/* SPDX-License-Identifier: BSD-2-Clause
 * Spec: opening it. The directory first, then every field of every record by the rule that records.def gives it.
 *
 * `owned` counts, for each section, the records that an owner was found for: the next owner's must follow. So nothing
 * is shared, nothing is left over, and each record is looked at a fixed number of times whatever the bytes say. */
#include "spec.h"

#include <string.h>

enum rule { RULE_ANY, RULE_MAX, RULE_STRING, RULE_KIND, RULE_DETAIL, RULE_OBJECT, RULE_MAYBE, RULE_CAP, RULE_MAYBE_CAP,
            RULE_MAYBE_END, RULE_LIST, RULE_REFERENCES, RULE_COUNT };

#define ARGUMENT_ANY(argument)        RULE_ANY, argument
#define ARGUMENT_MAX(argument)        RULE_MAX, argument
#define ARGUMENT_STRING(argument)     RULE_STRING, argument
#define ARGUMENT_KIND(argument)       RULE_KIND, argument
#define ARGUMENT_DETAIL(argument)     RULE_DETAIL, argument
#define ARGUMENT_OBJECT(argument)     RULE_OBJECT, KIND_##argument
#define ARGUMENT_MAYBE(argument)      RULE_MAYBE, KIND_##argument
#define ARGUMENT_CAP(argument)        RULE_CAP, KIND_##argument
#define ARGUMENT_MAYBE_CAP(argument)  RULE_MAYBE_CAP, KIND_##argument
#define ARGUMENT_MAYBE_END(argument)  RULE_MAYBE_END, argument
#define ARGUMENT_LIST(argument)       RULE_LIST, SPEC_##argument
#define ARGUMENT_REFERENCES(argument) RULE_REFERENCES, KIND_##argument
#define ARGUMENT_COUNT(argument)      RULE_COUNT, argument

struct field {
    const char *name;
    size_t offset, bytes;
    enum rule rule;
    uint32_t argument;
};

#define CONSTANT(name, value)
#define BEGIN(section, record) static const struct field record##_fields[] = {
#define FIELD(record, type, name, rule, argument)                                                                      \
    { #name, offsetof(struct spec_##record, name), sizeof(spec_##type), ARGUMENT_##rule(argument) },
#define END(section, record) };
#include "records.def"
#undef BEGIN
#undef FIELD
#undef END

static const struct {
    const char *name;
    size_t bytes;
    const struct field *fields;
    size_t field_count;
} records[SPEC_SECTIONS] = {
#define BEGIN(section, record)                                                                                         \
    { #record, sizeof(struct spec_##record), record##_fields, sizeof record##_fields / sizeof record##_fields[0] },
#define FIELD(record, type, name, rule, argument)
#define END(section, record)
#include "records.def"
};
#undef CONSTANT
#undef BEGIN
#undef FIELD
#undef END

#define KIND(name, word, type, section) SPEC_##section,
#define REGION(name, word)
#define BIT(name, value)
#define NAME(name, word)
static const enum spec_section sections_of_kinds[] = {
#include "objects.def"
};
#undef KIND
#undef REGION
#undef BIT
#undef NAME

struct check {
    const struct spec *spec;
    uint32_t owned[SPEC_SECTIONS];
};

static bool take(struct check *check, enum spec_section section, uint64_t first, uint64_t count)
{
    if (first != check->owned[section] || count > check->spec->counts[section] - first)
        return false;
    check->owned[section] += (uint32_t)count;
    return true;
}

static bool is_string(const struct spec *spec, uint64_t offset)
{
    if (offset >= spec->counts[SPEC_STRINGS])
        return false;
    const char *string = spec_string(spec, (uint32_t)offset);
    const uint64_t left = spec->counts[SPEC_STRINGS] - offset;
    const uint64_t longest = left < SPEC_STRING_MAX + 1 ? left : SPEC_STRING_MAX + 1;

    for (uint64_t i = 0; i < longest; i++) {
        if (string[i] == 0)
            return true;
        if ((unsigned char)string[i] > 0x7f)
            return false;
    }
    return false;
}

static bool is_object(const struct spec *spec, uint64_t object, uint32_t kind)
{
    return object < spec->counts[SPEC_OBJECTS] &&
           (kind == KIND_EVERY_KIND || spec_object(spec, (uint32_t)object)->kind == kind);
}

static bool is_cap(struct check *check, uint64_t cap, uint32_t kind)
{
    return take(check, SPEC_CAPS, cap, 1) && is_object(check->spec, spec_cap(check->spec, (uint32_t)cap)->object, kind);
}

static bool is_detail(struct check *check, uint64_t detail, uint32_t kind)
{
    const enum spec_section section = sections_of_kinds[kind];

    return section == SPEC_STRINGS ? detail == 0 : take(check, section, detail, 1);
}

static bool are_references(struct check *check, uint64_t first, uint64_t count, uint32_t kind)
{
    if (!take(check, SPEC_REFERENCES, first, count))
        return false;
    for (uint64_t i = first; i < first + count; i++)
        if (!is_object(check->spec, spec_reference_object(check->spec, (uint32_t)i), kind))
            return false;
    return true;
}

static uint64_t load(const uint8_t *record, const struct field *field)
{
    uint32_t word;
    uint64_t value;

    if (field->bytes == sizeof value) {
        memcpy(&value, record + field->offset, sizeof value);
        return value;
    }
    memcpy(&word, record + field->offset, sizeof word);
    return word;
}

/* A list's count is the next field; an object's kind is the record's first. */
static bool field_holds(struct check *check, const uint8_t *record, const struct field *field)
{
    const uint64_t value = load(record, field);

    switch (field->rule) {
    case RULE_ANY:
    case RULE_COUNT:
        return true;
    case RULE_MAX:
        return value <= field->argument;
    case RULE_STRING:
        return is_string(check->spec, value);
    case RULE_KIND:
        return value < KIND_EVERY_KIND;
    case RULE_DETAIL:
        return is_detail(check, value, ((const struct spec_object *)(const void *)record)->kind);
    case RULE_OBJECT:
        return is_object(check->spec, value, field->argument);
    case RULE_MAYBE:
        return value == SPEC_NONE || is_object(check->spec, value, field->argument);
    case RULE_CAP:
        return is_cap(check, value, field->argument);
    case RULE_MAYBE_CAP:
        return value == SPEC_NONE || is_cap(check, value, field->argument);
    case RULE_MAYBE_END:
        return value == SPEC_NONE || take(check, SPEC_ENDS, value, 1);
    case RULE_LIST:
        return take(check, (enum spec_section)field->argument, value, load(record, field + 1));
    case RULE_REFERENCES:
        return are_references(check, value, load(record, field + 1), field->argument);
    }
    return false;
}

static bool is_wrong(struct spec_fault *fault, const char *record, uint32_t index, const char *what)
{
    *fault = (struct spec_fault){ .record = record, .index = index, .what = what };
    return false;
}

static bool section_holds(struct check *check, enum spec_section section, struct spec_fault *fault)
{
    for (uint32_t i = 0; i < check->spec->counts[section]; i++) {
        const uint8_t *record = (const uint8_t *)check->spec->rows[section] + i * records[section].bytes;

        for (size_t f = 0; f < records[section].field_count; f++)
            if (!field_holds(check, record, &records[section].fields[f]))
                return is_wrong(fault, records[section].name, i, records[section].fields[f].name);
    }
    return true;
}

static bool header_holds(const struct spec_header *header, size_t size)
{
    return size >= sizeof *header && header->magic == SPEC_MAGIC && header->version == SPEC_VERSION &&
           header->sections == SPEC_SECTIONS && header->bytes == size;
}

static bool find_sections(struct spec *spec, const struct spec_header *header, size_t size, struct spec_fault *fault)
{
    uint64_t end = sizeof *header;

    for (uint32_t i = 0; i < SPEC_SECTIONS; i++) {
        const uint64_t offset = header->directory[i].offset, count = header->directory[i].count;

        end = (end + 7) & ~(uint64_t)7;
        if (offset != end || offset > size || count >= SPEC_NONE || count > (size - offset) / records[i].bytes)
            return is_wrong(fault, records[i].name, 0, "section");
        spec->rows[i] = (const uint8_t *)header + offset;
        spec->counts[i] = (uint32_t)count;
        end = offset + count * records[i].bytes;
    }
    return end == size || is_wrong(fault, "header", 0, "bytes behind the last section");
}

bool spec_open(struct spec *spec, const void *bytes, size_t size, struct spec_fault *fault)
{
    struct check check = { .spec = spec };

    if ((uintptr_t)bytes % _Alignof(struct spec_header) != 0 || !header_holds(bytes, size))
        return is_wrong(fault, "header", 0, "not a spec of this version and length");
    if (!find_sections(spec, bytes, size, fault))
        return false;
    for (enum spec_section section = SPEC_OBJECTS; section < SPEC_STRINGS; section++)
        if (!section_holds(&check, section, fault))
            return false;
    for (enum spec_section section = SPEC_OBJECTS + 1; section < SPEC_STRINGS; section++)
        if (check.owned[section] != spec->counts[section])
            return is_wrong(fault, records[section].name, check.owned[section], "belongs to nothing");
    return spec_rules_hold(spec, fault);
}
