/* SPDX-License-Identifier: BSD-2-Clause
 * Software interrupt: what a message to its capability does. */
#pragma once

#include "../core/invoke.h"

seL4_Error sgi_raise(const struct cap *cap) MUST_USE;
