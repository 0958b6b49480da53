/* SPDX-License-Identifier: BSD-2-Clause
 * Each level of table had a name of its own until version 12. */
#pragma once

#include <sel4/objecttype.h>

#define seL4_ARM_PageDirectory_Map        seL4_ARM_PageTable_Map
#define seL4_ARM_PageDirectory_Unmap      seL4_ARM_PageTable_Unmap
#define seL4_ARM_PageUpperDirectory_Map   seL4_ARM_PageTable_Map
#define seL4_ARM_PageUpperDirectory_Unmap seL4_ARM_PageTable_Unmap
#define ARMPageDirectoryMap               ARMPageTableMap
#define ARMPageDirectoryUnmap             ARMPageTableUnmap
#define ARMPageUpperDirectoryMap          ARMPageTableMap
#define ARMPageUpperDirectoryUnmap        ARMPageTableUnmap

#define seL4_ARM_PageDirectory_Clean_Data           seL4_ARM_VSpace_Clean_Data
#define seL4_ARM_PageDirectory_Invalidate_Data      seL4_ARM_VSpace_Invalidate_Data
#define seL4_ARM_PageDirectory_CleanInvalidate_Data seL4_ARM_VSpace_CleanInvalidate_Data
#define seL4_ARM_PageDirectory_Unify_Instruction    seL4_ARM_VSpace_Unify_Instruction
#define seL4_ARM_PageGlobalDirectory_Clean_Data           seL4_ARM_VSpace_Clean_Data
#define seL4_ARM_PageGlobalDirectory_Invalidate_Data      seL4_ARM_VSpace_Invalidate_Data
#define seL4_ARM_PageGlobalDirectory_CleanInvalidate_Data seL4_ARM_VSpace_CleanInvalidate_Data
#define seL4_ARM_PageGlobalDirectory_Unify_Instruction    seL4_ARM_VSpace_Unify_Instruction

#define seL4_PageDirBits      seL4_PageTableBits
#define seL4_PageDirEntryBits seL4_PageTableEntryBits
#define seL4_PageDirIndexBits seL4_PageTableIndexBits
#define seL4_PUDBits          seL4_PageTableBits
#define seL4_PUDEntryBits     seL4_PageTableEntryBits
#define seL4_PUDIndexBits     seL4_PageTableIndexBits
#define seL4_PGDBits          seL4_VSpaceBits
#define seL4_PGDEntryBits     seL4_VSpaceEntryBits
#define seL4_PGDIndexBits     seL4_VSpaceIndexBits
