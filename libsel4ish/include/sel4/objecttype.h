/* SPDX-License-Identifier: BSD-2-Clause
 * Object types: what seL4_Untyped_Retype makes, from the kernel's own table. */
#pragma once

#include <sel4/simple_types.h>

typedef enum {
#define OBJECT(name, enumerator, bits, text) enumerator,
#include <objects.def>
#undef OBJECT
    seL4_ObjectTypeCount,
    seL4_NonArchObjectTypeCount = seL4_ARM_HugePageObject,
    SEL4_FORCE_LONG_ENUM(seL4_ObjectType),
} seL4_ObjectType;

typedef seL4_ObjectType seL4_ArchObjectType;
typedef seL4_Word api_object_t;

/* Names of earlier versions. */
#define seL4_AsyncEndpointObject           seL4_NotificationObject
#define seL4_ARM_PageGlobalDirectoryObject seL4_ARM_VSpaceObject
#define seL4_ARM_PageUpperDirectoryObject  seL4_ARM_PageTableObject
#define seL4_ARM_PageDirectoryObject       seL4_ARM_PageTableObject
