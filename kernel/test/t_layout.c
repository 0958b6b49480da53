/* SPDX-License-Identifier: BSD-2-Clause
 * Layouts: which regions an interface may have. */
#include "world.h"

static seL4_Error configure(word_t interface, word_t offset, word_t shape)
{
    return do_op(interface, sel4ish_InterfaceConfigure,
                 ARGS(STORE, 0, 0, SHAPE(12, REGION_CLIENT_READS, 1), offset, shape), NO_CAPS);
}

TEST(a_layout_is_refused_when_its_header_region_is_not_the_clients_to_rely_on)
{
    fixture_boot();
    const word_t interface = object_new(OBJ_INTERFACE, 0);

    CHECK_EQUAL(do_op(interface, sel4ish_InterfaceConfigure, ARGS(STORE, 0, 0, SHAPE(12, REGION_SHARED, 1)), NO_CAPS),
                seL4_InvalidArgument);
    CHECK_EQUAL(
        do_op(interface, sel4ish_InterfaceConfigure, ARGS(STORE, 0, 0, SHAPE(12, REGION_PROVIDER_READS, 1)), NO_CAPS),
        seL4_InvalidArgument);
    CHECK_EQUAL(do_op(interface, sel4ish_InterfaceConfigure, ARGS(STORE, 0, 0, SHAPE(12, REGION_CODE, 1)), NO_CAPS),
                seL4_InvalidArgument);
    CHECK_EQUAL(do_op(interface, sel4ish_InterfaceConfigure, ARGS(STORE, 0, 0x1000, SHAPE(12, REGION_CLIENT_READS, 1)),
                      NO_CAPS),
                seL4_InvalidArgument);
    CHECK_EQUAL(
        do_op(interface, sel4ish_InterfaceConfigure, ARGS(STORE, 1, 0, SHAPE(12, REGION_CLIENT_READS, 1)), NO_CAPS),
        seL4_InvalidArgument);
    CHECK_EQUAL(do_op(interface, sel4ish_InterfaceConfigure, ARGS(STORE, 1, 0, SHAPE(12, REGION_SHARED, 1)), NO_CAPS),
                seL4_NoError);
}

TEST(regions_are_whole_pages_in_order_without_overlap)
{
    fixture_boot();
    const word_t interface = object_new(OBJ_INTERFACE, 0);

    CHECK_EQUAL(configure(interface, 0x1800, SHAPE(12, REGION_SHARED, 1)), seL4_AlignmentError);
    CHECK_EQUAL(configure(interface, 0x1000, SHAPE(21, REGION_SHARED, 1)), seL4_AlignmentError);
    CHECK_EQUAL(configure(interface, 0, SHAPE(12, REGION_SHARED, 1)), seL4_RangeError);
    CHECK_EQUAL(configure(interface, ARCH_USER_TOP, SHAPE(12, REGION_SHARED, 1)), seL4_RangeError);
    CHECK_EQUAL(configure(interface, 0xfffffffffffff000, SHAPE(12, REGION_SHARED, 1)), seL4_RangeError);
    CHECK_EQUAL(configure(interface, 0x1000, SHAPE(12, REGION_SHARED, 64)), seL4_RangeError);
    CHECK_EQUAL(configure(interface, 0x1000, SHAPE(12, REGION_SHARED, 65)), seL4_InvalidArgument);
    CHECK_EQUAL(reply_word(0), 4);          /* the second region's first word */
    CHECK_EQUAL(configure(interface, 0x1000, SHAPE(12, REGION_SHARED, 0)), seL4_InvalidArgument);
    CHECK_EQUAL(configure(interface, 0x1000, SHAPE(13, REGION_SHARED, 1)), seL4_InvalidArgument);
    CHECK_EQUAL(configure(interface, 0x1000, SHAPE(39, REGION_SHARED, 1)), seL4_InvalidArgument);
    CHECK_EQUAL(configure(interface, 0x1000, SHAPE(12, REGION_KINDS, 1)), seL4_InvalidArgument);
    CHECK_EQUAL(configure(interface, 0x1000, SHAPE(12, REGION_SHARED, 1) | 1ul << 32), seL4_InvalidArgument);
    CHECK_EQUAL(configure(interface, 0x200000, SHAPE(21, REGION_SHARED, 63)), seL4_NoError);
    CHECK_EQUAL(configure(interface, 0x200000, SHAPE(21, REGION_SHARED, 63)), seL4_IllegalOperation);
}

