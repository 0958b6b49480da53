/* SPDX-License-Identifier: BSD-2-Clause
 * Timer: the processor's counters and its physical timer, from user mode. Arm Architecture Reference Manual, "The
 * Generic Timer". Clients read CNTVCT_EL0; deadlines are in its counts and turned into CNTPCT_EL0's here, so that an
 * offset between the two does no harm. */
#pragma once

#include <stdint.h>

uint64_t timer_count(void);                 /* CNTVCT_EL0 */
uint64_t timer_frequency(void);             /* counts a second */
void timer_interrupt_at(uint64_t count);    /* one interrupt, at once if the count is past */
void timer_stop(void);
