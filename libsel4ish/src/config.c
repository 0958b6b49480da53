/* SPDX-License-Identifier: BSD-2-Clause */
#include <sel4ish/config.h>

#include <string.h>

static bool text_ends(const char *text, size_t capacity)
{
    return memchr(text, 0, capacity) != NULL;
}

static bool needs_owner(uint32_t kind)
{
    return kind == SEL4ISH_CONNECTION || kind == SEL4ISH_ROUTINE || kind == SEL4ISH_REGION;
}

static bool entry_valid(const struct sel4ish_config *config, const struct sel4ish_entry *e)
{
    if (!text_ends(e->name, sizeof e->name) || !text_ends(e->peer, sizeof e->peer))
        return false;
    if (!needs_owner(e->kind))
        return true;
    if (e->owner >= config->entries)
        return false;

    uint32_t owner = sel4ish_config_entry(config, e->owner)->kind;
    return owner == SEL4ISH_PROVIDE || (owner == SEL4ISH_USE && e->kind != SEL4ISH_CONNECTION);
}

bool sel4ish_config_valid(const struct sel4ish_config *config, size_t limit)
{
    if (!config || limit < sizeof *config || config->magic != SEL4ISH_CONFIG_MAGIC ||
        config->version != SEL4ISH_CONFIG_VERSION)
        return false;
    if (config->bytes > limit || config->bytes < sizeof *config + config->entries * sizeof(struct sel4ish_entry))
        return false;
    if (!text_ends(config->name, sizeof config->name))
        return false;
    for (uint32_t i = 0; i < config->entries; i++)
        if (!entry_valid(config, sel4ish_config_entry(config, i)))
            return false;
    return true;
}

const struct sel4ish_entry *sel4ish_config_entry(const struct sel4ish_config *config, uint32_t i)
{
    return (const struct sel4ish_entry *)(config + 1) + i;
}

uint32_t sel4ish_config_index(const struct sel4ish_config *config, const struct sel4ish_entry *entry)
{
    return (uint32_t)(entry - sel4ish_config_entry(config, 0));
}

const struct sel4ish_entry *sel4ish_config_next(const struct sel4ish_config *config, enum sel4ish_kind kind,
                                                const char *name, const struct sel4ish_entry *after)
{
    for (uint32_t i = after ? sel4ish_config_index(config, after) + 1 : 0; i < config->entries; i++) {
        const struct sel4ish_entry *e = sel4ish_config_entry(config, i);

        if (e->kind == (uint32_t)kind && (!name || !strcmp(e->name, name)))
            return e;
    }
    return NULL;
}

const struct sel4ish_entry *sel4ish_config_owned(const struct sel4ish_config *config, const struct sel4ish_entry *owner,
                                                 enum sel4ish_kind kind, const char *name,
                                                 const struct sel4ish_entry *after)
{
    uint32_t index = sel4ish_config_index(config, owner);
    const struct sel4ish_entry *e = after;

    do
        e = sel4ish_config_next(config, kind, name, e);
    while (e && e->owner != index);
    return e;
}
