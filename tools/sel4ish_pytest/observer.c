/* SPDX-License-Identifier: BSD-2-Clause
 * Observer: a QEMU plugin that counts what the machine executes, from outside it, into a file that the tests map.
 *
 *   word 0  instructions executed: the tests' clock, the same however fast this computer is
 *   word 1  svc instructions executed
 *   word 2  svc instructions executed while a measurement was open
 *   word 3  measurements opened, word 4 closed
 *
 * A program opens a measurement with `hint #0x60` and closes it with `hint #0x61`; both do nothing on the machine.
 * QEMU's plugin header is not packaged; the declarations below are the part of its version 1 that is used here. */
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

typedef uint64_t qemu_plugin_id_t;
struct qemu_plugin_tb;
struct qemu_plugin_insn;
typedef struct qemu_info_t qemu_info_t;
enum qemu_plugin_op { QEMU_PLUGIN_INLINE_ADD_U64 };
enum qemu_plugin_cb_flags { QEMU_PLUGIN_CB_NO_REGS, QEMU_PLUGIN_CB_R_REGS, QEMU_PLUGIN_CB_RW_REGS };

void qemu_plugin_register_vcpu_tb_trans_cb(qemu_plugin_id_t id, void (*cb)(qemu_plugin_id_t, struct qemu_plugin_tb *));
void qemu_plugin_register_vcpu_insn_exec_inline(struct qemu_plugin_insn *insn, enum qemu_plugin_op op, void *ptr, uint64_t imm);
void qemu_plugin_register_vcpu_insn_exec_cb(struct qemu_plugin_insn *insn, void (*cb)(unsigned int, void *),
                                            enum qemu_plugin_cb_flags flags, void *userdata);
size_t qemu_plugin_tb_n_insns(const struct qemu_plugin_tb *tb);
struct qemu_plugin_insn *qemu_plugin_tb_get_insn(const struct qemu_plugin_tb *tb, size_t idx);
const void *qemu_plugin_insn_data(const struct qemu_plugin_insn *insn);
int qemu_plugin_install(qemu_plugin_id_t id, const qemu_info_t *info, int argc, char **argv);

__attribute__((visibility("default"))) int qemu_plugin_version = 1;

enum { INSTRUCTIONS, SYSTEM_CALLS, MEASURED_CALLS, OPENED, CLOSED, WORDS };
enum { SVC_MASK = 0xffe0001f, SVC = 0xd4000001, OPEN = 0xd503201f | 0x60 << 5, CLOSE = 0xd503201f | 0x61 << 5 };

static volatile uint64_t *count;
static bool open_now;

static void on_svc(unsigned int cpu, void *unused)
{
    (void)cpu, (void)unused;
    count[SYSTEM_CALLS]++;
    count[MEASURED_CALLS] += open_now;
}

static void on_mark(unsigned int cpu, void *closing)
{
    (void)cpu;
    open_now = !closing;
    count[closing ? CLOSED : OPENED]++;
}

static void on_translate(qemu_plugin_id_t id, struct qemu_plugin_tb *tb)
{
    (void)id;
    for (size_t i = 0; i < qemu_plugin_tb_n_insns(tb); i++) {
        struct qemu_plugin_insn *insn = qemu_plugin_tb_get_insn(tb, i);
        uint32_t word;

        memcpy(&word, qemu_plugin_insn_data(insn), sizeof word);
        qemu_plugin_register_vcpu_insn_exec_inline(insn, QEMU_PLUGIN_INLINE_ADD_U64, (void *)&count[INSTRUCTIONS], 1);
        if ((word & (uint32_t)SVC_MASK) == (uint32_t)SVC)
            qemu_plugin_register_vcpu_insn_exec_cb(insn, on_svc, QEMU_PLUGIN_CB_NO_REGS, NULL);
        if (word == (uint32_t)OPEN || word == (uint32_t)CLOSE)
            qemu_plugin_register_vcpu_insn_exec_cb(insn, on_mark, QEMU_PLUGIN_CB_NO_REGS,
                                                   word == (uint32_t)CLOSE ? (void *)1 : NULL);
    }
}

/* counts=FILE: an existing file of at least WORDS words. */
__attribute__((visibility("default"))) int qemu_plugin_install(qemu_plugin_id_t id, const qemu_info_t *info, int argc,
                                                               char **argv)
{
    int fd = -1;

    (void)info;
    for (int i = 0; i < argc; i++)
        if (strncmp(argv[i], "counts=", 7) == 0)
            fd = open(argv[i] + 7, O_RDWR);
    if (fd < 0) {
        fprintf(stderr, "observer: counts=FILE is missing or cannot be opened\n");
        return -1;
    }
    count = mmap(NULL, WORDS * sizeof *count, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    close(fd);
    if (count == MAP_FAILED)
        return -1;
    qemu_plugin_register_vcpu_tb_trans_cb(id, on_translate);
    return 0;
}
