/* SPDX-License-Identifier: BSD-2-Clause
 * Events: badge bits of the component's inbox. Which bit means what is in the entries of the config.
 * Invariant: a bit that arrived is returned once: by sel4ish_event_wait, or by whoever waited for it in particular. */
#pragma once

#include <sel4/sel4.h>

/* Sleeps until there is at least one bit; returns and forgets all there are. */
seL4_Word sel4ish_event_wait(void);
/* The same without sleeping; 0: none. */
seL4_Word sel4ish_event_poll(void);
/* Sleeps until one of these arrives; other bits are kept for the two above. */
seL4_Word sel4ish_event_wait_for(seL4_Word bits);
/* Puts bits back. A component that receives on an endpoint hands over here what arrived through its bound inbox. */
void sel4ish_event_keep(seL4_Word bits);
