# SPDX-License-Identifier: BSD-2-Clause
# The generic kernel's sources: what every machine's kernel and the host's tests are made of.
set(KERNEL_GENERIC_SOURCES
    core/asid.c
    core/boot.c
    core/boot_image.c
    core/boot_memory.c
    core/cpu.c
    core/cspace.c
    core/delete.c
    core/derivation.c
    core/derive.c
    core/domain.c
    core/endings.c
    core/fault.c
    core/fpu.c
    core/invoke.c
    core/ipc.c
    core/memory.c
    core/message.c
    core/object.c
    core/queue.c
    core/refill.c
    core/region.c
    core/release_queue.c
    core/sched.c
    core/syscall.c
    core/thread.c
    core/vspace.c
    object/asid.c
    object/cache.c
    object/client.c
    object/cnode.c
    object/connection.c
    object/domain.c
    object/endpoint.c
    object/frame.c
    object/interface.c
    object/irq.c
    object/layout.c
    object/notification.c
    object/page_table.c
    object/party.c
    object/provider.c
    object/registry.c
    object/reply.c
    object/sched_context.c
    object/sched_control.c
    object/tcb.c
    object/tcb_registers.c
    object/tcb_space.c
    object/untyped.c
    object/vspace.c
    arch/device_tree.c
    arch/memory_map.c
)
# What only tests and debug kernels call.
set(KERNEL_INVARIANT_SOURCES
    core/invariants.c
    core/invariants_caps.c
    core/invariants_mapping.c
    core/invariants_registry.c
    core/invariants_sched.c
)
list(TRANSFORM KERNEL_INVARIANT_SOURCES PREPEND ${CMAKE_CURRENT_LIST_DIR}/)
list(TRANSFORM KERNEL_GENERIC_SOURCES PREPEND ${CMAKE_CURRENT_LIST_DIR}/)
set(KERNEL_WARNINGS -std=gnu11 -Wall -Wextra -Wshadow -Wmissing-prototypes -Wconversion -Werror)
