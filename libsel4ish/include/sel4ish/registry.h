/* SPDX-License-Identifier: BSD-2-Clause
 * Registry, interface, connection: the calls that the project adds to libsel4's. Objects are made by Retype
 * (sel4ish_RegistryObject, _InterfaceObject, _ConnectionObject). docs/interfaces.md says what they mean; here stands, for
 * each call, who may make it, the order of arguments, and its errors beyond those that every call has
 * (seL4_InvalidCapability: the wrong kind of capability; seL4_FailedLookup: a slot that cannot be reached).
 *
 * An *identity* is id, version and instance in one word, sel4ish_key. Bases are virtual addresses, offsets and lengths
 * are bytes, index and depth name a slot as for CNode calls. A capability that is not given is seL4_CapNull. */
#pragma once

#include <interfaces/sel4_client.h>

typedef seL4_CPtr sel4ish_Registry;
typedef seL4_CPtr sel4ish_Interface;
typedef seL4_CPtr sel4ish_Connection;
typedef seL4_CPtr sel4ish_Provider;

/* id and version 1..65535, instance 0..255. */
LIBSEL4_INLINE_FUNC SEL4_CONST seL4_Word sel4ish_key(seL4_Word id, seL4_Word version, seL4_Word instance)
{
    return instance << 32 | id << 16 | version;
}

/* The badge that confines a registry capability to one label (1..2^24-1) and one identity. */
LIBSEL4_INLINE_FUNC SEL4_CONST seL4_Word sel4ish_registry_badge(seL4_Word label, seL4_Word key)
{
    return label << 40 | key;
}

/* ---- building: whoever holds the objects' first capabilities; the loader ---- */

/* One region of a layout: offset (a multiple of the page), pages of 2^size_bits bytes, how many, and its kind
 * (0 client-reads, 1 shared, 2 provider-reads, 3 code). */
struct sel4ish_region {
    seL4_Word offset, size_bits, kind, count;
};

/* Gives an interface its identity and layout, once. flags bit 0: the header's region is `shared`.
 * count 1..8. seL4_IllegalOperation: configured already; seL4_InvalidArgument, seL4_AlignmentError, seL4_RangeError: the
 * layout is not one. */
LIBSEL4_INLINE_FUNC seL4_Error sel4ish_Interface_Configure(sel4ish_Interface _service, seL4_Word key, seL4_Word flags,
                                                           const struct sel4ish_region *regions, seL4_Word count)
{
    seL4_Word shape0 = count ? regions[0].size_bits | regions[0].kind << 8 | regions[0].count << 16 : 0;

    for (seL4_Word i = 1; i < count && i < 8; i++) {
        seL4_SetMR((int)(2 + 2 * i), regions[i].offset);
        seL4_SetMR((int)(3 + 2 * i), regions[i].size_bits | regions[i].kind << 8 | regions[i].count << 16);
    }
    return sel4ish_invoke4(_service, sel4ish_InterfaceConfigure, 0, 2 + 2 * count, key, flags,
                           count ? regions[0].offset : 0, shape0);
}

/* Fixes where its provider will be: address space, base of connection 0, slot (index and depth in root) for the provider
 * capability, notification to signal (seL4_CapNull: none). A provider then passes 0 for these. */
LIBSEL4_INLINE_FUNC seL4_Error sel4ish_Interface_FixProvider(sel4ish_Interface _service, seL4_CPtr vspace,
                                                             seL4_Word base, seL4_CNode root, seL4_Word index,
                                                             seL4_Word depth, seL4_Notification notification)
{
    seL4_SetCap(0, vspace);
    seL4_SetCap(1, root);
    seL4_SetCap(2, notification);
    return sel4ish_invoke4(_service, sel4ish_InterfaceFixProvider, notification ? 3 : 2, 3, base, index, depth, 0);
}

/* Consumes a frame as the next page of the code region. seL4_RevokeFirst: it has copies or children; seL4_DeleteFirst: it
 * is mapped; seL4_InvalidCapability: of a device, or not of this page's size; seL4_NotEnoughMemory: the layout has no more
 * pages of code; seL4_IllegalOperation: not configured yet. */
LIBSEL4_INLINE_FUNC seL4_Error sel4ish_Interface_ProvideCode(sel4ish_Interface _service, seL4_CPtr frame)
{
    seL4_SetCap(0, frame);
    return sel4ish_invoke4(_service, sel4ish_InterfaceProvideCode, 1, 0, 0, 0, 0, 0);
}