TEST(code_pages_do_not_count_among_the_64_of_a_connection)
{
    fixture_boot();
    CHECK_EQUAL(do_op(object_new(OBJ_INTERFACE, 0), sel4ish_InterfaceConfigure,
                      ARGS(STORE, 0, 0, SHAPE(12, REGION_CLIENT_READS, 64), 0x40000, SHAPE(12, REGION_CODE, 64)),
                      NO_CAPS),
                seL4_NoError);
}

TEST(a_layout_has_at_most_8_regions)
{
    word_t args[2 + 2 * 9] = { STORE, 0 };

    fixture_boot();
    for (word_t i = 0; i < 9; i++) {
        args[2 + 2 * i] = i * 0x1000;
        args[3 + 2 * i] = SHAPE(12, REGION_CLIENT_READS, 1);
    }
    CHECK_EQUAL(do_op(object_new(OBJ_INTERFACE, 0), sel4ish_InterfaceConfigure, 2 + 2 * 9, args, NO_CAPS),
                seL4_InvalidArgument);
    CHECK_EQUAL(do_op(object_new(OBJ_INTERFACE, 0), sel4ish_InterfaceConfigure, 2 + 2 * 8, args, NO_CAPS),
                seL4_NoError);
}

TEST(a_key_has_an_id_and_a_version_and_no_label)
{
    static const word_t bad[] = { KEY(0, 1), KEY(1, 0), STORE | 1ul << 40 };

    fixture_boot();
    const word_t interface = object_new(OBJ_INTERFACE, 0);
    for (unsigned i = 0; i < 3; i++)
        CHECK_EQUAL(do_op(interface, sel4ish_InterfaceConfigure, ARGS(bad[i], 0, 0, SHAPE(12, REGION_CLIENT_READS, 1)),
                          NO_CAPS),
                    seL4_InvalidArgument);
}

TEST(a_regions_pages_have_a_size_that_tables_know)
{
    struct layout layout = { 0 };

    CHECK_EQUAL(layout_add(&layout, 0, 11 | 1 << 16, false), seL4_InvalidArgument);
    CHECK_EQUAL(layout_add(&layout, 0, 39 | 1 << 16, false), seL4_InvalidArgument);
    CHECK_EQUAL(layout_add(&layout, 0, 13 | 1 << 16, false), seL4_InvalidArgument);
    CHECK_EQUAL(layout_add(&layout, 0, 30 | 1 << 16, false), seL4_NoError);
    CHECK_EQUAL(layout_add(&layout, ARCH_USER_TOP, 12 | 1 << 16, false), seL4_RangeError);
    CHECK_EQUAL(layout_add(&layout, ARCH_USER_TOP - 4096, 12 | 2 << 16, false), seL4_RangeError);
}

TEST(code_has_at_most_64_pages)
{
    struct layout layout = { 0 };

    CHECK_EQUAL(layout_add(&layout, 0, SHAPE(12, REGION_CLIENT_READS, 1), false), seL4_NoError);
    CHECK_EQUAL(layout_add(&layout, 0x1000, SHAPE(12, REGION_CODE, 64), false), seL4_NoError);
    CHECK_EQUAL(layout_add(&layout, 0x41000, SHAPE(12, REGION_CODE, 1), false), seL4_RangeError);
    CHECK_EQUAL(layout.code_pages, 64);
}

TEST(regions_come_as_pairs_of_words_and_the_flags_are_known)
{
    const word_t shape = SHAPE(12, REGION_CLIENT_READS, 1);

    fixture_boot();
    const word_t interface = object_new(OBJ_INTERFACE, 0);

    CHECK_REFUSED(do_op(interface, sel4ish_InterfaceConfigure, ARGS(STORE, 2, 0, shape), NO_CAPS),
                  seL4_InvalidArgument);
    CHECK_EQUAL(reply_word(0), 1);
    CHECK_REFUSED(do_op(interface, sel4ish_InterfaceConfigure, ARGS(STORE, 0), NO_CAPS), seL4_TruncatedMessage);
    CHECK_REFUSED(do_op(interface, sel4ish_InterfaceConfigure, ARGS(STORE, 0, 0, shape, 0x1000), NO_CAPS),
                  seL4_TruncatedMessage);
    CHECK_EQUAL(do_op(interface, sel4ish_InterfaceConfigure, ARGS(STORE, 0, 0, shape), NO_CAPS), seL4_NoError);
}
