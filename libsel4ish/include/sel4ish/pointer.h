/* SPDX-License-Identifier: BSD-2-Clause
 * Pointer: an address that a provider stored in a connection's page, which its client checks once before using it.
 * Pure: takes the config and the base, touches no connection.
 * Invariant: what is answered lies wholly in one region of the connection, or is an entry point of its sealed image. */
#pragma once

#include <sel4ish/config.h>

/* Kinds of region, as a set. */
#define SEL4ISH_KIND(kind)     (1u << (kind))
#define SEL4ISH_KINDS_READ     (SEL4ISH_KIND(SEL4ISH_CLIENT_READS) | SEL4ISH_KIND(SEL4ISH_SHARED) | \
                                SEL4ISH_KIND(SEL4ISH_PROVIDER_READS))
#define SEL4ISH_KINDS_WRITE    (SEL4ISH_KIND(SEL4ISH_SHARED) | SEL4ISH_KIND(SEL4ISH_PROVIDER_READS))

/* Do `bytes` from address lie in one region of a connection at base, of one of those kinds? */
bool sel4ish_pointer_in_region(const struct sel4ish_config *config, const struct sel4ish_entry *use, uintptr_t base,
                               uint64_t address, size_t bytes, unsigned kinds);
/* Is address an entry point of the sealed image that this connection maps? */
bool sel4ish_pointer_is_routine(const struct sel4ish_config *config, const struct sel4ish_entry *use, uintptr_t base,
                                uint64_t address);
