/* SPDX-License-Identifier: BSD-2-Clause
 * Run: how a component's life starts and ends. Start-up checks the config block, makes .data, sets up thread-local
 * storage and the IPC buffer, runs constructors and calls main.
 * Invariant: a component never returns to nowhere: after main it sleeps for ever, keeping what it provides mapped. */
#pragma once

#include <sel4/sel4.h>

/* The immediate of the undefined instruction that sel4ish_stop, abort and a failed assertion end with. */
#define SEL4ISH_STOP_UDF 0x5e14

/* Sleeps for ever, on the inbox: signals wake it and are ignored. */
_Noreturn void sel4ish_park(void);
/* "name: what" on one line, then a fault that stops the component, with the text and the place in the log. */
_Noreturn void sel4ish_stop(const char *format, ...) __attribute__((format(printf, 1, 2)));
