/* SPDX-License-Identifier: BSD-2-Clause
 * Shell: does what a person types on the console, one line at a time, and says what came of it on the log. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sel4ish/event.h>
#include <sel4ish/log.h>

#include <lib/faults/faults.h>
#include <lib/words/words.h>

#include "peers.h"
#include "records.h"

static struct peers peers;

static void help(const struct words *words);

static void put(const struct words *words)
{
    if (!*words->rest)
        log_line("put KEY VALUE");
    else
        records_put(&peers, words->second, words->rest);
}

static void get(const struct words *words)
{
    if (!*words->second)
        log_line("get KEY");
    else
        records_get(&peers, words->second);
}

static void list(const struct words *words)
{
    (void)words;
    records_list(&peers);
}

static void del(const struct words *words)
{
    if (!*words->second)
        log_line("del KEY");
    else
        records_delete(&peers, words->second);
}

static void time(const struct words *words)
{
    uint64_t now;

    (void)words;
    if (!peers_time(&peers)) {
        log_line("no time");
        return;
    }
    now = time_client_now(&peers.time);
    log_line("%lu.%06lu s since start", (unsigned long)(now / 1000000000), (unsigned long)(now % 1000000000 / 1000));
}

static void sleep(const struct words *words)
{
    char *end;
    unsigned long ms = strtoul(words->second, &end, 10);
    uint64_t start;

    if (!*words->second || *end || ms > 3600000) {
        log_line("sleep MILLISECONDS (at most an hour)");
        return;
    }
    if (!peers_time(&peers)) {
        log_line("no time");
        return;
    }
    start = time_client_now(&peers.time);
    time_client_set(&peers.time, start + ms * TIME_MS);
    while (!time_client_rung(&peers.time) && sel4ish_ready(&peers.time.connection))
        sel4ish_event_wait_for(sel4ish_connection_bits(&peers.time.connection));
    if (time_client_rung(&peers.time))
        log_line("slept %lu ms", (unsigned long)((time_client_now(&peers.time) - start) / TIME_MS));
    else
        log_line("no time");
}

/* Whether this is the entry that the shell is connected by. */
static const char *state(const struct sel4ish_entry *use)
{
    const struct sel4ish_connection *connections[] = {&peers.console.connection, &peers.store.connection,
                                                      &peers.time.connection};

    for (size_t i = 0; i < sizeof connections / sizeof connections[0]; i++)
        if (connections[i]->use == use)
            return sel4ish_ready(connections[i]) ? "connected" : "its provider left";
    return strcmp(use->name, "log") == 0 ? "this log" : "granted, not used";
}

static void who(const struct words *words)
{
    const struct sel4ish_entry *use = NULL;

    (void)words;
    peers_store(&peers);
    peers_time(&peers);
    log_line("%s, label %u", sel4ish_config()->name, (unsigned)sel4ish_config()->label);
    while ((use = sel4ish_config_next(sel4ish_config(), SEL4ISH_USE, NULL, use)))
        log_line("  %s@%u of %s: %s", use->name, (unsigned)use->v[SEL4ISH_USE_VERSION], use->peer, state(use));
}

static void echo(const struct words *words)
{
    log_line("%s", words->second_and_rest);
}

static void spin(const struct words *words)
{
    (void)words;
    log_line("spinning");
    for (;;)
        __asm__ volatile("");
}

static void crash(const struct words *words)
{
    const char *name = *words->second ? words->second : "null";

    if (faults_commit(name)) {
        log_line("%s: nothing stopped me", name);
        return;
    }
    log_line("crash WHAT, which is one of:");
    for (unsigned i = 0; faults_name(i); i++)
        log_line("  %s", faults_name(i));
}

static const struct {
    const char *name, *arguments, *what;
    void (*run)(const struct words *words);
} commands[] = {
    {"help", "", "this list", help},
    {"put", "KEY VALUE", "store a record", put},
    {"get", "KEY", "show a record", get},
    {"list", "", "show all records", list},
    {"del", "KEY", "delete a record", del},
    {"time", "", "how long the system has been running", time},
    {"sleep", "MS", "wait", sleep},
    {"who", "", "who I am and whom I am connected to", who},
    {"echo", "TEXT", "say it", echo},
    {"spin", "", "never give the processor away again", spin},
    {"crash", "[WHAT]", "do what is forbidden, and be stopped", crash},
};

static void help(const struct words *words)
{
    (void)words;
    for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++)
        log_line("  %-6s %-10s %s", commands[i].name, commands[i].arguments, commands[i].what);
    log_line("  @NAME             type to NAME from now on; @NAME COMMAND once");
}

static void run(const char *line)
{
    static struct words words;

    words_cut(&words, line);
    if (!*words.first)
        return;
    for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++) {
        if (strcmp(commands[i].name, words.first) == 0) {
            commands[i].run(&words);
            return;
        }
    }
    log_line("%s: no such command; try help", words.first);
}

int main(void)
{
    char line[CONSOLE_LINE + 1];

    peers_start(&peers);
    log_line("ready: type help");
    for (;;) {
        while (console_client_line(&peers.console, line))
            run(line);
        if (sel4ish_ready(&peers.console.connection))
            sel4ish_event_wait();
        else
            peers_start(&peers);    /* the console left: wait for another */
    }
}
