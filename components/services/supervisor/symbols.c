/* SPDX-License-Identifier: BSD-2-Clause
 * Symbols: see symbols.h. */
#include "symbols.h"

#include <stdbool.h>
#include <string.h>

struct head { uint32_t magic, programs; };
struct program { char name[SYMBOLS_NAME]; uint32_t count, offset; };
struct function { uint64_t address; uint32_t size, name; };

static bool read(const struct symbols *symbols, uint64_t offset, void *into, size_t bytes)
{
    if (offset > symbols->bytes || bytes > symbols->bytes - offset)
        return false;
    memcpy(into, symbols->table + offset, bytes);
    return true;
}

static bool find_program(const struct symbols *symbols, const char *component, struct program *program)
{
    struct head head;

    if (!read(symbols, 0, &head, sizeof head) || head.magic != SYMBOLS_MAGIC)
        return false;
    for (uint32_t i = 0; i < head.programs; i++) {
        if (!read(symbols, sizeof head + (uint64_t)i * sizeof *program, program, sizeof *program))
            return false;
        if (strncmp(program->name, component, SYMBOLS_NAME) == 0)
            return true;
    }
    return false;
}

/* The last function that starts at or before the address. */
static bool find_function(const struct symbols *symbols, const struct program *program, uint64_t address,
                          struct function *function)
{
    uint32_t low = 0, high = program->count;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        if (!read(symbols, program->offset + (uint64_t)middle * sizeof *function, function, sizeof *function))
            return false;
        if (function->address <= address)
            low = middle + 1;
        else
            high = middle;
    }
    return low > 0 &&
           read(symbols, program->offset + (uint64_t)(low - 1) * sizeof *function, function, sizeof *function);
}

const char *symbols_find(const struct symbols *symbols, const char *component, uint64_t address, uint64_t *into)
{
    struct program program;
    struct function function;

    if (!find_program(symbols, component, &program) || !find_function(symbols, &program, address, &function))
        return NULL;
    *into = address - function.address;
    if ((function.size && *into >= function.size) || function.name >= symbols->bytes)
        return NULL;
    if (!memchr(symbols->table + function.name, 0, symbols->bytes - function.name))
        return NULL;
    return (const char *)symbols->table + function.name;
}
