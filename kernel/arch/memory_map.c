/* SPDX-License-Identifier: BSD-2-Clause */
#include "memory_map.h"

BOOT static paddr_t round_down(paddr_t p, paddr_t align)
{
    return p & ~(align - 1);
}

BOOT static paddr_t round_up(paddr_t p, paddr_t align)       /* saturates at the last multiple */
{
    const paddr_t down = round_down(p, align);

    if (down == p)
        return p;
    return down + align > down ? down + align : round_down(UINT64_MAX, align);
}

BOOT static void delete(struct memory_map *map, unsigned at)
{
    map->count--;
    for (unsigned i = at; i < map->count; i++)
        map->ranges[i] = map->ranges[i + 1];
}

BOOT static void insert(struct memory_map *map, unsigned at, struct memory_range range)
{
    if (map->count == map->capacity) {
        map->full = true;
        return;
    }
    for (unsigned i = map->count; i > at; i--)
        map->ranges[i] = map->ranges[i - 1];
    map->ranges[at] = range;
    map->count++;
}

BOOT void memory_map_add(struct memory_map *map, struct memory_range range, paddr_t align)
{
    unsigned at = 0;

    range = (struct memory_range){ round_up(range.start, align), round_down(range.end, align) };
    if (range.start >= range.end)
        return;
    while (at < map->count && map->ranges[at].end < range.start)
        at++;
    while (at < map->count && map->ranges[at].start <= range.end) {     /* touches: becomes part of the new one */
        if (map->ranges[at].start < range.start)
            range.start = map->ranges[at].start;
        if (map->ranges[at].end > range.end)
            range.end = map->ranges[at].end;
        delete(map, at);
    }
    insert(map, at, range);
}

BOOT void memory_map_remove(struct memory_map *map, struct memory_range hole, paddr_t align)
{
    if (hole.end < hole.start || hole.end == 0)
        hole.end = UINT64_MAX;
    if (hole.start == hole.end)
        return;
    hole.start = round_down(hole.start, align);
    hole.end = hole.end > round_down(UINT64_MAX, align) ? UINT64_MAX : round_up(hole.end, align);

    for (unsigned i = 0; i < map->count;) {
        const struct memory_range range = map->ranges[i];

        if (range.end <= hole.start || range.start >= hole.end) {
            i++;
            continue;
        }
        delete(map, i);                             /* what is left of it before the hole, and behind */
        if (range.start < hole.start)
            insert(map, i++, (struct memory_range){ range.start, hole.start });
        if (range.end > hole.end)
            insert(map, i++, (struct memory_range){ hole.end, range.end });
    }
}
