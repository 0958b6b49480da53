/* SPDX-License-Identifier: BSD-2-Clause
 * The platform's table as constants: PLATFORM_<device> is its first byte, PLATFORM_<interrupt> its number. */
#pragma once

#include "../../core/types.h"

#define DEVICE(name, base, bytes, irq, trigger, who, beyond)
#define INTERRUPT(name, number) enum { PLATFORM_##name = number };
#define RAM(base)               enum { PLATFORM_ram = base };
#define IMAGE(base)             enum { PLATFORM_image = base };
#define CYCLES_USER(allowed)    enum { PLATFORM_cycles_user = allowed };
#define QEMU(...)
#include PLATFORM_TABLE
#undef DEVICE
#undef INTERRUPT
#undef RAM
#undef IMAGE
#undef CYCLES_USER
#undef QEMU

enum platform_device {
#define DEVICE(name, base, bytes, irq, trigger, who, beyond) PLATFORM_##name = base,
#define INTERRUPT(name, number)
#define RAM(base)
#define IMAGE(base)
#define CYCLES_USER(allowed)
#define QEMU(...)
#include PLATFORM_TABLE
#undef DEVICE
#undef INTERRUPT
#undef RAM
#undef IMAGE
#undef CYCLES_USER
#undef QEMU
};
