/* SPDX-License-Identifier: BSD-2-Clause
 * Server: framebuffer@1 and @2 over a scan-out, for every display driver: a driver finds and sets up its memory, then
 * serves. */
#pragma once

#include "scanout.h"

/* Makes the screen black, registers both versions, or those that the description grants, and serves for ever. The
 * scan-out is valid. Option `mode: poll`: never sleeps, so that no client ever needs to ring. */
_Noreturn void framebuffer_serve(const struct scanout *scanout);
