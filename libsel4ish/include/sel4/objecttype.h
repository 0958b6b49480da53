/* SPDX-License-Identifier: BSD-2-Clause
 * Object types: what seL4_Untyped_Retype makes, from the kernel's own table. What the configuration lacks has a number
 * that no object type has. */
#pragma once

#include <sel4/simple_types.h>

typedef enum api_object {
#define OBJECT(name, enumerator, bits, text) enumerator,
#include <objects.def>
#undef OBJECT
    seL4_ObjectTypeCount,
    seL4_NonArchObjectTypeCount = seL4_ARM_HugePageObject
} seL4_ObjectType;

typedef seL4_ObjectType seL4_ModeObjectType;
typedef seL4_ObjectType seL4_ArchObjectType;
typedef seL4_Word api_object_t;
typedef seL4_Word object_t;

#define seL4_ARM_VCPUObject        0xfffe
#define seL4_ARM_IOPageTableObject 0xffff

/* Names of earlier versions. */
#define seL4_AsyncEndpointObject           seL4_NotificationObject
#define seL4_ARM_PageGlobalDirectoryObject seL4_ARM_VSpaceObject
#define seL4_ARM_PageUpperDirectoryObject  seL4_ARM_PageTableObject
#define seL4_ARM_PageDirectoryObject       seL4_ARM_PageTableObject

/* Allocators believe the sizes of <sel4/sel4_arch/constants.h>, which the preprocessor and assembly sources read too:
 * each is the table's. */
#define OBJECT(name, enumerator, bits, text) SEL4ISH_SIZE_##name(bits)
#define SEL4ISH_SIZE(constant, bits)   SEL4_COMPILE_ASSERT(constant##_is_in_objects_def, constant == bits)
#define SEL4ISH_SIZE_UNTYPED(bits)
#define SEL4ISH_SIZE_CNODE(bits)
#define SEL4ISH_SIZE_SC(bits)
#define SEL4ISH_SIZE_TCB(bits)          SEL4ISH_SIZE(seL4_TCBBits, bits)
#define SEL4ISH_SIZE_ENDPOINT(bits)     SEL4ISH_SIZE(seL4_EndpointBits, bits)
#define SEL4ISH_SIZE_NOTIFICATION(bits) SEL4ISH_SIZE(seL4_NotificationBits, bits)
#define SEL4ISH_SIZE_REPLY(bits)        SEL4ISH_SIZE(seL4_ReplyBits, bits)
#define SEL4ISH_SIZE_FRAME_HUGE(bits)   SEL4ISH_SIZE(seL4_HugePageBits, bits)
#define SEL4ISH_SIZE_FRAME_LARGE(bits)  SEL4ISH_SIZE(seL4_LargePageBits, bits)
#define SEL4ISH_SIZE_FRAME_SMALL(bits)  SEL4ISH_SIZE(seL4_PageBits, bits)
#define SEL4ISH_SIZE_PAGE_TABLE(bits)   SEL4ISH_SIZE(seL4_PageTableBits, bits)
#define SEL4ISH_SIZE_VSPACE(bits)       SEL4ISH_SIZE(seL4_VSpaceBits, bits)
#define SEL4ISH_SIZE_REGISTRY(bits)     SEL4ISH_SIZE(sel4ish_RegistryBits, bits)
#define SEL4ISH_SIZE_INTERFACE(bits)    SEL4ISH_SIZE(sel4ish_InterfaceBits, bits)
#define SEL4ISH_SIZE_CONNECTION(bits)   SEL4ISH_SIZE(sel4ish_ConnectionBits, bits)
#include <objects.def>
#undef OBJECT
