/* SPDX-License-Identifier: BSD-2-Clause
 * Random: a root task that lets its threads make as many random calls as the machine's boot arguments say, and prints what
 * they came to. The maker, its first thread, is of the highest priority, and mends who is stuck whenever a bell rings:
 * players ring now and then, and an idler does when nobody else can run.
 *
 *   -append "calls=N seed=S"       a line "random: N calls" every now and then; then "row outcome count" lines, and "calls N" */
#include "seat.h"

#include "names.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sel4/sel4.h>

enum { BADGE_IDLE = 2, BADGE_TIMER = 4, STUCK_LOOKS = 6, IDLER_PRIORITY = 2, ROOT_PRIORITY = 254, LINE = 200, EXTRA_AT = 4096,
       PHYSICAL_TIMER = 30, RECLAIM = 60, PAGE_BITS = 12, UART = 0x09000000, PATIENCE_US = 1000 };
enum { STEP_LEAST = 100, STEP_MOST = 20000, STEP_PART = 16 };        /* calls between two lines that tell how many were made */

static seL4_BootInfo *boot;
static seL4_CPtr next_slot, memory, device, timer;
static unsigned long interrupts;
static struct chance chance;
static unsigned long wanted = 50000, seed = 1;

/* ---- what the play asks of the place */

uint64_t env_slot(enum env_slot which)
{
    const uint64_t slots[] = {
        [ENV_TCB] = seL4_CapInitThreadTCB, [ENV_CNODE] = seL4_CapInitThreadCNode, [ENV_VSPACE] = seL4_CapInitThreadVSpace,
        [ENV_IRQ_CONTROL] = seL4_CapIRQControl, [ENV_ASID_CONTROL] = seL4_CapASIDControl,
        [ENV_ASID_POOL] = seL4_CapInitThreadASIDPool, [ENV_SCHED_CONTROL] = boot->schedcontrol.start,
        [ENV_DOMAIN] = seL4_CapDomain, [ENV_UNTYPED] = memory, [ENV_DEVICE] = device,
    };

    return slots[which];
}

uint64_t env_slot_new(void) { return next_slot++; }
uint64_t env_line(void) { return LINE; }
bool env_is_machine(void) { return true; }

uint64_t env_invoke(uint64_t cap, unsigned label, unsigned length, const uint64_t *words, unsigned caps, const uint64_t *capv)
{
    for (unsigned i = 0; i < length; i++)
        seL4_SetMR((int)i, words[i]);
    for (unsigned i = 0; i < caps; i++)
        seL4_SetCap((int)i, capv[i]);
    return seL4_MessageInfo_get_label(seL4_Call(cap, seL4_MessageInfo_new(label, 0, caps, length)));
}

void env_fail(const char *what)
{
    printf("the play: %s\n", what);
    seL4_DebugHalt();
}

/* ---- before the play */

static void find_memory(void)
{
    seL4_Word largest = 0;

    for (seL4_Word i = 0; i < boot->untyped.end - boot->untyped.start; i++) {
        const seL4_UntypedDesc *const u = &boot->untypedList[i];

        if (u->isDevice && u->sizeBits == PAGE_BITS && u->paddr != UART)
            device = boot->untyped.start + i;
        if (u->isDevice || u->sizeBits <= largest)
            continue;
        largest = u->sizeBits;
        memory = boot->untyped.start + i;
    }
}

/* What is not needed only costs the invariants time. */
static void drop_memory(void)
{
    for (seL4_CPtr slot = boot->untyped.start; slot < boot->untyped.end; slot++)
        if (slot != memory && slot != device)
            (void)seL4_CNode_Delete(seL4_CapInitThreadCNode, slot, 64);
}

/* The boot arguments stand in the device tree as a string; so does nothing else that looks like one of ours. */
static unsigned long argument(const char *name, unsigned long otherwise)
{
    const char *const start = (const char *)boot + EXTRA_AT;
    const size_t length = strlen(name);

    for (size_t i = 0; i + length < boot->extraLen; i++)
        if (!memcmp(start + i, name, length))
            return strtoul(start + i + length, NULL, 0);
    return otherwise;
}

