/* SPDX-License-Identifier: BSD-2-Clause
 * Calls that are made of others; libsel4's name for their header. */
#pragma once

#include <interfaces/sel4_client.h>
