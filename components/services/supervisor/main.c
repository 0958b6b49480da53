/* SPDX-License-Identifier: BSD-2-Clause
 * Supervisor: stops a component that faults, and says which, where and why; names a component that asks for what it may
 * not have; does what a person asks of it on the console. It holds every component's thread and run-time CNode, and no
 * component's memory. It waits in one place, and for no other component: log and console are used if they are there. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sel4ish/config.h>
#include <sel4ish/log.h>

#include <interfaces/console/console_client.h>
#include <lib/words/words.h>

#include "inquest.h"
#include "members.h"
#include "report.h"
#include "symbols.h"

enum { DENIALS_TOLD = 16 };

struct supervisor {
    struct members members;
    struct symbols symbols;
    seL4_CPtr faults, reply;
    bool marks;
    struct console_client console;
    enum { CONSOLE_NONE, CONSOLE_WANTED, CONSOLE_REQUESTED, CONSOLE_OPEN } console_state;
};

static struct supervisor supervisor;

/* ---- faults ---- */

static void stop(struct member *member, const struct fault *fault)
{
    uint64_t into = 0;
    const char *function = symbols_find(&supervisor.symbols, member->name, fault->pc, &into);

    fault_describe(fault, function, into, member->cause, sizeof member->cause);
    member_end(member, MEMBER_STOPPED);
    report("%s stopped: %s", member->name, member->cause);
}

/* A test asks what every component's counters are at this very moment, and goes on behind its "brk". */
static void mark(const struct member *member, const struct fault *fault, unsigned number)
{
    report("mark %u by %s", number, member->name);
    for (unsigned i = 0; i < supervisor.members.count; i++)
        report_counters(&supervisor.members.list[i]);
    inquest_go_on(fault, member->tcb);
    seL4_Send(supervisor.reply, seL4_MessageInfo_new(0, 0, 0, 0));
}

static void handle_fault(seL4_Word badge, seL4_MessageInfo_t info)
{
    struct member *member = members_by_label(&supervisor.members, badge);
    struct fault fault = inquest(info);
    unsigned number = supervisor.marks && member ? inquest_mark(&fault, member->tcb) : 0;

    if (!member)
        report("a fault of an unknown component, label %lu", badge);
    else if (number)
        mark(member, &fault, number);
    else
        stop(member, &fault);
}

/* ---- denials ---- */

/* The kernel signals a thread's next denial only once its counters were read: not to read them any more is how a
 * component that does nothing but be denied is kept from keeping the supervisor, and everybody below it, busy. */
static void look_for_denials_of(struct member *member)
{
    seL4_Word denials;

    if (member->denials_told == DENIALS_TOLD)
        return;
    denials = sel4ish_TCB_ReadCounters(member->tcb).denials;
    if (denials == member->denials)
        return;
    member->denials_told++;
    report("%s denied: %lu request%s outside its capabilities%s", member->name, denials - member->denials,
           denials - member->denials == 1 ? "" : "s",
           member->denials_told == DENIALS_TOLD ? "; more are counted, not told" : "");
    member->denials = denials;
}

static void look_for_denials(void)
{
    for (unsigned i = 0; i < supervisor.members.count; i++)
        look_for_denials_of(&supervisor.members.list[i]);
}

/* ---- commands ---- */

static void list(const struct words *words)
{
    (void)words;
    for (unsigned i = 0; i < supervisor.members.count; i++) {
        const struct member *member = &supervisor.members.list[i];

        report("%3lu %-16s %s%s%s", member->label, member->name, member_state_name(member), *member->cause ? ": " : "",
               member->cause);
    }
}

static struct member *named(const struct words *words)
{
    struct member *member = members_by_name(&supervisor.members, words->second);

    if (!member)
        report("no component '%s'; try ps", words->second);
    return member;
}

static void counters(const struct words *words)
{
    struct member *member = named(words);

    if (!member)
        return;
    report_counters(member);
    member->denials_told = 0;       /* somebody is looking again */
}

static void kill(const struct words *words)
{
    struct member *member = named(words);

    if (!member)
        return;
    if (member->state != MEMBER_RUNNING) {
        report("%s is %s already", member->name, member_state_name(member));
        return;
    }
    member_end(member, MEMBER_KILLED);
    report("%s killed", member->name);
}

static void help(const struct words *words)
{
    (void)words;
    report("ps | counters NAME | kill NAME");
}

static const struct {
    const char *name;
    void (*run)(const struct words *words);
} commands[] = {{"ps", list}, {"counters", counters}, {"kill", kill}, {"help", help}};

static void run(const char *line)
{
    static struct words words;

    words_cut(&words, line);
    for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++) {
        if (strcmp(commands[i].name, words.first) == 0) {
            commands[i].run(&words);
            return;
        }
    }
    if (*words.first)
        report("%s: no such command; try help", words.first);
}

/* ---- the console, which may come late and leave at any time ---- */

static void follow_console(void)
{
    struct sel4ish_connection *c = &supervisor.console.connection;

    if (supervisor.console_state == CONSOLE_OPEN && !sel4ish_ready(c)) {
        sel4ish_release(c);
        supervisor.console_state = CONSOLE_WANTED;
    }
    if (supervisor.console_state == CONSOLE_WANTED && sel4ish_request("console", c) == seL4_NoError)
        supervisor.console_state = CONSOLE_REQUESTED;
    if (supervisor.console_state != CONSOLE_REQUESTED || !sel4ish_ready(c))
        return;
    supervisor.console_state = CONSOLE_OPEN;
    if (!sel4ish_header_true(c) || !console_client_attach(&supervisor.console)) {
        sel4ish_release(c);
        supervisor.console_state = CONSOLE_NONE;
    }
}

static void handle_events(void)
{
    char line[CONSOLE_LINE + 1];

    look_for_denials();
    follow_console();
    while (supervisor.console_state == CONSOLE_OPEN && console_client_line(&supervisor.console, line))
        run(line);
    log_flush();
}

static void start(void)
{
    const struct sel4ish_entry *symbols = sel4ish_find(SEL4ISH_MEMORY, "symbols");

    members_start(&supervisor.members);
    supervisor.faults = sel4ish_need(SEL4ISH_CAP, "fault-endpoint")->v[0];
    supervisor.reply = sel4ish_need(SEL4ISH_CAP, "reply")->v[0];
    supervisor.marks = sel4ish_option("marks", 0);
    if (symbols)
        supervisor.symbols = (struct symbols){(const uint8_t *)symbols->v[0], symbols->v[1]};
    if (sel4ish_find(SEL4ISH_USE, "console"))
        supervisor.console_state = CONSOLE_WANTED;
}

int main(void)
{
    start();
    report("watching %u components", supervisor.members.count);
    for (;;) {
        seL4_Word badge;
        seL4_MessageInfo_t info;

        handle_events();
        info = seL4_Recv(supervisor.faults, &badge, supervisor.reply);
        if (seL4_MessageInfo_get_label(info) != seL4_Fault_NullFault)
            handle_fault(badge, info);
    }
}
