/* SPDX-License-Identifier: BSD-2-Clause
 * The tables of kernel/abi as C enumerations; libsel4ish has its own view of the same tables. */
#pragma once

#include "types.h"

#define ERROR(name, text) name,
typedef enum {
#include "../abi/errors.def"
    ERROR_COUNT,
    KERNEL_PREEMPTED,   /* never seen by users: the call starts again when the caller next runs */
} seL4_Error;
#undef ERROR

enum object_type {
#define OBJECT(name, enumerator, bits, text) OBJ_##name,
#include "../abi/objects.def"
#undef OBJECT
    OBJ_COUNT
};

enum {                      /* size of an object in bits; 0: Retype's caller says */
#define OBJECT(name, enumerator, bits, text) OBJECT_BITS_##name = bits,
#include "../abi/objects.def"
#undef OBJECT
};

enum cap_type {
#define CAP(name, rights, text) CAP_##name,
#include "../abi/capabilities.def"
#undef CAP
    CAP_COUNT
};

enum invocation_label {
    INVALID_INVOCATION,
#define INVOCATION(label, handler, cap, args, caps) label,
#include "../abi/invocations.def"
#undef INVOCATION
    INVOCATION_COUNT
};

enum {
#define SYSCALL(name, number) SYS_##name = number,
#include "../abi/syscalls.def"
#undef SYSCALL
};

enum fault_kind {           /* numbers as seL4_FaultType */
    FAULT_NONE, FAULT_CAP, FAULT_UNKNOWN_SYSCALL, FAULT_USER_EXCEPTION, FAULT_TIMEOUT, FAULT_VM, FAULT_DEBUG
};

/* Message info: the word in x1.  label << 12 | caps_unwrapped << 9 | extra_caps << 7 | length. */
enum {
    MSG_MAX_LENGTH  = 120,
    MSG_MAX_CAPS    = 3,
    MSG_REGS        = 4,    /* message registers that travel in machine registers */
    MSG_BUFFER_BITS = 10,
    FAULT_MESSAGE_MAX = 40, /* words that the message of a fault may have */
    SLOT_BITS       = 6,
    UNTYPED_MIN_BITS = 4,
    UNTYPED_MAX_BITS = 47,
    RETYPE_MAX_OBJECTS = 256,   /* in one call */
    DOMAINS = 16,               /* libsel4's CONFIG_NUM_DOMAINS */
    DOMAIN_SCHEDULE = 128,      /* CONFIG_NUM_DOMAIN_SCHEDULES */
};

/* The IPC buffer's layout, as libsel4's seL4_IPCBuffer. User memory: every word may change between two reads. */
struct ipc_buffer {
    word_t tag;
    word_t msg[MSG_MAX_LENGTH];
    word_t user_data;
    word_t caps_or_badges[MSG_MAX_CAPS];
    word_t receive_cnode, receive_index, receive_depth;
};
_Static_assert(sizeof(struct ipc_buffer) == 1u << MSG_BUFFER_BITS, "the buffer is what libsel4 says");
