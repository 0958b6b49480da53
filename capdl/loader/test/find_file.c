/* SPDX-License-Identifier: BSD-2-Clause
 * find_file FILE NAME...: FILE is archives one behind the other, each after its length in 8 bytes. Prints for each
 * archive and name the size and the sum of the file's bytes, or "none". */
#include "../archive.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

static void print_file(struct archive *archive, const char *name)
{
    struct archive_file file;
    uint64_t sum = 0;

    if (!archive_find(archive, name, &file)) {
        puts("none");
        return;
    }
    for (size_t i = 0; i < file.size; i++)
        sum += file.content[i];
    printf("%zu %" PRIu64 "\n", file.size, sum);
}

int main(int argc, char **argv)
{
    FILE *stream = argc > 1 ? fopen(argv[1], "rb") : NULL;
    uint64_t size;

    if (!stream)
        return 2;
    while (fread(&size, sizeof size, 1, stream) == 1) {
        uint8_t *bytes = malloc(size ? size : 1);       /* of exactly its size: a sanitizer sees every step beyond it */
        struct archive archive = { .bytes = bytes, .size = size };

        if (!bytes || fread(bytes, 1, size, stream) != size)
            return 2;
        for (int i = 2; i < argc; i++)
            print_file(&archive, argv[i]);
        free(bytes);
    }
    return fclose(stream);
}
