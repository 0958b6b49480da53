/* SPDX-License-Identifier: BSD-2-Clause
 * Page table: one page of entries, in at most one place of one address space. */
#pragma once

#include "../core/delete.h"

extern const struct object_end page_table_end;
