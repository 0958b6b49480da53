/* SPDX-License-Identifier: BSD-2-Clause
 * The play, with a fuzzer's bytes in chance's place: build with clang, FLAVOUR=clang. Each input is a world. What the
 * kernel keeps outside of memory, which booting does not clear, lies in a section of its own (sections.h) and is put back. */
#include "host.h"

#include "../../arch/host/host.h"
#include "../test.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

enum { STEPS = 3000 };

extern uint8_t __start_kernel_bss[], __stop_kernel_bss[];
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

void test_check(bool ok, const char *condition, const char *file, int line)
{
    if (ok)
        return;
    fprintf(stderr, "%s:%d: %s\n", file, line, condition);
    abort();
}

void test_equal(unsigned long a, unsigned long b, const char *condition, const char *file, int line)
{
    test_check(a == b, condition, file, line);
}

/* Between the variables lies what the sanitizer watches over: so not by memcpy, which it watches too. */
__attribute__((no_sanitize("address", "undefined"))) static void copy(volatile uint8_t *to, const uint8_t *from, size_t n)
{
    for (size_t i = 0; i < n; i++)
        to[i] = from[i];
}

static void put_back(void)
{
    static uint8_t *kept;
    const size_t bytes = (size_t)(__stop_kernel_bss - __start_kernel_bss);

    if (kept) {
        copy(__start_kernel_bss, kept, bytes);
        return;
    }
    kept = malloc(bytes);
    if (!kept)
        abort();
    copy(kept, __start_kernel_bss, bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    static struct host_play h;
    static struct table table;
    struct chance chance = { .state = 1, .next = bytes, .end = bytes + length };

    put_back();
    host_play_begin(&h, &table, &chance);
    for (unsigned i = 0; i < STEPS && !chance_ended(&chance); i++)
        host_play_step(&h);
    return 0;
}
