/* SPDX-License-Identifier: BSD-2-Clause
 * Where trap entry stores what in struct arch_frame; frame.c holds these against the structure. */
#pragma once

#define FRAME_X(n)    ((n) * 8)
#define FRAME_SP      248
#define FRAME_PC      256
#define FRAME_PSTATE  264
#define FRAME_TLS     272
#define FRAME_TLS_RO  280
#define FRAME_RESTART 288
