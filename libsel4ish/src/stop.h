/* SPDX-License-Identifier: BSD-2-Clause
 * Stop: what the component's and the root task's runtimes do differently when a program ends. */
#pragma once

#include <sel4ish/run.h>

const char *sel4ish_stop_name(void);
/* Say the last line where it will be seen, even if the log is not there. */
void sel4ish_stop_say(const char *text);
_Noreturn void sel4ish_stop_fault(void);
