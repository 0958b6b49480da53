/* SPDX-License-Identifier: BSD-2-Clause
 * The kernel's name for its part of the configuration. */
#pragma once

#include <autoconf.h>
