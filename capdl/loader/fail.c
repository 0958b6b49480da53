/* SPDX-License-Identifier: BSD-2-Clause
 * Failing: one line that says what, to which object and why; then nothing runs. */
#include "channel.h"
#include "loader.h"

static const char *const texts[] = {
#define ERROR(name, text) text,
#include <errors.def>
#undef ERROR
};

_Noreturn void loader_fail(const struct loader *loader, const char *object, const char *what)
{
    channel_put("loader: ");
    channel_put(loader->step);
    channel_put(": ");
    channel_put(object);
    channel_put(": ");
    channel_put(what);
    channel_put("\n");
    channel_halt();
}

void loader_check_own(const struct loader *loader, const char *object, seL4_Error error)
{
    if (error == seL4_NoError)
        return;
    loader_fail(loader, object, (size_t)error < sizeof texts / sizeof texts[0] ? texts[error] : "unknown error");
}

void loader_check(const struct loader *loader, uint32_t object, seL4_Error error)
{
    if (error != seL4_NoError)
        loader_check_own(loader, spec_name(&loader->spec, object), error);
}
