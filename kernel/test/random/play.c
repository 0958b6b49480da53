/* SPDX-License-Identifier: BSD-2-Clause
 * Play: see play.h. Everything here is done by the maker. */
#include "play.h"

#include "names.h"

enum {
    DEPTH = 64, ALL = 15, WRITE = 1, READ_WRITE = 3, CACHED = 1, NEVER_EXECUTE = 4, TABLES = 3, UNTYPED_BITS = 22,
    BUDGET_US = 2000, PRIORITY = 100, CEILING = 110, PAGE = 4096, TURN = 1000000, SUPPLY_BITS = 14, SC_BITS = 9, GUARD_BITS = 58,
};

#define COUNT(...) sizeof((uint64_t[]){ __VA_ARGS__ }) / sizeof(uint64_t)
#define ARRAY(...) COUNT(__VA_ARGS__), (const uint64_t[]){ __VA_ARGS__ }
#define NONE 0, (const uint64_t *)0

static void must(uint64_t error, const char *what)
{
    if (error)
        env_fail(what);
}

static uint64_t make(unsigned type, uint64_t bits)
{
    const uint64_t slot = env_slot_new();

    must(env_invoke(env_slot(ENV_UNTYPED), INV_UntypedRetype, ARRAY(type, bits, 0, 0, slot, 1), ARRAY(env_slot(ENV_CNODE))),
         "an object cannot be made");
    return slot;
}

static void mint(const struct play *play, uint64_t to, uint64_t from, uint64_t rights, uint64_t badge)
{
    must(env_invoke(play->cnode, INV_CNodeMint, ARRAY(to, DEPTH, from, DEPTH, rights, badge), ARRAY(env_slot(ENV_CNODE))),
         "a capability cannot be given");
}

static void map_buffer(struct play *play, unsigned player)
{
    const uint64_t at = PLAY_BUFFERS + player * (uint64_t)PAGE, space = env_slot(ENV_VSPACE);

    play->buffer[player] = make(TYPE_FRAME_SMALL, 0);
    for (unsigned i = 0; i < TABLES && !player; i++)
        (void)env_invoke(make(TYPE_PAGE_TABLE, 0), INV_ARMPageTableMap, ARRAY(at, 0), ARRAY(space));   /* one may be there */
    must(env_invoke(play->buffer[player], INV_ARMPageMap, ARRAY(at, READ_WRITE, CACHED | NEVER_EXECUTE), ARRAY(space)),
         "no buffer");
}

static void make_cnode(struct play *play)
{
    const uint64_t plain = make(TYPE_CNODE, PLAY_BITS), root = env_slot(ENV_CNODE);

    play->cnode = env_slot_new();       /* the same with a guard, so that addresses in it are small numbers */
    must(env_invoke(root, INV_CNodeMint, ARRAY(play->cnode, DEPTH, plain, DEPTH, ALL, GUARD_BITS), ARRAY(root)), "no cspace");
}

void play_make(struct play *play)
{
    play->untyped = make(TYPE_UNTYPED, UNTYPED_BITS);       /* first, as it is the largest */
    play->supply = make(TYPE_UNTYPED, SUPPLY_BITS);
    make_cnode(play);
    play->bell = make(TYPE_NOTIFICATION, 0);
    play->faults = make(TYPE_ENDPOINT, 0);
    play->reply = make(TYPE_REPLY, 0);
    mint(play, PLAY_CNODE, play->cnode, ALL, GUARD_BITS);
    mint(play, PLAY_VSPACE, env_slot(ENV_VSPACE), ALL, 0);
    mint(play, PLAY_SCHED_CONTROL, env_slot(ENV_SCHED_CONTROL), ALL, 0);
    mint(play, PLAY_ASID_CONTROL, env_slot(ENV_ASID_CONTROL), ALL, 0);
    mint(play, PLAY_ASID_POOL, env_slot(ENV_ASID_POOL), ALL, 0);
    mint(play, PLAY_DOMAIN, env_slot(ENV_DOMAIN), ALL, 0);
    mint(play, PLAY_BELL, play->bell, WRITE, 1);
    must(env_invoke(play->cnode, INV_CNodeMove, ARRAY(PLAY_IRQ_CONTROL, DEPTH, env_slot(ENV_IRQ_CONTROL), DEPTH),
                    ARRAY(env_slot(ENV_CNODE))), "no interrupts");
    must(env_invoke(play->cnode, INV_CNodeMove, ARRAY(PLAY_DEVICE, DEPTH, env_slot(ENV_DEVICE), DEPTH),
                    ARRAY(env_slot(ENV_CNODE))), "no device");
    play_reclaim(play);
    for (unsigned i = 0; i < PLAYERS; i++) {
        play->tcb[i] = make(TYPE_TCB, 0);
        play->sc[i] = make(TYPE_SC, SC_BITS);
        play->handler[i] = env_slot_new();
        must(env_invoke(env_slot(ENV_CNODE), INV_CNodeMint, ARRAY(play->handler[i], DEPTH, play->faults, DEPTH, ALL, i + 1ul),
                        ARRAY(env_slot(ENV_CNODE))), "no handler");
        map_buffer(play, i);
        mint(play, PLAY_TCB + i, play->tcb[i], ALL, 0);
        mint(play, PLAY_SC + i, play->sc[i], ALL, 0);
        play_mend(play, i);
    }
    for (uint64_t slot = 0; slot < PLAY_SLOTS; slot++)
        play_look(play, slot);
}