/* Consumes a connection, complete with its frames, as that label's. */
LIBSEL4_INLINE_FUNC seL4_Error sel4ish_Interface_ProvideConnection(sel4ish_Interface _service, seL4_Word label,
                                                                   sel4ish_Connection connection)
{
    seL4_SetCap(0, connection);
    return sel4ish_invoke4(_service, sel4ish_InterfaceProvideConnection, 1, 1, label, 0, 0, 0);
}

/* As Interface_FixProvider, for a connection's client. */
LIBSEL4_INLINE_FUNC seL4_Error sel4ish_Connection_FixClient(sel4ish_Connection _service, seL4_CPtr vspace,
                                                            seL4_Word base, seL4_CNode root, seL4_Word index,
                                                            seL4_Word depth, seL4_Notification notification)
{
    seL4_SetCap(0, vspace);
    seL4_SetCap(1, root);
    seL4_SetCap(2, notification);
    return sel4ish_invoke4(_service, sel4ish_ConnectionFixClient, notification ? 3 : 2, 3, base, index, depth, 0);
}

/* Consumes a frame as the next data page, in order of regions: sizes are checked by Interface_ProvideConnection. Errors as
 * for Interface_ProvideCode; seL4_InvalidCapability also: it may not be read and written. */
LIBSEL4_INLINE_FUNC seL4_Error sel4ish_Connection_ProvideFrame(sel4ish_Connection _service, seL4_CPtr frame)
{
    seL4_SetCap(0, frame);
    return sel4ish_invoke4(_service, sel4ish_ConnectionProvideFrame, 1, 0, 0, 0, 0, 0);
}

/* Consumes an interface onto the registry's list. Needs the grant right. seL4_IllegalOperation: a provider is registered;
 * seL4_RevokeFirst: that identity is on the list. */
LIBSEL4_INLINE_FUNC seL4_Error sel4ish_Registry_Provision(sel4ish_Registry _service, sel4ish_Interface interface)
{
    seL4_SetCap(0, interface);
    return sel4ish_invoke4(_service, sel4ish_RegistryProvision, 1, 0, 0, 0, 0, 0);
}

/* Whom to signal at a thread's first denial since its counters were read. Needs the grant right. */
LIBSEL4_INLINE_FUNC seL4_Error sel4ish_Registry_SetMonitor(sel4ish_Registry _service, seL4_Notification notification)
{
    seL4_SetCap(0, notification);
    return sel4ish_invoke4(_service, sel4ish_RegistrySetMonitor, 1, 0, 0, 0, 0, 0);
}

/* ---- using: providers and clients ---- */

struct sel4ish_Registry_Base {
    int error;
    seL4_Word base;         /* 0 on any error */
};
typedef struct sel4ish_Registry_Base sel4ish_Registry_Base_t;

LIBSEL4_INLINE_FUNC sel4ish_Registry_Base_t sel4ish_registry_enter(sel4ish_Registry _service,
                                                                   enum invocation_label label, seL4_Word key,
                                                                   seL4_CPtr vspace, seL4_Word base, seL4_CNode root,
                                                                   seL4_Word index, seL4_Word depth,
                                                                   seL4_Notification notification)
{
    struct sel4ish_message m = { 0, key, base, index, depth };
    seL4_Word caps = notification ? 3 : root ? 2 : vspace ? 1 : 0;
    seL4_Error error;

    seL4_SetCap(0, vspace);
    seL4_SetCap(1, root);
    seL4_SetCap(2, notification);
    error = sel4ish_invoke(_service, label, caps, 4, &m);
    return (sel4ish_Registry_Base_t) { (int)error, error == seL4_NoError ? m.mr0 : 0 };
}

/* Becomes the provider. Needs the write right and a badge that is 0 or names that identity. vspace, base, root, index,
 * depth and notification are 0 where provisioning fixed them. Connection n is mapped at base + n windows.
 * seL4_IllegalOperation: badge or rights do not cover it; seL4_FailedLookup: a page table is missing (message register
 * 2: its bits) or (bits 0) the identity is not on the list; seL4_RevokeFirst: registered already; seL4_DeleteFirst: the
 * slot is taken or a page of the range mapped; seL4_AlignmentError, seL4_RangeError: the base. */
LIBSEL4_INLINE_FUNC sel4ish_Registry_Base_t sel4ish_Registry_Register(sel4ish_Registry _service, seL4_Word key,
                                                                      seL4_CPtr vspace, seL4_Word base, seL4_CNode root,
                                                                      seL4_Word index, seL4_Word depth,
                                                                      seL4_Notification notification)
{
    return sel4ish_registry_enter(_service, sel4ish_RegistryRegister, key, vspace, base, root, index, depth,
                                  notification);
}

