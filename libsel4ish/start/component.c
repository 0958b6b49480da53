/* SPDX-License-Identifier: BSD-2-Clause
 * Start of a component: from pages as the loader left them to main. Until thread_start returns nothing may use .data,
 * thread-local variables or system calls. */
#include <string.h>

#include <sel4ish/event.h>
#include <sel4ish/run.h>
#include <sel4ish/tls.h>

#include "../src/heap.h"
#include "../src/own_config.h"
#include "../src/output.h"
#include "../src/stop.h"
#include "start.h"

extern const char __data_image[];
extern char __data_start[], __data_end[], __tls_block[];

_Noreturn void sel4ish_component_start(const struct sel4ish_config *config);

/* A component of the boot phase says that it has done its work; it will be deleted with all that it has. */
static void done_signal(void)
{
    const struct sel4ish_entry *done = sel4ish_find(SEL4ISH_CAP, "done");

    if (done)
        seL4_Signal(done->v[0]);
}

_Noreturn void sel4ish_component_start(const struct sel4ish_config *config)
{
    memcpy(__data_start, __data_image, (size_t)(__data_end - __data_start));
    thread_pointer_set(sel4ish_tls_make(__tls_block));
    if (!sel4ish_config_valid(config, CONFIG_LIMIT))
        sel4ish_stop_fault();           /* no name, no IPC buffer, nobody to tell but the fault handler */
    seL4_SetIPCBuffer((seL4_IPCBuffer *)config->ipc_buffer);
    own_config_set(config);
    sel4ish_heap_set(config->heap_start, config->heap_end);
    constructors_run();
    main(0, NULL);
    sel4ish_output_finish_line();
    done_signal();
    sel4ish_park();
}
