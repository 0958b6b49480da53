/* SPDX-License-Identifier: BSD-2-Clause */
#include "archive.h"

#include <string.h>

enum { MAGIC_SIZE = 6, FIELD_SIZE = 8, FILE_SIZE_FIELD = 6, NAME_SIZE_FIELD = 11, HEADER_SIZE = 110 };

static const char trailer[] = "TRAILER!!!";

struct entry {
    const char *name;       /* ends with 0 within the archive */
    struct archive_file file;
    size_t next;
};

static bool read_field(const uint8_t *header, unsigned field, uint32_t *value)
{
    const uint8_t *digits = header + MAGIC_SIZE + field * FIELD_SIZE;

    *value = 0;
    for (unsigned i = 0; i < FIELD_SIZE; i++) {
        const uint8_t c = digits[i];
        const int digit = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 :
                          c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;

        if (digit < 0)
            return false;
        *value = *value << 4 | (uint32_t)digit;
    }
    return true;
}

/* Where the part of `size` bytes at `at` ends, rounded up, if all of it is inside. */
static bool skip(const struct archive *archive, size_t at, size_t size, size_t *end)
{
    if (at > archive->size || size > archive->size - at)
        return false;
    *end = (at + size + 3) & ~(size_t)3;
    return true;
}

static bool read_entry(const struct archive *archive, size_t at, struct entry *entry)
{
    const uint8_t *header = archive->bytes + at;
    uint32_t name_size, file_size;
    size_t content, end;

    if (!skip(archive, at, HEADER_SIZE, &end) || memcmp(header, "070701", MAGIC_SIZE) != 0 ||
        !read_field(header, NAME_SIZE_FIELD, &name_size) || !read_field(header, FILE_SIZE_FIELD, &file_size))
        return false;
    if (name_size == 0 || !skip(archive, at + HEADER_SIZE, name_size, &content) ||
        header[HEADER_SIZE + name_size - 1] != 0 || !skip(archive, content, file_size, &end))
        return false;
    *entry = (struct entry){ (const char *)header + HEADER_SIZE, { archive->bytes + content, file_size }, end };
    return true;
}

/* The first file of that name at or behind `from` and before `to`. */
static bool search(struct archive *archive, size_t from, size_t to, const char *name, struct archive_file *file)
{
    struct entry entry;

    while (from < to && read_entry(archive, from, &entry) && strcmp(entry.name, trailer) != 0) {
        if (strcmp(entry.name, name) == 0) {
            *file = entry.file;
            archive->next = from;
            return true;
        }
        from = entry.next;
    }
    return false;
}

bool archive_find(struct archive *archive, const char *name, struct archive_file *file)
{
    const size_t start = archive->next;

    return search(archive, start, archive->size, name, file) || search(archive, 0, start, name, file);
}