/* Becomes a client. Needs the read right and a badge as above; answers the base, header zeroed and base written, the
 * provider signalled. Arguments and errors as for Register, and: seL4_FailedLookup with bits 0: nobody is registered yet;
 * seL4_NotEnoughMemory: no free connection for this label. On any error nothing has changed. */
LIBSEL4_INLINE_FUNC sel4ish_Registry_Base_t sel4ish_Registry_Request(sel4ish_Registry _service, seL4_Word key,
                                                                     seL4_CPtr vspace, seL4_Word base, seL4_CNode root,
                                                                     seL4_Word index, seL4_Word depth,
                                                                     seL4_Notification notification)
{
    return sel4ish_registry_enter(_service, sel4ish_RegistryRequest, key, vspace, base, root, index, depth,
                                  notification);
}

struct sel4ish_Registry_Query {
    int error;
    seL4_Bool listed, registered;
};
typedef struct sel4ish_Registry_Query sel4ish_Registry_Query_t;

/* Is that identity on the list, and registered? For whoever's badge covers it. */
LIBSEL4_INLINE_FUNC sel4ish_Registry_Query_t sel4ish_Registry_Query(sel4ish_Registry _service, seL4_Word key)
{
    struct sel4ish_message m = { 0, key, 0, 0, 0 };
    seL4_Error error = sel4ish_invoke(_service, sel4ish_RegistryQuery, 0, 1, &m);

    return (sel4ish_Registry_Query_t) { (int)error, error == seL4_NoError && m.mr0, error == seL4_NoError && m.mr1 };
}

struct sel4ish_Provider_Query {
    int error;
    seL4_Word connections;  /* how many the interface has */
    seL4_Word label;
    seL4_Word state;        /* 0 free, 1 live, 2 draining, 3 orphaned */
    seL4_Word sequence;     /* grows with every change of state */
    seL4_Word client_base;  /* 0 while no client is there */
    seL4_Word length;       /* bytes of the connection's window */
};
typedef struct sel4ish_Provider_Query sel4ish_Provider_Query_t;

/* What the kernel knows of connection n: a provider's only trusted source. seL4_RangeError: no such connection. */
LIBSEL4_INLINE_FUNC sel4ish_Provider_Query_t sel4ish_Provider_Query(sel4ish_Provider _service, seL4_Word n)
{
    struct sel4ish_message m = { 0, n, 0, 0, 0 };
    seL4_Error error = sel4ish_invoke(_service, sel4ish_ProviderQuery, 0, 1, &m);

    if (error != seL4_NoError)
        return (sel4ish_Provider_Query_t) { .error = (int)error };
    return (sel4ish_Provider_Query_t) { 0, m.mr0, m.mr1, m.mr2, m.mr3, seL4_GetMR(4), seL4_GetMR(5) };
}

/* The provider's promise to touch a draining connection no more: it becomes free. seL4_IllegalOperation: not draining. */
LIBSEL4_INLINE_FUNC seL4_Error sel4ish_Provider_Acknowledge(sel4ish_Provider _service, seL4_Word n)
{
    return sel4ish_invoke4(_service, sel4ish_ProviderAcknowledge, 0, 1, n, 0, 0, 0);
}

/* ---- watching: whoever holds a thread's capability; the supervisor ---- */

struct sel4ish_TCB_ReadCounters {
    int error;
    seL4_Word syscalls, faults, switches, denials;
    seL4_Word cause;        /* of the thread's last stop: a seL4_FaultType, 0 none */
    seL4_Word drops;        /* messages of it that were lost: they would have woken a thread without a context */
};
typedef struct sel4ish_TCB_ReadCounters sel4ish_TCB_ReadCounters_t;

/* What a thread has done since it was made. Reading arms the registry's monitor for its next denial. */
LIBSEL4_INLINE_FUNC sel4ish_TCB_ReadCounters_t sel4ish_TCB_ReadCounters(seL4_TCB _service)
{
    struct sel4ish_message m = { 0, 0, 0, 0, 0 };
    seL4_Error error = sel4ish_invoke(_service, sel4ish_TCBReadCounters, 0, 0, &m);

    if (error != seL4_NoError)
        return (sel4ish_TCB_ReadCounters_t) { .error = (int)error };
    return (sel4ish_TCB_ReadCounters_t) { 0, m.mr0, m.mr1, m.mr2, m.mr3, seL4_GetMR(4), seL4_GetMR(5) };
}
