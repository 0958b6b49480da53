/* SPDX-License-Identifier: BSD-2-Clause
 * Rows: system calls that reach no other thread. */
#include "bench.h"
#include "world.h"

/* Entry, decode, exit. */
static void null_send(seL4_Word took[REPETITIONS])
{
    for (unsigned i = 0; i < REPETITIONS; i++) {
        const seL4_Word start = cycles();

        seL4_NBSend(seL4_CapNull, message(0));
        took[i] = cycles() - start;
    }
}

static void null_call(seL4_Word took[REPETITIONS])
{
    for (unsigned i = 0; i < REPETITIONS; i++) {
        const seL4_Word start = cycles();
        const seL4_MessageInfo_t answer = seL4_Call(seL4_CapNull, message(0));

        took[i] = cycles() - start;
        check(seL4_MessageInfo_get_label(answer) == seL4_InvalidCapability ? seL4_NoError : seL4_InvalidCapability, "null");
    }
}

static void get_address(seL4_Word took[REPETITIONS])
{
    const seL4_CPtr frame = make(seL4_ARM_SmallPageObject, 0);

    for (unsigned i = 0; i < REPETITIONS; i++) {
        const seL4_Word start = cycles();
        const seL4_ARM_Page_GetAddress_t answer = seL4_ARM_Page_GetAddress(frame);

        took[i] = cycles() - start;
        check((seL4_Error)answer.error, "get an address");
    }
}

const struct row call_rows[] = {
    { "null_send", null_send },
    { "null_call", null_call },
    { "get_address", get_address },
    { 0 },
};
