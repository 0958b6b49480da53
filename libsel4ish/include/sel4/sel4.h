/* SPDX-License-Identifier: BSD-2-Clause
 * The whole API, under libsel4's names: MCS, AArch64. docs/libsel4ish.md says where it differs. */
#pragma once

#include <sel4/assert.h>
#include <sel4/bootinfo.h>
#include <sel4/debug.h>
#include <sel4/deprecated.h>
#include <sel4/faults.h>
#include <sel4/functions.h>
#include <sel4/invocation.h>
#include <sel4/plat/api/constants.h>
#include <sel4/sel4_arch/mapping.h>
#include <sel4/syscalls.h>
#include <sel4/types.h>
#include <interfaces/sel4_client.h>