/* All memory of the play comes back. It is made anew rather than moved, so that the watermark begins at 0. */
void play_reclaim(struct play *play)
{
    const uint64_t root = env_slot(ENV_CNODE);

    must(env_invoke(root, INV_CNodeRevoke, ARRAY(play->untyped, DEPTH), NONE), "what was made cannot be revoked");
    must(env_invoke(root, INV_CNodeRevoke, ARRAY(play->supply, DEPTH), NONE), "what was supplied cannot be revoked");
    must(env_invoke(play->untyped, INV_UntypedRetype, ARRAY(TYPE_UNTYPED, UNTYPED_BITS, 0, 0, PLAY_UNTYPED, 1),
                    ARRAY(play->cnode)), "the play's memory is lost");
    for (uint64_t slot = PLAY_FREE; slot < PLAY_SLOTS; slot++)
        if (env_is_machine() || env_type(slot))     /* there it is only believed */
            must(env_invoke(play->cnode, INV_CNodeDelete, ARRAY(slot, DEPTH), NONE), "a slot cannot be emptied");
    for (uint64_t slot = 0; slot < PLAY_SLOTS; slot++)
        play_look(play, slot);
}

static unsigned first_with(const struct play *play, unsigned type)
{
    unsigned slot = PLAY_FREE;

    while (slot < PLAY_SLOTS && play->type[slot] != type)
        slot++;
    return slot;
}

void play_supply(struct play *play)
{
    static const struct { uint8_t type, has; } needed[] = {
        { TYPE_ENDPOINT, HAS_ENDPOINT }, { TYPE_NOTIFICATION, HAS_NOTIFICATION }, { TYPE_REPLY, HAS_REPLY },
    };

    (void)env_invoke(play->cnode, INV_CNodeDelete, ARRAY(PLAY_NULL, DEPTH), NONE);     /* somebody may have put something there */
    play_look(play, PLAY_NULL);
    for (uint64_t slot = PLAY_FREE; slot < PLAY_SLOTS; slot++)
        play_look(play, slot);
    for (unsigned i = 0; i < sizeof needed / sizeof needed[0]; i++) {
        const unsigned slot = first_with(play, HAS_NULL);

        if (first_with(play, needed[i].has) < PLAY_SLOTS || slot == PLAY_SLOTS)
            continue;
        (void)env_invoke(play->supply, INV_UntypedRetype, ARRAY(needed[i].type, 0, 0, 0, slot, 1), ARRAY(play->cnode));
        play_look(play, slot);
    }
}

void play_mend(struct play *play, unsigned player)
{
    const uint64_t tcb = play->tcb[player], sc = play->sc[player], at = PLAY_BUFFERS + player * (uint64_t)PAGE;

    must(env_invoke(sc, INV_SchedContextUnbind, NONE, NONE), "a context cannot be unbound");
    must(env_invoke(env_slot(ENV_SCHED_CONTROL), INV_SchedControlConfigureFlags, ARRAY(BUDGET_US, BUDGET_US, 0, player, 0),
                    ARRAY(sc)), "a context cannot be configured");
    must(env_invoke(tcb, INV_TCBConfigure, ARRAY(0, 0, at), ARRAY(play->cnode, env_slot(ENV_VSPACE), play->buffer[player])),
         "a player cannot be configured");
    must(env_invoke(tcb, INV_TCBSetFlags, ARRAY(ALL, 0), NONE), "a player keeps its flags");
    must(env_invoke(tcb, INV_TCBConfigureSingleStepping, ARRAY(0, 0), NONE), "a player steps");
    must(env_invoke(tcb, INV_TCBSetTimeoutEndpoint, NONE, ARRAY(0)), "a player keeps its time-outs");
    (void)env_invoke(sc, INV_SchedContextBind, NONE, ARRAY(tcb));       /* it may have another, lent to it: then that */
    must(env_invoke(tcb, INV_TCBSetMCPriority, ARRAY(CEILING), ARRAY(env_slot(ENV_TCB))), "no ceiling");
    must(env_invoke(tcb, INV_TCBSetPriority, ARRAY(PRIORITY), ARRAY(env_slot(ENV_TCB))), "no priority");
    must(env_invoke(tcb, INV_TCBSetSpace, ARRAY(0, 0), ARRAY(play->handler[player], play->cnode, env_slot(ENV_VSPACE))), "no space");
}

void play_mend_time(struct play *play)
{
    const uint64_t domain = env_slot(ENV_DOMAIN);

    must(env_invoke(domain, INV_DomainScheduleConfigure, ARRAY(0, 0, TURN), NONE), "no first turn");
    must(env_invoke(domain, INV_DomainScheduleSetStart, ARRAY(0), NONE), "the first turn does not come");
    for (unsigned i = 0; i < PLAYERS; i++)
        must(env_invoke(domain, INV_DomainSetSet, ARRAY(0), ARRAY(play->tcb[i])), "a player's domain stays");
}

void play_look(struct play *play, uint64_t slot)
{
    play->type[slot] = (uint8_t)env_type(slot);
}
