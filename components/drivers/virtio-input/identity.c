/* SPDX-License-Identifier: BSD-2-Clause
 * Identity: see identity.h. */
#include "identity.h"

enum {                              /* configuration bytes */
    SELECT = 0, SUBSELECT = 1, SIZE = 2, DATA = 8,
    SELECT_EVENT_BITS = 0x11, SELECT_AXIS = 0x12,
    AXIS_LEAST = DATA, AXIS_GREATEST = DATA + 4,
};

/* Returns how many bytes of data there are. */
static uint8_t choose(const struct transport *transport, uint8_t select, uint8_t subselect)
{
    transport_config_set(transport, SELECT, select);
    transport_config_set(transport, SUBSELECT, subselect);
    return transport_config(transport, SIZE);
}

static int32_t number(const struct transport *transport, uint32_t offset)
{
    uint32_t value = 0;

    for (uint32_t i = 0; i < 4; i++)
        value |= (uint32_t)transport_config(transport, offset + i) << (8 * i);
    return (int32_t)value;
}

static bool axis(const struct transport *transport, uint8_t code, struct input_range *range)
{
    if (choose(transport, SELECT_AXIS, code) < AXIS_GREATEST + 4 - DATA)
        return false;
    range->least = number(transport, AXIS_LEAST);
    range->greatest = number(transport, AXIS_GREATEST);
    return range->least < range->greatest;
}

bool identity_read(const struct transport *transport, struct identity *identity)
{
    *identity = (struct identity){.kind = INPUT_KEYBOARD};
    if (choose(transport, SELECT_EVENT_BITS, INPUT_ABSOLUTE)) {
        identity->kind = INPUT_TABLET;
        return axis(transport, INPUT_X, &identity->x) && axis(transport, INPUT_Y, &identity->y);
    }
    return choose(transport, SELECT_EVENT_BITS, INPUT_KEY);
}
