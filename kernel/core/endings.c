/* SPDX-License-Identifier: BSD-2-Clause
 * Endings: which end belongs to which capability type. Each is in its object's file. */
#include "delete.h"

#include "../object/interface.h"
#include "../object/registry.h"
#include "thread.h"

const struct object_end *const object_ends[CAP_COUNT] = {
    [CAP_TCB] = &tcb_end,
    [CAP_ENDPOINT] = &endpoint_end,
    [CAP_NOTIFICATION] = &notification_end,
    [CAP_CNODE] = &cnode_end,
    [CAP_SC] = &sc_end,
    [CAP_REPLY] = &reply_end,
    [CAP_FRAME] = &frame_end,
    [CAP_PAGE_TABLE] = &page_table_end,
    [CAP_VSPACE] = &vspace_end,
    [CAP_ASID_POOL] = &asid_pool_end,
    [CAP_IRQ_HANDLER] = &irq_handler_end,
    [CAP_REGISTRY] = &registry_end,
    [CAP_INTERFACE] = &interface_end,
    [CAP_PROVIDER] = &provider_end,
    [CAP_CONNECTION] = &connection_end,
    [CAP_CLIENT] = &client_end,
};

const struct object_slots object_slots[CAP_COUNT] = {
    [CAP_TCB] = { offsetof(struct thread, slots), THREAD_SLOTS },
    [CAP_CNODE] = { 0, SLOTS_RADIX },
    [CAP_REGISTRY] = { offsetof(struct registry, slots), REGISTRY_SLOTS },
    [CAP_INTERFACE] = { offsetof(struct interface, slots), INTERFACE_SLOTS },
    [CAP_CONNECTION] = { offsetof(struct connection, slots), CONNECTION_SLOTS },
};
