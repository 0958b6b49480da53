# SPDX-License-Identifier: BSD-2-Clause
# The generic kernel's sources: what every machine's kernel and the host's tests are made of.
set(KERNEL_GENERIC_SOURCES
    core/asid.c
    core/boot.c
    core/boot_image.c
    core/boot_memory.c
    core/cspace.c
    core/delete.c
    core/derivation.c
    core/derive.c
    core/endings.c
    core/invoke.c
    core/memory.c
    core/object.c
    core/region.c
    core/vspace.c
    object/asid.c
    object/cache.c
    object/client.c
    object/cnode.c
    object/connection.c
    object/frame.c
    object/interface.c
    object/layout.c
    object/page_table.c
    object/party.c
    object/provider.c
    object/registry.c
    object/untyped.c
    object/vspace.c
    arch/device_tree.c
    arch/memory_map.c
)
list(TRANSFORM KERNEL_GENERIC_SOURCES PREPEND ${CMAKE_CURRENT_LIST_DIR}/)
set(KERNEL_WARNINGS -std=gnu11 -Wall -Wextra -Wshadow -Wmissing-prototypes -Wconversion -Werror)
