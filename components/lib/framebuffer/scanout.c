/* SPDX-License-Identifier: BSD-2-Clause
 * Scan-out: see scanout.h. */
#include "scanout.h"

typedef uint32_t __attribute__((may_alias)) pixel_t;
typedef uint64_t __attribute__((may_alias)) pair_t;     /* two pixels */

bool scanout_valid(const struct scanout *scanout, uint64_t bytes)
{
    uint64_t needed = (uint64_t)scanout->stride * scanout->height;

    return scanout->width && scanout->width <= UINT16_MAX && scanout->height && scanout->height <= UINT16_MAX &&
           scanout->stride % sizeof(pair_t) == 0 && scanout->stride >= scanout->width * FRAMEBUFFER_PIXEL_BYTES &&
           (uintptr_t)scanout->pixels % sizeof(pair_t) == 0 && needed <= bytes && needed <= FRAMEBUFFER_V2_PIXELS_BYTES;
}

void scanout_clear(const struct scanout *scanout)
{
    volatile pair_t *pairs = scanout->pixels;

    for (uint32_t i = 0; i < scanout->stride / sizeof(pair_t) * scanout->height; i++)
        pairs[i] = 0;
}

static uint16_t clamp(uint16_t from, uint16_t len, uint32_t end)
{
    uint32_t room = from < end ? end - from : 0;

    return (uint16_t)(len < room ? len : room);
}

struct framebuffer_rect scanout_clamp(const struct scanout *scanout, struct framebuffer_rect rect)
{
    rect.width = clamp(rect.x, rect.width, scanout->width);
    rect.height = clamp(rect.y, rect.height, scanout->height);
    if (!rect.width || !rect.height)
        return (struct framebuffer_rect){0};
    return rect;
}

/* Not memcpy: that may store unaligned, which a device's memory does not take. Both ends have the same alignment. */
static void copy_row(volatile pixel_t *to, const pixel_t *from, uint32_t count)
{
    volatile pair_t *pairs;
    const pair_t *from_pairs;

    if (count && (uintptr_t)to % sizeof(pair_t)) {
        *to++ = *from++;
        count--;
    }
    pairs = (volatile pair_t *)to;
    from_pairs = (const pair_t *)from;
    for (; count >= 8; count -= 8, pairs += 4, from_pairs += 4) {
        pair_t a = from_pairs[0], b = from_pairs[1], c = from_pairs[2], d = from_pairs[3];

        pairs[0] = a;
        pairs[1] = b;
        pairs[2] = c;
        pairs[3] = d;
    }
    for (; count >= 2; count -= 2)
        *pairs++ = *from_pairs++;
    if (count)
        *(volatile pixel_t *)pairs = *(const pixel_t *)from_pairs;
}

void scanout_copy(const struct scanout *scanout, const void *surface, struct framebuffer_rect rect)
{
    struct framebuffer_rect r = scanout_clamp(scanout, rect);
    uint32_t offset = r.y * scanout->stride + r.x * FRAMEBUFFER_PIXEL_BYTES;

    for (uint32_t row = 0; row < r.height; row++, offset += scanout->stride)
        copy_row((volatile pixel_t *)((volatile char *)scanout->pixels + offset),
                 (const pixel_t *)((const char *)surface + offset), r.width);
}
