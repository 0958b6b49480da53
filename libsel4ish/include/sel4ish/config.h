/* SPDX-License-Identifier: BSD-2-Clause
 * Config: what the tool planned for this one instance of a component: its memory, its capabilities, and an entry for
 * everything that it was granted. The loader maps it read-only; a component finds its facts here and nowhere else.
 * The tool writes it in tools/sysc/config_block.py, field for field.
 *
 * Invariant: a block that sel4ish_config_valid accepts has whole entries, texts that end, and owners that are entries. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SEL4ISH_CONFIG_MAGIC   0x34736973u
#define SEL4ISH_CONFIG_VERSION 1

struct sel4ish_config {
    uint32_t magic;
    uint16_t version;
    uint16_t entries;           /* struct sel4ish_entry, directly behind */
    uint32_t label;             /* this component's identity in the registry */
    uint32_t bytes;             /* of the block with its entries */
    uint64_t heap_start, heap_end;
    uint64_t stack_start, stack_end;
    uint64_t ipc_buffer;
    uint64_t inbox;             /* capability: the notification bound to this thread; read right */
    uint64_t runtime;           /* capability: the run-time CNode, for deleting what Register and Request made */
    uint64_t runtime_bits;
    char     name[32];
};

/* `owner` of CONNECTION, ROUTINE and REGION is the index of a USE or PROVIDE entry. What v holds, by kind: */
enum sel4ish_kind {
    SEL4ISH_USE = 1,            /* name: interface; peer: the providing component */
    SEL4ISH_PROVIDE,            /* name: interface */
    SEL4ISH_CONNECTION,         /* peer: the client component */
    SEL4ISH_ROUTINE,            /* name: entry point of the sealed image; v[0] offset from the connection's base */
    SEL4ISH_DEVICE,             /* name; v[0] vaddr, v[1] bytes */
    SEL4ISH_IRQ,                /* name: the device's; v[0] handler capability, v[1] badge bits, v[2] number */
    SEL4ISH_OPTION,             /* name: key; v[0] value; peer: the value when it is text */
    SEL4ISH_CAP,                /* name, peer; v[0] capability, v[1] label, v[2] more, by name */
    SEL4ISH_MEMORY,             /* name; v[0] vaddr, v[1] bytes, v[2] physical address; 0: the loader chose */
    SEL4ISH_REGION,             /* name; v[0] offset, v[1] bytes, v[2] enum sel4ish_region_kind */
};

enum sel4ish_region_kind {
    SEL4ISH_CLIENT_READS,       /* the provider writes */
    SEL4ISH_SHARED,             /* both write */
    SEL4ISH_PROVIDER_READS,     /* the client writes */
    SEL4ISH_CODE,               /* the client executes, the provider does not see it */
};

enum sel4ish_use_field {
    SEL4ISH_USE_ID, SEL4ISH_USE_VERSION, SEL4ISH_USE_INSTANCE,
    SEL4ISH_USE_REGISTRY,       /* capability */
    SEL4ISH_USE_BASE,           /* where the connection will be */
    SEL4ISH_USE_WINDOW,         /* bytes */
    SEL4ISH_USE_DOORBELL,       /* capability that signals the provider; 0: none */
    SEL4ISH_USE_BADGE,          /* bits in this component's inbox when the provider rings */
    SEL4ISH_USE_SLOT,           /* where Request puts the client capability: index in the run-time CNode */
    SEL4ISH_USE_FLAGS,          /* SEL4ISH_USE_TRUSTS_CODE: its description lets it run the provider's routines */
};
enum { SEL4ISH_USE_TRUSTS_CODE = 1 };

enum sel4ish_provide_field {
    SEL4ISH_PROVIDE_ID, SEL4ISH_PROVIDE_VERSION, SEL4ISH_PROVIDE_INSTANCE,
    SEL4ISH_PROVIDE_REGISTRY,   /* capability */
    SEL4ISH_PROVIDE_BASE,       /* of connection 0; connection n is n windows further */
    SEL4ISH_PROVIDE_WINDOW,     /* bytes */
    SEL4ISH_PROVIDE_COUNT,      /* connections */
    SEL4ISH_PROVIDE_BADGE,      /* bits when a client requested or left */
    SEL4ISH_PROVIDE_SLOT,       /* where Register puts the provider capability: index in the run-time CNode */
};

enum sel4ish_connection_field {
    SEL4ISH_CONNECTION_N, SEL4ISH_CONNECTION_LABEL,
    SEL4ISH_CONNECTION_BELL,    /* capability that signals the client; 0: none */
    SEL4ISH_CONNECTION_BADGE,   /* bits when this client rings */
};

struct sel4ish_entry {
    uint32_t kind;
    uint32_t owner;
    char     name[40];
    char     peer[32];
    uint64_t v[10];
};

_Static_assert(sizeof(struct sel4ish_config) == 112 && sizeof(struct sel4ish_entry) == 160, "as the tool writes them");

/* Is the block what its header says, within `limit` bytes? Start-up checks it once, before anything else uses it. */
bool sel4ish_config_valid(const struct sel4ish_config *config, size_t limit);

/* Entry i, i < config->entries. */
const struct sel4ish_entry *sel4ish_config_entry(const struct sel4ish_config *config, uint32_t i);
uint32_t sel4ish_config_index(const struct sel4ish_config *config, const struct sel4ish_entry *entry);

/* The first entry of that kind behind `after` (null: from the start), with that name unless name is null. Null: none. */
const struct sel4ish_entry *sel4ish_config_next(const struct sel4ish_config *config, enum sel4ish_kind kind,
                                                const char *name, const struct sel4ish_entry *after);
/* The same among those that belong to `owner`. */
const struct sel4ish_entry *sel4ish_config_owned(const struct sel4ish_config *config, const struct sel4ish_entry *owner,
                                                 enum sel4ish_kind kind, const char *name,
                                                 const struct sel4ish_entry *after);

/* ---- this component's own block ---- */

/* Never null in a component; null in a root task. */
const struct sel4ish_config *sel4ish_config(void);
/* The first entry of that kind and name (null: any); null if there is none. */
const struct sel4ish_entry *sel4ish_find(enum sel4ish_kind kind, const char *name);
/* The same, for what the component cannot do without: says so on one line and stops if there is none. */
const struct sel4ish_entry *sel4ish_need(enum sel4ish_kind kind, const char *name);
uint64_t sel4ish_option(const char *key, uint64_t otherwise);
const char *sel4ish_option_text(const char *key, const char *otherwise);
