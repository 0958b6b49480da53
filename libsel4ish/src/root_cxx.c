/* SPDX-License-Identifier: BSD-2-Clause
 * What compiled C++ calls and no header declares: new and delete over malloc, and the virtual function that is not
 * there. The names are the Itanium C++ ABI's (5.1.5, 3.2.6). A program may replace each operator by its own. There are no
 * exceptions: new never returns without memory. */
#include <stdlib.h>

#include <sel4ish/run.h>

void *_Znwm(size_t bytes);                      /* operator new(size_t) */
void *_Znam(size_t bytes);                      /* operator new[](size_t) */
void _ZdlPv(void *memory);                      /* operator delete(void *) */
void _ZdaPv(void *memory);                      /* operator delete[](void *) */
void _ZdlPvm(void *memory, size_t bytes);       /* operator delete(void *, size_t) */
void _ZdaPvm(void *memory, size_t bytes);       /* operator delete[](void *, size_t) */
_Noreturn void __cxa_pure_virtual(void);

__attribute__((weak)) void *_Znwm(size_t bytes)
{
    void *memory = malloc(bytes ? bytes : 1);

    if (!memory)
        sel4ish_stop("operator new: no %zu bytes are left of the heap", bytes);
    return memory;
}

__attribute__((weak)) void *_Znam(size_t bytes)
{
    return _Znwm(bytes);
}

__attribute__((weak)) void _ZdlPv(void *memory)
{
    free(memory);
}

__attribute__((weak)) void _ZdaPv(void *memory)
{
    _ZdlPv(memory);
}

__attribute__((weak)) void _ZdlPvm(void *memory, size_t bytes)
{
    (void)bytes;
    _ZdlPv(memory);
}

__attribute__((weak)) void _ZdaPvm(void *memory, size_t bytes)
{
    (void)bytes;
    _ZdaPv(memory);
}

_Noreturn void __cxa_pure_virtual(void)
{
    sel4ish_stop("a pure virtual function was called");
}
