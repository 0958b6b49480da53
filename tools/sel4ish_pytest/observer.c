/* SPDX-License-Identifier: BSD-2-Clause
 * Observer: a QEMU plugin that counts what the machine executes, from outside it, into a file that the tests map.
 *
 *   word 0  instructions executed: the tests' clock, the same however fast this computer is
 *   word 1  svc instructions executed
 *   word 2  svc instructions executed while a measurement was open
 *   word 3  measurements opened, word 4 closed
 *   word 5  semihosting calls: one for each byte of the debug channel
 *   then    instructions in each of the first MEASUREMENTS measurements, all threads' and the kernel's
 *   then    instructions executed before each of the first BYTES bytes of the debug channel
 *
 * A program opens a measurement with `hint #0x60` and closes it with `hint #0x61`; both do nothing on the machine. The
 * opening one is counted in it, the closing one is not.
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

enum { MEASUREMENTS = 1024, BYTES = 1 << 18 };
enum { INSTRUCTIONS, SYSTEM_CALLS, MEASURED_CALLS, OPENED, CLOSED, SEMIHOSTING_CALLS, MEASURED,
       BEFORE_BYTE = MEASURED + MEASUREMENTS, WORDS = BEFORE_BYTE + BYTES };
enum { SVC_MASK = 0xffe0001f, SVC = 0xd4000001, OPEN = 0xd503201f | 0x60 << 5, CLOSE = 0xd503201f | 0x61 << 5 };
enum { SEMIHOSTING = 0xd45e0000 };

static volatile uint64_t *count;
static uint64_t opened_at;
static bool open_now;

static void on_svc(unsigned int cpu, void *unused)
{
    (void)cpu, (void)unused;
    count[SYSTEM_CALLS]++;
    count[MEASURED_CALLS] += open_now;
}

/* Every callback finds its own instruction counted, or none does: between two of them it makes no difference. */
static void on_open(unsigned int cpu, void *unused)
{
    (void)cpu, (void)unused;
    open_now = true;
    opened_at = count[INSTRUCTIONS];
    count[OPENED]++;
}

static void on_close(unsigned int cpu, void *unused)
{
    (void)cpu, (void)unused;
    if (open_now && count[CLOSED] < MEASUREMENTS)
        count[MEASURED + count[CLOSED]] = count[INSTRUCTIONS] - opened_at;
    open_now = false;
    count[CLOSED]++;
}

static void on_semihosting(unsigned int cpu, void *unused)
{
    (void)cpu, (void)unused;
    if (count[SEMIHOSTING_CALLS] < BYTES)
        count[BEFORE_BYTE + count[SEMIHOSTING_CALLS]] = count[INSTRUCTIONS];
    count[SEMIHOSTING_CALLS]++;
}

/* What is called at an instruction, if anything is. */
static void (*callback(uint32_t word))(unsigned int, void *)
{
    if ((word & (uint32_t)SVC_MASK) == (uint32_t)SVC)
        return on_svc;
    switch (word) {
    case (uint32_t)OPEN:        return on_open;
    case (uint32_t)CLOSE:       return on_close;
    case (uint32_t)SEMIHOSTING: return on_semihosting;
    default:                    return NULL;
    }
}

static void on_translate(qemu_plugin_id_t id, struct qemu_plugin_tb *tb)
{
    (void)id;
    for (size_t i = 0; i < qemu_plugin_tb_n_insns(tb); i++) {
        struct qemu_plugin_insn *insn = qemu_plugin_tb_get_insn(tb, i);
        uint32_t word;

        memcpy(&word, qemu_plugin_insn_data(insn), sizeof word);
        qemu_plugin_register_vcpu_insn_exec_inline(insn, QEMU_PLUGIN_INLINE_ADD_U64, (void *)&count[INSTRUCTIONS], 1);
        if (callback(word))
            qemu_plugin_register_vcpu_insn_exec_cb(insn, callback(word), QEMU_PLUGIN_CB_NO_REGS, NULL);
    }
}

/* counts=FILE: an existing file of WORDS words. */
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
