/* SPDX-License-Identifier: BSD-2-Clause
 * Row: a page fault that its handler, in another address space, answers: the access is made again, and faults again. What is
 * counted goes from one fault's arrival at the handler to the next one's. */
#include "bench.h"
#include "peer.h"
#include "world.h"

#define NOTHING_IS_HERE 0x50000000ul

static seL4_CPtr faults, reply, done;
static volatile seL4_Word arrived[REPETITIONS + 1];

static void access_for_ever(void)
{
    for (;;)
        *(volatile seL4_Word *)NOTHING_IS_HERE;
}

static void handle(void)
{
    seL4_Recv(faults, NULL, reply);
    for (unsigned i = 0; i < REPETITIONS; i++) {
        arrived[i] = cycles();
        seL4_ReplyRecv(faults, message(0), NULL, reply);
    }
    arrived[REPETITIONS] = cycles();
    seL4_Signal(done);
    seL4_Recv(faults, NULL, seL4_CapNull);      /* never answered again */
}

static void fault(seL4_Word took[REPETITIONS])
{
    faults = make(seL4_EndpointObject, 0);
    reply = make(seL4_ReplyObject, 0);
    done = make(seL4_NotificationObject, 0);
    peer_make_passive(peer_start(handle, (struct peer_kind){ .vspace = other_space(), .priority = PRIORITY_HIGH }));
    peer_start(access_for_ever, (struct peer_kind){ .vspace = seL4_CapInitThreadVSpace, .priority = PRIORITY_LOW,
                                                    .fault_endpoint = faults });
    seL4_Wait(done, NULL);
    for (unsigned i = 0; i < REPETITIONS; i++)
        took[i] = arrived[i + 1] - arrived[i];
}

const struct row fault_rows[] = {
    { "fault", fault },
    { 0 },
};
