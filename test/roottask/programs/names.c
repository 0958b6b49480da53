/* SPDX-License-Identifier: BSD-2-Clause
 * Names: a program's own, which the library and the linker script might have taken. */
#include <stdio.h>
#include <stdlib.h>

int heap_set = 1, root_start = 2, output_line = 3, output_finish_line = 4, stop_name = 5, test_add = 6, test_done = 7, end = 8, edata = 9;

int main(void)
{
    void *memory = malloc(1000);

    printf("names: %d %d %d %d %d %d %d %d %d\n", heap_set, root_start, output_line, output_finish_line, stop_name, test_add,
           test_done, end, edata);
    printf("heap: %s\n", memory ? "ok" : "none");
    free(memory);
    return 0;
}
