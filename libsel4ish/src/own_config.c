/* SPDX-License-Identifier: BSD-2-Clause */
#include "own_config.h"

#include <sel4ish/run.h>

static const struct sel4ish_config *own;

void own_config_set(const struct sel4ish_config *config)
{
    own = config;
}

const char *own_name(void)
{
    return own ? own->name : "?";
}

const struct sel4ish_config *sel4ish_config(void)
{
    return own;
}

const struct sel4ish_entry *sel4ish_find(enum sel4ish_kind kind, const char *name)
{
    return own ? sel4ish_config_next(own, kind, name, NULL) : NULL;
}

static const char *kind_text(enum sel4ish_kind kind)
{
    static const char *const texts[] = {
        [SEL4ISH_USE] = "interface to use",      [SEL4ISH_PROVIDE] = "interface to provide",
        [SEL4ISH_CONNECTION] = "client",         [SEL4ISH_ROUTINE] = "routine",
        [SEL4ISH_DEVICE] = "device",             [SEL4ISH_IRQ] = "interrupt",
        [SEL4ISH_OPTION] = "option",             [SEL4ISH_CAP] = "capability",
        [SEL4ISH_MEMORY] = "memory",             [SEL4ISH_REGION] = "region",
    };

    return texts[kind];
}

const struct sel4ish_entry *sel4ish_need(enum sel4ish_kind kind, const char *name)
{
    const struct sel4ish_entry *e = sel4ish_find(kind, name);

    if (!e)
        sel4ish_stop("was not given the %s '%s'", kind_text(kind), name ? name : "");
    return e;
}

uint64_t sel4ish_option(const char *key, uint64_t otherwise)
{
    const struct sel4ish_entry *e = sel4ish_find(SEL4ISH_OPTION, key);

    return e ? e->v[0] : otherwise;
}

const char *sel4ish_option_text(const char *key, const char *otherwise)
{
    const struct sel4ish_entry *e = sel4ish_find(SEL4ISH_OPTION, key);

    return e ? e->peer : otherwise;
}
