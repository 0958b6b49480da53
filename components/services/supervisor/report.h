/* SPDX-License-Identifier: BSD-2-Clause
 * Report: the supervisor's words. Each line goes out on the kernel's debug channel, where it is seen even when the
 * serial driver is what failed, and on the log where there is one. */
#pragma once

#include "members.h"

/* "supervisor: ..." */
void report(const char *format, ...) __attribute__((format(printf, 1, 2)));
void report_counters(const struct member *member);
