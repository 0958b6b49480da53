/* SPDX-License-Identifier: BSD-2-Clause
 * Text: see text.h. */
#include "text.h"

#include <stddef.h>
#include <stdlib.h>

#include <stb_truetype.h>

#include "font.h"

/* One glyph at one size. alphas null: it has no ink, or there was no memory for it. */
struct glyph {
    int32_t size;               /* 0: unused */
    int32_t character;
    int32_t x, y, width, height;
    float advance;
    uint8_t *alphas;
};

enum { GLYPHS = 256 };

static stbtt_fontinfo font;
static struct glyph glyphs[GLYPHS];

bool text_start(void)
{
    return stbtt_InitFont(&font, font_start, stbtt_GetFontOffsetForIndex(font_start, 0));
}

static int32_t known_size(int32_t size)
{
    return size < 1 ? 1 : size > TEXT_LARGEST ? TEXT_LARGEST : size;
}

static float scale_of(int32_t size)
{
    return stbtt_ScaleForPixelHeight(&font, (float)size);
}

static void draw_glyph(struct glyph *glyph, int32_t size, int32_t character)
{
    float scale = scale_of(size);
    int advance, bearing;

    free(glyph->alphas);
    *glyph = (struct glyph){.size = size, .character = character};
    stbtt_GetCodepointHMetrics(&font, character, &advance, &bearing);
    glyph->advance = (float)advance * scale;
    glyph->alphas = stbtt_GetCodepointBitmap(&font, scale, scale, character, &glyph->width, &glyph->height, &glyph->x,
                                             &glyph->y);
}

/* Each character and size has one place, which another may have taken. */
static const struct glyph *glyph_of(int32_t size, char c)
{
    int32_t character = c >= ' ' && c <= '~' ? c : '?';
    struct glyph *glyph = &glyphs[(uint32_t)(character + size * 37) % GLYPHS];

    if (glyph->size != size || glyph->character != character)
        draw_glyph(glyph, size, character);
    return glyph;
}

int32_t text_width(const char *text, int32_t size)
{
    float pen = 0;

    for (; *text; text++)
        pen += glyph_of(known_size(size), *text)->advance;
    return (int32_t)(pen + 0.5f);
}

int32_t text_ascent(int32_t size)
{
    int ascent, descent, gap;

    stbtt_GetFontVMetrics(&font, &ascent, &descent, &gap);
    return (int32_t)((float)ascent * scale_of(known_size(size)) + 0.5f);
}

/* The pen keeps fractions, each glyph stands on whole pixels: so it is drawn once for all places. */
void text_draw(const struct canvas *canvas, int32_t x, int32_t base, const char *text, int32_t size, uint32_t colour)
{
    float pen = 0;

    for (; *text; text++) {
        const struct glyph *glyph = glyph_of(known_size(size), *text);

        if (glyph->alphas)
            canvas_mask(canvas, x + (int32_t)(pen + 0.5f) + glyph->x, base + glyph->y, glyph->alphas, glyph->width,
                        glyph->height, colour);
        pen += glyph->advance;
    }
}
