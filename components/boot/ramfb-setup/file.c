/* SPDX-License-Identifier: BSD-2-Clause
 * File: see file.h. */
#include "file.h"

#include <string.h>

#include "big_endian.h"

enum { BYTES = 0, SELECTOR = 4, NAME = 8 };     /* offsets in an entry */

bool file_parse(const uint8_t entry[FILE_ENTRY_BYTES], struct file *file)
{
    if (!memchr(entry + NAME, 0, FILE_NAME_BYTES))
        return false;
    file->bytes = (uint32_t)big_endian_get(entry + BYTES, 4);
    file->selector = (uint16_t)big_endian_get(entry + SELECTOR, 2);
    memcpy(file->name, entry + NAME, FILE_NAME_BYTES);
    return true;
}
