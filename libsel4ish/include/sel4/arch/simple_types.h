/* SPDX-License-Identifier: BSD-2-Clause
 * libsel4's other name for the same. */
#pragma once

#include <sel4/simple_types.h>
