/* SPDX-License-Identifier: BSD-2-Clause
 * Rows: capabilities are copied, deleted and revoked. */
#include "bench.h"
#include "world.h"

enum { ROOT = seL4_CapInitThreadCNode, DEPTH = seL4_WordBits, BADGE = 77, MANY = 100 };

static seL4_Error copy(seL4_CPtr to, seL4_CPtr from)
{
    return seL4_CNode_Copy(ROOT, to, DEPTH, ROOT, from, DEPTH, seL4_AllRights);
}

static seL4_Error mint(seL4_CPtr to, seL4_CPtr from, seL4_Word badge)
{
    return seL4_CNode_Mint(ROOT, to, DEPTH, ROOT, from, DEPTH, seL4_AllRights, badge);
}

static void cnode_copy(seL4_Word took[REPETITIONS])
{
    const seL4_CPtr endpoint = make(seL4_EndpointObject, 0), to = slot_next();

    for (unsigned i = 0; i < REPETITIONS; i++) {
        const seL4_Word start = cycles();
        const seL4_Error error = seL4_CNode_Copy(ROOT, to, DEPTH, ROOT, endpoint, DEPTH, seL4_AllRights);

        took[i] = cycles() - start;
        check(error, "copy");
        check(seL4_CNode_Delete(ROOT, to, DEPTH), "delete");
    }
}

static void cnode_mint(seL4_Word took[REPETITIONS])
{
    const seL4_CPtr endpoint = make(seL4_EndpointObject, 0), to = slot_next();

    for (unsigned i = 0; i < REPETITIONS; i++) {
        const seL4_Word start = cycles();
        const seL4_Error error = seL4_CNode_Mint(ROOT, to, DEPTH, ROOT, endpoint, DEPTH, seL4_AllRights, BADGE);

        took[i] = cycles() - start;
        check(error, "mint");
        check(seL4_CNode_Delete(ROOT, to, DEPTH), "delete");
    }
}

static void cnode_delete(seL4_Word took[REPETITIONS])
{
    const seL4_CPtr endpoint = make(seL4_EndpointObject, 0), to = slot_next();

    for (unsigned i = 0; i < REPETITIONS; i++) {
        check(copy(to, endpoint), "copy");

        const seL4_Word start = cycles();
        const seL4_Error error = seL4_CNode_Delete(ROOT, to, DEPTH);

        took[i] = cycles() - start;
        check(error, "delete");
    }
}

static void revoke_none(seL4_Word took[REPETITIONS])
{
    const seL4_CPtr endpoint = make(seL4_EndpointObject, 0);

    for (unsigned i = 0; i < REPETITIONS; i++) {
        const seL4_Word start = cycles();
        const seL4_Error error = seL4_CNode_Revoke(ROOT, endpoint, DEPTH);

        took[i] = cycles() - start;
        check(error, "revoke");
    }
}

static void revoke_badged(seL4_Word took[REPETITIONS])
{
    const seL4_CPtr endpoint = make(seL4_EndpointObject, 0);
    seL4_CPtr badged[MANY];

    for (unsigned n = 0; n < MANY; n++)
        badged[n] = slot_next();
    for (unsigned i = 0; i < REPETITIONS; i++) {
        for (unsigned n = 0; n < MANY; n++)
            check(mint(badged[n], endpoint, n + 1), "mint");

        const seL4_Word start = cycles();
        const seL4_Error error = seL4_CNode_Revoke(ROOT, endpoint, DEPTH);

        took[i] = cycles() - start;
        check(error, "revoke");
    }
}

const struct row cnode_rows[] = {
    { "cnode_copy", cnode_copy },
    { "cnode_mint", cnode_mint },
    { "cnode_delete", cnode_delete },
    { "revoke_none", revoke_none },
    { "revoke_badged", revoke_badged },
    { 0 },
};
