/* SPDX-License-Identifier: BSD-2-Clause
 * Filling frames with parts of the archive's files. The kernel zeroed the rest. */
#include "loader.h"
#include "window.h"

#include <string.h>

static void copy_part(struct loader *loader, uint32_t object, const struct spec_fill *fill, uint8_t *frame)
{
    const char *name = spec_string(&loader->spec, fill->file);
    struct archive_file file;

    if (!archive_find(&loader->archive, name, &file))
        loader_fail(loader, name, "not in the archive");
    if (fill->file_offset > file.size || fill->length > file.size - fill->file_offset)
        loader_fail(loader, spec_name(&loader->spec, object), "its content is beyond the end of the file");
    memcpy(frame + fill->frame_offset, file.content + fill->file_offset, fill->length);
}

void step_fill(struct loader *loader)
{
    window_open(loader);
    FOR_EACH(loader, object, KIND_FRAME) {
        const struct spec_frame *frame = spec_frame(&loader->spec, spec_object(&loader->spec, object)->detail);

        if (frame->fill_count == 0)
            continue;
        uint8_t *bytes = window_map(loader, object, frame->size_bits);
        for (uint32_t i = 0; i < frame->fill_count; i++)
            copy_part(loader, object, spec_fill(&loader->spec, frame->fills + i), bytes);
        window_unmap(loader, object, frame->size_bits);
    }
}
