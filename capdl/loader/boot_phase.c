/* SPDX-License-Identifier: BSD-2-Clause
 * The boot phase: threads of phase 0 run, all together, until each has signalled the badge that it holds of BOOT_DONE; a
 * fault of one of them ends the boot. Then whatever only they could reach is revoked and deleted, and of what others
 * reach too, their mappings: nothing that they held is held by anybody but those to whom the spec gives it as well. */
#include "caps.h"
#include "map.h"
#include "reach.h"
#include "table.h"

#include <string.h>

#define KIND(name, word, type, section)
#define REGION(name, word)
#define NAME(name, word) static const char name[] = word;
#define BIT(name, value)
#include "../objects.def"
#undef KIND
#undef REGION
#undef NAME
#undef BIT

static const struct spec_tcb *tcb_of(const struct loader *loader, uint32_t object)
{
    return spec_tcb(&loader->spec, spec_object(&loader->spec, object)->detail);
}

/* Let all of them run, as soon as the loader waits. How many there are. */
static uint32_t start(struct loader *loader)
{
    uint32_t count = 0;

    FOR_EACH(loader, object, KIND_TCB) {
        if (tcb_of(loader, object)->phase != 0)
            continue;
        if (tcb_of(loader, object)->fault_endpoint == SPEC_NONE)
            loader_fail(loader, spec_name(&loader->spec, object), "a thread of the boot phase needs a fault endpoint");
        loader_check(loader, object, seL4_TCB_Resume(object_cap(loader, object)));
        count++;
    }
    return count;
}

static uint32_t find(struct loader *loader, const char *name, enum spec_kind kind)
{
    for (uint32_t object = 0; object < object_count(loader); object++)
        if (spec_object(&loader->spec, object)->kind == kind && strcmp(spec_name(&loader->spec, object), name) == 0)
            return object;
    loader_fail(loader, name, "threads of the boot phase need it");
}

/* The badges of all capabilities to the notification: one for each thread. */
static seL4_Word badges(struct loader *loader, uint32_t done)
{
    seL4_Word all = 0;

    for (uint32_t i = 0; i < loader->spec.counts[SPEC_SLOTS]; i++) {
        const struct spec_cap *cap = spec_cap(&loader->spec, spec_slot(&loader->spec, i)->cap);

        if (cap->object == done)
            all |= cap->badge;
    }
    return all;
}

static const char *blamed(struct loader *loader, seL4_Word badge)
{
    FOR_EACH(loader, object, KIND_TCB) {
        const struct spec_tcb *tcb = tcb_of(loader, object);

        if (tcb->phase == 0 && spec_cap(&loader->spec, tcb->fault_endpoint)->badge == badge)
            return tcb->component ? spec_string(&loader->spec, tcb->component) : spec_name(&loader->spec, object);
    }
    return BOOT_FAULTS;
}

static void append(char *text, const char *what, seL4_Word number)
{
    char *at = text + strlen(text);

    strcpy(at, what);
    at += strlen(what);
    strcpy(at, "0x");
    at += 2;
    for (int shift = number ? (63 - __builtin_clzl(number)) & ~3 : 0; shift >= 0; shift -= 4)
        *at++ = "0123456789abcdef"[number >> shift & 15];
    *at = 0;
}

static _Noreturn void fail_fault(struct loader *loader, seL4_Word badge, seL4_MessageInfo_t info)
{
    const seL4_Fault_t fault = seL4_getFault(info);
    char text[96] = "a fault of type ";

    append(text, "", seL4_MessageInfo_get_label(info));
    if (seL4_isVMFault_tag(info)) {
        strcpy(text, "a fault");
        append(text, " of memory at ", seL4_Fault_VMFault_get_Addr(fault));
        append(text, ", instruction ", seL4_Fault_VMFault_get_IP(fault));
    } else if (seL4_isUserException_tag(info)) {
        strcpy(text, "an exception");
        append(text, ", instruction ", seL4_Fault_UserException_get_FaultIP(fault));
    }
    loader_fail(loader, blamed(loader, badge), text);
}

static void await(struct loader *loader, uint32_t done)
{
    const seL4_CPtr faults = object_cap(loader, find(loader, BOOT_FAULTS, KIND_ENDPOINT)), reply = slot_next(loader);
    seL4_Word waiting = badges(loader, done), badge;

    loader_check_own(loader, "reply",
                     seL4_Untyped_Retype(memory_take(loader, seL4_ReplyBits, "reply"), seL4_ReplyObject, 0, OWN_CNODE,
                                         0, 0, reply, 1));
    loader_check(loader, done, seL4_TCB_BindNotification(seL4_CapInitThreadTCB, object_cap(loader, done)));
    while (waiting) {
        const seL4_MessageInfo_t info = seL4_Recv(faults, &badge, reply);

        if (!seL4_isNullFault_tag(info))
            fail_fault(loader, badge, info);
        waiting &= ~badge;
    }
    loader_check(loader, done, seL4_TCB_UnbindNotification(seL4_CapInitThreadTCB));
    loader_check_own(loader, "reply", seL4_CNode_Delete(OWN_CNODE, reply, OWN_DEPTH));
}

static void take(struct loader *loader, uint32_t object)
{
    loader_check(loader, object, seL4_CNode_Revoke(OWN_CNODE, object_cap(loader, object), OWN_DEPTH));
    loader_check(loader, object, seL4_CNode_Delete(OWN_CNODE, object_cap(loader, object), OWN_DEPTH));
}

/* Threads first: none of them runs while the rest goes. */
static void take_all(struct loader *loader)
{
    const uint8_t *marks = reach_find(loader);

    FOR_EACH(loader, object, KIND_TCB)
        if (marks[object] == REACH_BOOT)
            take(loader, object);
    FOR_EACH(loader, object, KIND_VSPACE) {
        if (marks[object] != REACH_BOOT)
            continue;
        mappings_delete(loader, object);
        tables_delete(loader, object);
    }
    for (uint32_t object = 0; object < object_count(loader); object++)
        if (marks[object] == REACH_BOOT && spec_object(&loader->spec, object)->kind != KIND_TCB)
            take(loader, object);
}

void step_boot_phase(struct loader *loader)
{
    if (start(loader) == 0)
        return;
    await(loader, find(loader, BOOT_DONE, KIND_NOTIFICATION));
    take_all(loader);
}
