/* SPDX-License-Identifier: BSD-2-Clause
 * The host's system call: a function of the tests' kernel (fake.c). Same names as the machine's. */
#pragma once

#include <sel4/simple_types.h>
#include <sel4/syscall.h>

struct sel4ish_message { seL4_Word info, mr0, mr1, mr2, mr3; };

seL4_Word sel4ish_svc(seL4_Syscall_ID number, seL4_Word x0_in, struct sel4ish_message *m, seL4_CPtr reply_in,
                      seL4_CPtr dest_in);
seL4_Word sel4ish_svc_plain(seL4_Syscall_ID number, seL4_Word x0_in);
seL4_Uint64 sel4ish_counter(void);
seL4_Uint64 sel4ish_counter_frequency(void);