static void start(unsigned player)
{
    struct seat *const seat = &seats[player];
    seL4_UserContext registers = { .pc = (seL4_Word)seat_main, .sp = (seL4_Word)seat->stack + STACK_BYTES, .x0 = (seL4_Word)seat };
    const seL4_Error error = seL4_TCB_WriteRegisters(play.tcb[player], true, 0, sizeof registers / sizeof(seL4_Word), &registers);

    if (error)
        env_fail("a player does not start");
}

static void start_idler(void)
{
    const seL4_CPtr root = seL4_CapInitThreadCNode, tcb = env_slot_new(), sc = env_slot_new(), bell = env_slot_new();
    seL4_UserContext registers = { .pc = (seL4_Word)idler_entry, .x0 = bell };
    seL4_Error error = seL4_Untyped_Retype(memory, seL4_TCBObject, 0, root, 0, 0, tcb, 1);

    error |= seL4_Untyped_Retype(memory, seL4_SchedContextObject, seL4_MinSchedContextBits, root, 0, 0, sc, 1);
    error |= seL4_CNode_Mint(root, bell, 64, root, play.bell, 64, seL4_AllRights, BADGE_IDLE);
    error |= seL4_SchedControl_Configure(boot->schedcontrol.start, sc, PATIENCE_US, PATIENCE_US, 0, 0);
    error |= seL4_TCB_Configure(tcb, root, 0, seL4_CapInitThreadVSpace, 0, 0, seL4_CapNull);
    error |= seL4_TCB_SetSchedParams(tcb, seL4_CapInitThreadTCB, IDLER_PRIORITY, IDLER_PRIORITY, sc, seL4_CapNull);
    error |= seL4_TCB_WriteRegisters(tcb, true, 0, sizeof registers / sizeof(seL4_Word), &registers);
    if (error)
        env_fail("no idler");
}

/* The physical timer's interrupt rings the bell, too. Before the play has the line's authority for itself. */
static void take_timer(void)
{
    timer = env_slot_new();
    if (seL4_IRQControl_Get(seL4_CapIRQControl, PHYSICAL_TIMER, seL4_CapInitThreadCNode, timer, 64) ||
        seL4_TCB_SetFlags(seL4_CapInitThreadTCB, 0, FLAG_TIMER).error)
        env_fail("no timer");
}

static void start_timer(void)
{
    const seL4_CPtr root = seL4_CapInitThreadCNode, bell = env_slot_new();

    if (seL4_CNode_Mint(root, bell, 64, root, play.bell, 64, seL4_AllRights, BADGE_TIMER) ||
        seL4_IRQHandler_SetNotification(timer, bell))
        env_fail("the timer rings no bell");
}

/* ---- mending */

static void answer_timer(void)
{
    interrupts++;
    player_timer_off();
    if (seL4_IRQHandler_Ack(timer))
        env_fail("the timer is lost");
}

/* Who waits for an answer to its fault is known by the badge of its handler. */
static void take_faults(bool faulted[PLAYERS])
{
    for (;;) {
        seL4_Word badge = 0;

        (void)seL4_NBRecv(play.faults, &badge, play.reply);
        if (!badge)
            return;
        faulted[(badge - 1) % PLAYERS] = true;
    }
}

/* Is the thread to make its call again, as soon as somebody lets it go on? A blocked one is past it. */
static bool gave_up(unsigned player)
{
    seL4_UserContext registers = { 0 };

    if (seL4_TCB_ReadRegisters(play.tcb[player], false, 0, 1, &registers))
        env_fail("a player's registers cannot be read");
    return registers.pc == (seL4_Word)player_svc;
}

/* What the call of a thread that does not go on came to. */
static enum outcome_index stuck_in(unsigned player, bool faulted)
{
    const struct seat *const seat = &seats[player];
    const struct counters now = counters_of(player);

