/* SPDX-License-Identifier: BSD-2-Clause
 * Utilisation: not in this configuration, so nothing is declared; programs include the header whatever the configuration is. */
#pragma once

#include <sel4/config.h>
