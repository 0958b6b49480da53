/* SPDX-License-Identifier: BSD-2-Clause
 * Every wrapper of the API, by the objects that they call. */
#pragma once

#include <interfaces/arm_client.h>
#include <interfaces/cnode_client.h>
#include <interfaces/debug_client.h>
#include <interfaces/domain_client.h>
#include <interfaces/sched_client.h>
#include <interfaces/tcb_client.h>
