/* SPDX-License-Identifier: BSD-2-Clause
 * Configuration: what this kernel is, in the words that programs written for libsel4 consult.
 * What the configuration lacks is absent here, not 0. Values that the kernel decides are the kernel's. */
#pragma once

#define CONFIG_KERNEL_MCS                      1
#define CONFIG_WORD_SIZE                       64
#define CONFIG_ARCH_ARM                        1
#define CONFIG_ARCH_AARCH64                    1
#define CONFIG_ARCH_ARM_V8A                    1
#define CONFIG_PLAT_QEMU_ARM_VIRT              1
#define CONFIG_ARM_CORTEX_A53                  1
#define CONFIG_ARCH                            arm
#define CONFIG_SEL4_ARCH                       aarch64
#define CONFIG_PLAT                            qemu-arm-virt
#define CONFIG_ARM_PLAT                        qemu-arm-virt
#define CONFIG_MAX_NUM_NODES                   1
#define CONFIG_NUM_DOMAINS                     16
#define CONFIG_NUM_DOMAIN_SCHEDULES            128
#define CONFIG_NUM_PRIORITIES                  256
#define CONFIG_MAX_NUM_BOOTINFO_UNTYPED_CAPS   230
#define CONFIG_RETYPE_FAN_OUT_LIMIT            256
#define CONFIG_ROOT_CNODE_SIZE_BITS            13
#define CONFIG_BOOT_THREAD_TIME_SLICE          10
#define CONFIG_TIMER_FREQUENCY                 62500000
#define CONFIG_ARM_PA_SIZE_BITS_40             1
#define CONFIG_PADDR_USER_DEVICE_TOP           1099511627776
#define CONFIG_L1_CACHE_LINE_SIZE_BITS         6
#define CONFIG_ARM_TLS_REG_TPIDRU              1
#define CONFIG_HAVE_FPU                        1
#define CONFIG_HARDWARE_DEBUG_API              1
#define CONFIG_EXPORT_VCNT_USER                1
/* The debug system calls are always declared: a program is compiled once and runs on both kernels. On a release kernel
 * each of them is an unknown system call. */
#define CONFIG_DEBUG_BUILD                     1
#define CONFIG_PRINTING                        1
