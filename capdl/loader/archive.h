/* SPDX-License-Identifier: BSD-2-Clause
 * Archive: a cpio archive in "newc" form, read in place. Depends on nothing, so that the host can test and fuzz it.
 *
 *   header: 110 characters, hexadecimal fields of 8 · name, to a multiple of 4 · content, to a multiple of 4
 *   · next header */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct archive {
    const uint8_t *bytes;
    size_t size;
    size_t next;            /* where the search goes on: files are asked for nearly in their order */
};

struct archive_file {
    const uint8_t *content;
    size_t size;
};

/* Search from where the last search ended, once around. False: no such file, or no archive. */
bool archive_find(struct archive *archive, const char *name, struct archive_file *file)
    __attribute__((warn_unused_result));
