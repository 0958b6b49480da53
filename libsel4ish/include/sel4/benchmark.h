/* SPDX-License-Identifier: BSD-2-Clause
 * Everything about benchmarks that a configuration can have. */
#pragma once

#include <sel4/benchmark_track_types.h>
#include <sel4/benchmark_tracepoints_types.h>
#include <sel4/benchmark_utilisation_types.h>