    if (faulted)
        return OUTCOME_FAULTED;
    if (outcome_listed(seat->call.row, OUTCOME_DROPPED) && was_dropped(&seat->before, &now))
        return OUTCOME_DROPPED;
    if (outcome_listed(seat->call.row, OUTCOME_ENDED) && gave_up(player))
        return OUTCOME_ENDED;
    return OUTCOME_BLOCKED;
}

static void restart(unsigned player, bool faulted)
{
    struct seat *const seat = &seats[player];

    if (seat->event)
        seat_count(seat, seat->event, OUTCOME_FAULTED);
    else if (seat->making)
        seat_count(seat, seat->call.row, stuck_in(player, faulted));
    seat->done += seat->making;
    seat->making = false;
    seat->event = ROW_NONE;
    play_mend(&play, player);
    start(player);
}

static void mend(bool idle)
{
    bool faulted[PLAYERS] = { false };

    play_mend_time(&play);
    take_faults(faulted);
    if (one_in(&chance, RECLAIM))
        play_reclaim(&play);
    play_supply(&play);
    for (unsigned i = 0; i < PLAYERS; i++) {
        struct seat *const seat = &seats[i];

        seat->stuck = seat->done == seat->seen ? seat->stuck + 1 : 0;
        seat->seen = seat->done;
        if (faulted[i] || idle || seat->stuck >= STUCK_LOOKS)
            restart(i, faulted[i]);
        else if (one_in(&chance, 8))
            play_mend(&play, i);
    }
}

static unsigned long total(void)
{
    unsigned long calls = 0;

    for (unsigned i = 0; i < PLAYERS; i++)
        calls += seats[i].done;
    return calls;
}

static unsigned long count_of(enum row row, enum outcome_index outcome)
{
    unsigned long count = row == ROW_Interrupt ? interrupts : 0;

    for (unsigned i = 0; i < PLAYERS; i++)
        count += seats[i].table.count[row][outcome];
    return count;
}

static void print_table(void)
{
    for (unsigned row = ROW_NONE + 1; row < ROWS; row++)
        for (unsigned o = 0; o < OUTCOMES_COUNT; o++)
            if (outcome_listed((enum row)row, (enum outcome_index)o) && !outcome_unseen((enum row)row, (enum outcome_index)o))
                printf("%s %s %lu\n", row_name((enum row)row), outcome_name((enum outcome_index)o),
                       count_of((enum row)row, (enum outcome_index)o));
    printf("calls %lu\n", total());
}

static void play_on(void)
{
    unsigned long told = STEP_LEAST;

    while (total() < wanted) {
        seL4_Word badge = 0;

        seL4_Wait(play.bell, &badge);
        if (badge & BADGE_TIMER)
            answer_timer();
        if (badge & ~(seL4_Word)BADGE_TIMER)
            mend(badge & BADGE_IDLE);
        if (total() < told)
            continue;
        printf("random: %lu calls\n", total());
        told = total() + STEP_LEAST + total() / STEP_PART;
        told = told < total() + STEP_MOST ? told : total() + STEP_MOST;
    }
}

int main(void)
{
    boot = seL4_GetBootInfo();
    next_slot = boot->empty.start;
    seL4_DebugNameThread(seL4_CapInitThreadTCB, "random");
    wanted = argument("calls=", wanted);
    seed = argument("seed=", seed);
    chance.state = seed * 0x9e3779b97f4a7c15 | 1;
    find_memory();
    drop_memory();
    take_timer();
    play_make(&play);
    start_timer();
    printf("random: %lu calls, seed %lu\n", wanted, seed);
    for (unsigned i = 0; i < PLAYERS; i++) {
        seats[i].chance.state = chance_word(&chance) | 1;
        seats[i].player = (struct player){ .play = &play, .chance = &seats[i].chance, .self = i };
        start(i);
    }
    start_idler();
    play_on();
    for (unsigned i = 0; i < PLAYERS; i++)
        (void)seL4_TCB_Suspend(play.tcb[i]);
    seL4_DebugCheck();
    print_table();
    printf("random: done\n");
    seL4_DebugHalt();
    return 0;
}
