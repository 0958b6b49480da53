/* SPDX-License-Identifier: BSD-2-Clause
 * The platform's constants: QEMU's virt machine with a Cortex-A53. */
#pragma once

#include <sel4/arch/constants_cortex_a53.h>
