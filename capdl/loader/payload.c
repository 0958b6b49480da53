/* SPDX-License-Identifier: BSD-2-Clause
 * Payload: what the image tool put beside the loader, in a read-only segment: the spec and the archive of programs.
 *
 *   PAYLOAD ─▶ spec offset, spec bytes, archive offset, archive bytes; then both, from page boundaries */
#include "loader.h"

#include <string.h>

#define PAYLOAD 0x10000000

struct payload {
    uint64_t spec_offset, spec_bytes, archive_offset, archive_bytes;
};

enum { DIGITS_MAX = 10 };

static char *decimal(uint32_t number, char digits[DIGITS_MAX + 1])
{
    char *first = &digits[DIGITS_MAX];

    *first = 0;
    do {
        *--first = (char)('0' + number % 10);
        number /= 10;
    } while (number);
    return first;
}

static _Noreturn void fail_fault(struct loader *loader, const struct spec_fault *fault)
{
    char digits[DIGITS_MAX + 1], where[64] = "";

    strncat(where, fault->record, 40);
    strcat(where, " ");
    strcat(where, decimal(fault->index, digits));
    loader_fail(loader, where, fault->what);
}

void step_payload(struct loader *loader)
{
    const struct payload *payload = (const struct payload *)PAYLOAD;
    const uint8_t *base = (const uint8_t *)PAYLOAD;
    struct spec_fault fault;

    if (!spec_open(&loader->spec, base + payload->spec_offset, payload->spec_bytes, &fault))
        fail_fault(loader, &fault);
    loader->archive = (struct archive){ .bytes = base + payload->archive_offset, .size = payload->archive_bytes };
}
