/* SPDX-License-Identifier: BSD-2-Clause
 * Findings, and the machine's debug channel. */
#define _DEFAULT_SOURCE
#include "internal.h"

#include <stdio.h>
#include <stdlib.h>

enum { OUTPUT_BYTES = 16384 };

static unsigned findings;
static char first[128];
static char output[OUTPUT_BYTES];
static size_t output_length;
static void (*halted)(void);

void host_finding_reset(void)
{
    findings = 0;
    first[0] = 0;
    output_length = 0;
    output[0] = 0;
    halted = NULL;
}

void host_find(const char *what, word_t where)
{
    if (!findings++)
        snprintf(first, sizeof first, "%s: %#lx", what, where);
}

unsigned host_findings(void) { return findings; }
const char *host_finding(void) { return first; }
const char *host_output(void) { return output; }
void host_expect_halt(void (*handler)(void)) { halted = handler; }

void arch_putc(char c)
{
    if (output_length + 1 == OUTPUT_BYTES)
        output_length = 0;      /* what comes last is what somebody wants to know */
    output[output_length++] = c;
    output[output_length] = 0;
}

_Noreturn void arch_halt(void)
{
    if (halted)
        halted();
    fprintf(stderr, "the kernel halted: %s\n", output);
    abort();
}

_Noreturn void arch_idle(void)
{
    abort();        /* the harness returns to the test instead */
}
