/* SPDX-License-Identifier: BSD-2-Clause
 * Endings: which end belongs to which capability type. Each is in its object's file. */
#include "delete.h"

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
