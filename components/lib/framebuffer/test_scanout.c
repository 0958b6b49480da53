/* SPDX-License-Identifier: BSD-2-Clause
 * Scan-out: what is copied, and that nothing else is touched, whatever the rectangle says. */
#include <stdlib.h>
#include <string.h>

#include <test.h>

#include "scanout.h"

enum { WIDTH = 22, HEIGHT = 9, STRIDE = 96 };   /* two pixels of each row are beyond the width */

static struct framebuffer_rect rect(uint16_t x, uint16_t y, uint16_t width, uint16_t height)
{
    return (struct framebuffer_rect){x, y, width, height};
}

static bool is(struct framebuffer_rect a, uint16_t x, uint16_t y, uint16_t width, uint16_t height)
{
    return a.x == x && a.y == y && a.width == width && a.height == height;
}

/* Copies into memory of exactly the screen's size, and compares every pixel with what a plain loop would say. */
static bool copies_just(struct framebuffer_rect r)
{
    uint32_t *surface = aligned_alloc(32, STRIDE * HEIGHT), *shown = aligned_alloc(32, STRIDE * HEIGHT);
    const struct scanout scanout = {shown, WIDTH, HEIGHT, STRIDE};
    bool right = true;

    for (uint32_t i = 0; i < STRIDE / 4 * HEIGHT; i++)
        surface[i] = i + 1;
    memset(shown, 0, STRIDE * HEIGHT);
    scanout_copy(&scanout, surface, r);
    for (uint32_t y = 0; y < HEIGHT; y++)
        for (uint32_t x = 0; x < STRIDE / 4; x++) {
            bool inside = x < WIDTH && x >= r.x && x < (uint32_t)r.x + r.width && y >= r.y &&
                          y < (uint32_t)r.y + r.height;
            uint32_t n = y * (STRIDE / 4) + x;

            right &= shown[n] == (inside ? surface[n] : 0);
        }
    free(surface);
    free(shown);
    return right;
}

TEST(a_rectangle_is_clamped_to_the_screen)
{
    const struct scanout screen = {NULL, 1024, 768, 4096};

    CHECK(is(scanout_clamp(&screen, rect(1, 2, 3, 4)), 1, 2, 3, 4));
    CHECK(is(scanout_clamp(&screen, rect(0, 0, UINT16_MAX, UINT16_MAX)), 0, 0, 1024, 768));
    CHECK(is(scanout_clamp(&screen, rect(1023, 767, 2, 2)), 1023, 767, 1, 1));
    CHECK(is(scanout_clamp(&screen, rect(1000, 700, UINT16_MAX, UINT16_MAX)), 1000, 700, 24, 68));
}

TEST(a_rectangle_with_nothing_on_the_screen_is_nothing)
{
    const struct scanout screen = {NULL, 1024, 768, 4096};

    CHECK(is(scanout_clamp(&screen, rect(1024, 0, 1, 1)), 0, 0, 0, 0));
    CHECK(is(scanout_clamp(&screen, rect(0, 768, 1, 1)), 0, 0, 0, 0));
    CHECK(is(scanout_clamp(&screen, rect(UINT16_MAX, UINT16_MAX, UINT16_MAX, UINT16_MAX)), 0, 0, 0, 0));
    CHECK(is(scanout_clamp(&screen, rect(5, 5, 0, 7)), 0, 0, 0, 0));
    CHECK(is(scanout_clamp(&screen, rect(5, 5, 7, 0)), 0, 0, 0, 0));
}

TEST(every_place_and_width_copies_just_its_pixels)
{
    for (uint16_t x = 0; x <= WIDTH + 1; x++)
        for (uint16_t width = 0; width <= WIDTH + 1; width++)
            CHECK(copies_just(rect(x, 3, width, 2)));
}

TEST(every_row_and_height_copies_just_its_pixels)
{
    for (uint16_t y = 0; y <= HEIGHT + 1; y++)
        for (uint16_t height = 0; height <= HEIGHT + 1; height++)
            CHECK(copies_just(rect(7, y, 5, height)));
    CHECK(copies_just(rect(0, 0, UINT16_MAX, UINT16_MAX)));
    CHECK(copies_just(rect(UINT16_MAX, UINT16_MAX, UINT16_MAX, UINT16_MAX)));
}

TEST(a_screen_fits_its_memory_and_a_surface)
{
    static uint64_t memory[1];
    const struct scanout good = {memory, 1024, 768, 4096};
    struct scanout bad[] = {good, good, good, good, good, good};

    CHECK(scanout_valid(&good, 4096 * 768));
    CHECK(!scanout_valid(&good, 4096 * 768 - 1));
    bad[0].width = 0;
    bad[1].height = 0;
    bad[2].width = 1025;
    bad[3].stride = 4100;
    bad[4].pixels = (char *)memory + 4;
    bad[5].height = 1025;               /* more than a surface's 4 MiB */
    for (unsigned i = 0; i < 6; i++)
        CHECK(!scanout_valid(&bad[i], 16 << 20));
}

TEST(a_screen_that_is_cleared_is_black_to_its_end)
{
    static uint64_t memory[5] = {~0ull, ~0ull, ~0ull, ~0ull, ~0ull};
    const struct scanout scanout = {memory, 3, 2, 16};

    scanout_clear(&scanout);
    CHECK(!memory[0] && !memory[1] && !memory[2] && !memory[3] && memory[4] == ~0ull);
}
