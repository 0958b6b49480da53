/* SPDX-License-Identifier: BSD-2-Clause
 * Guest: both ends of window@1's pages, with honest clients and with others. */
#include <string.h>

#include <test.h>

#include "guest.h"

window_queue_routine window_queue;
window_next_routine window_next;

static struct window_base base;
static struct window_events events;
static _Alignas(8) struct window_damage damage;
static uint32_t pixels[1];
static struct guest guest;
static struct surface surface;
static struct rect seen[WINDOW_RECTS];
static unsigned count;

static void changed(void *context, struct rect r)
{
    (void)context;
    if (count < WINDOW_RECTS)
        seen[count] = r;
    count++;
}

static void read(void)
{
    count = 0;
    guest_read(&guest, changed, NULL);
}

static bool opens(uint32_t width, uint32_t height)
{
    guest_start(&guest, &base, &events, &damage, pixels);
    damage.width = width;
    damage.height = height;
    damage.asked = 1;
    return guest_open(&guest, &surface);
}

TEST(a_window_is_granted_once_and_as_asked)
{
    guest_start(&guest, &base, &events, &damage, pixels);
    CHECK(!guest_open(&guest, &surface));
    CHECK(opens(300, 200) && surface.width == 300 && surface.height == 200);
    CHECK(base.granted == 1 && base.width == 300 && base.stride % 64 == 0 && base.stride >= 1200);
    CHECK(!guest_open(&guest, &surface));
}

TEST(no_size_that_is_asked_makes_a_surface_larger_than_its_memory)
{
    static const uint32_t sizes[] = {0, 1, 63, 64, 65, 640, 1024, 1025, 65536, 1u << 31, UINT32_MAX};
    enum { SIZES = sizeof sizes / sizeof sizes[0] };

    for (unsigned w = 0; w < SIZES; w++)
        for (unsigned h = 0; h < SIZES; h++) {
            CHECK(opens(sizes[w], sizes[h]));
            CHECK(surface.width >= WINDOW_LEAST && surface.height >= WINDOW_LEAST);
            CHECK(surface.width <= surface.stride && base.stride == (uint32_t)surface.stride * 4);
            CHECK((uint64_t)surface.stride * 4 * (uint64_t)surface.height <= WINDOW_V1_PIXELS_BYTES);
        }
}

TEST(a_change_arrives_clamped_to_the_content)
{
    CHECK(opens(100, 80));
    CHECK(window_queue(&damage, &base, (struct window_rect){1, 2, 3, 4}));
    CHECK(window_queue(&damage, &base, (struct window_rect){90, 70, 65535, 65535}));
    CHECK(window_queue(&damage, &base, (struct window_rect){100, 0, 1, 1}));
    read();
    CHECK(count == 2 && seen[0].x1 == 4 && seen[0].y1 == 6 && seen[1].x1 == 100 && seen[1].y1 == 80);
    CHECK(base.taken == 3);
    read();
    CHECK(count == 0);
}

TEST(a_full_ring_takes_no_more_until_it_is_read)
{
    CHECK(opens(100, 80));
    for (int i = 0; i < WINDOW_RECTS; i++)
        CHECK(window_queue(&damage, &base, (struct window_rect){1, 2, 3, 4}));
    CHECK(!window_queue(&damage, &base, (struct window_rect){1, 2, 3, 4}));
    read();
    CHECK(count == WINDOW_RECTS && window_queue(&damage, &base, (struct window_rect){1, 2, 3, 4}));
    CHECK(!window_queue(&damage, &base, (struct window_rect){1, 2, 0, 4}));
}

TEST(a_client_whose_counter_cannot_be_true_is_read_no_more)
{
    CHECK(opens(100, 80));
    damage.written = WINDOW_RECTS + 1;
    read();
    CHECK(guest.broken && count == 0 && base.taken == 0);
    damage.written = 1;
    read();
    CHECK(count == 0);
    guest_send(&guest, &(struct window_event){.type = WINDOW_KEY});
    CHECK(events.written == 0);
}

TEST(a_frame_is_answered_when_what_was_asked_before_it_is_shown)
{
    CHECK(opens(100, 80));
    (void)guest_rings(&guest);
    CHECK(window_queue(&damage, &base, (struct window_rect){0, 0, 4, 4}));
    damage.frame_wanted = 7;
    read();
    CHECK(!guest_shown(&guest) && base.frame_done == 0);
    guest_drawn(&guest);
    CHECK(window_queue(&damage, &base, (struct window_rect){0, 0, 4, 4}));
    damage.frame_wanted = 8;
    read();
    CHECK(guest_shown(&guest) && base.frame_done == 7);
    CHECK(!guest_shown(&guest));
    damage.bell_wanted = 1;
    CHECK(guest_rings(&guest) && !guest_rings(&guest));
}

TEST(a_frame_wanted_after_its_rectangles_were_drawn_is_answered)
{
    CHECK(opens(100, 80));
    CHECK(window_queue(&damage, &base, (struct window_rect){0, 0, 4, 4}));
    read();                                 /* the client is interrupted before it says that it wants the frame */
    guest_drawn(&guest);
    CHECK(!guest_shown(&guest));
    damage.frame_wanted = 1;
    read();
    CHECK(guest_shown(&guest) && base.frame_done == 1);
}

TEST(a_frame_is_not_answered_before_its_rectangles_are_drawn)
{
    CHECK(opens(100, 80));
    CHECK(window_queue(&damage, &base, (struct window_rect){0, 0, 4, 4}));
    damage.frame_wanted = 1;
    read();
    read();
    CHECK(!guest_shown(&guest));
    guest_drawn(&guest);
    CHECK(guest_shown(&guest) && base.frame_done == 1);
}

TEST(events_that_find_no_room_are_counted)
{
    struct window_event event = {.type = WINDOW_KEY, .code = 46, .value = 1}, got;

    CHECK(opens(100, 80));
    for (int i = 0; i < WINDOW_EVENTS + 3; i++)
        guest_send(&guest, &event);
    CHECK(base.lost == 3 && events.written == WINDOW_EVENTS);
    for (int i = 0; i < WINDOW_EVENTS; i++)
        CHECK(window_next(&damage, &events, &got) && got.code == 46);
    CHECK(!window_next(&damage, &events, &got));
    guest_send(&guest, &event);
    CHECK(window_next(&damage, &events, &got) && base.lost == 3);
}

TEST(a_client_that_lies_about_what_it_took_gets_nothing_more)
{
    CHECK(opens(100, 80));
    damage.taken = 5;
    guest_send(&guest, &(struct window_event){.type = WINDOW_KEY});
    CHECK(events.written == 0 && base.lost == 1);
}

TEST(a_compositor_that_lies_gives_its_client_nothing)
{
    struct window_event got;

    events.written = WINDOW_EVENTS + 1;
    CHECK(!window_next(&damage, &events, &got) && damage.taken == 0);
    base.taken = 9;
    CHECK(!window_queue(&damage, &base, (struct window_rect){0, 0, 1, 1}));
}
