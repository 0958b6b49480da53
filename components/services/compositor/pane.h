/* SPDX-License-Identifier: BSD-2-Clause
 * Pane: one window as the compositor keeps it, and where its parts lie on the screen.
 *
 *   frame   +----------------------+
 *   title   |  o  name             |  PANE_TITLE rows
 *           +----------------------+
 *   content | the client's pixels  |  a border of PANE_BORDER around
 *           +----------------------+
 *
 * Invariant: name and label are the kernel's and the description's; the surface was checked; its pixels are null unless
 * the pane is open. */
#pragma once

#include <stdint.h>

#include <lib/draw/rect.h>

enum { PANE_BORDER = 1, PANE_TITLE = 26, PANES = 32, PANE_NAME = 31 };

enum pane_state {
    PANE_ABSENT,                /* there is no client, or it has not said what it wants */
    PANE_OPEN,
    PANE_GONE,                  /* its client left: what stays is a mark */
};

/* What a client draws in, as far as the compositor granted it. */
struct surface {
    int32_t width, height;
    int32_t stride;             /* pixels from one row to the next */
    const uint32_t *pixels;     /* shared: the client changes them at any time */
};

struct pane {
    enum pane_state state;
    char name[PANE_NAME + 1];
    uint32_t label;
    int32_t x, y;               /* of the content's top left corner on the screen */
    struct surface surface;     /* its size stays when the client has left */
    bool placed;                /* it had a place before: a client that comes back finds it again */
};

static inline struct rect pane_content(const struct pane *pane)
{
    return rect_at(pane->x, pane->y, pane->surface.width, pane->surface.height);
}

static inline struct rect pane_frame(const struct pane *pane)
{
    struct rect content = pane_content(pane);

    return (struct rect){content.x0 - PANE_BORDER, content.y0 - PANE_TITLE, content.x1 + PANE_BORDER,
                         content.y1 + PANE_BORDER};
}

/* The bar by which it is held. */
static inline struct rect pane_title(const struct pane *pane)
{
    struct rect frame = pane_frame(pane);

    return (struct rect){frame.x0, frame.y0, frame.x1, frame.y0 + PANE_TITLE};
}
