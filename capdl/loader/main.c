/* SPDX-License-Identifier: BSD-2-Clause
 * The first task: a list of steps. */
#include "channel.h"
#include "loader.h"

static struct loader loader;

static const struct {
    const char *name;
    void (*run)(struct loader *loader);
} steps[] = {
    { "read spec",                step_payload },
    { "find memory",              step_memory },
    { "make own cnode",           step_cspace },
    { "carve fixed frame",        step_carve },
    { "create object",            step_objects },
    { "fill frame",               step_fill },
    { "assign address space tag", step_asid },
    { "make page table",          step_tables },
    { "map frame",                step_map },
    { "set up interrupt",         step_irq },
    { "set budget",               step_sched_contexts },
    { "fill cnode",               step_cnodes },
    { "provision interface",      step_registry },
    { "set up thread",            step_threads },
    { "run boot phase",           step_boot_phase },
    { "start thread",             step_start },
    { "give up",                  step_leave },
};

int main(void)
{
    loader.boot = seL4_GetBootInfo();
    channel_name_thread(seL4_CapInitThreadTCB, "loader");
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        loader.step = steps[i].name;
        steps[i].run(&loader);
    }
    return 0;   /* the last step does not come back */
}
