/* SPDX-License-Identifier: BSD-2-Clause
 * libsel4's generated header: what it declares is here. */
#pragma once

#include <sel4/shared_types.h>
