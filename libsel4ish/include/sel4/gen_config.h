/* SPDX-License-Identifier: BSD-2-Clause
 * libsel4's name for its part of the configuration. */
#pragma once

#include <autoconf.h>
