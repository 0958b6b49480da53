/* SPDX-License-Identifier: BSD-2-Clause
 * Pointer: see pointer.h. */
#include "pointer.h"

/* '#' edge, '.' body, '-' a shade of what is below. */
static const char shape[POINTER_HEIGHT][POINTER_WIDTH + 1] = {
    "#            ",
    "##           ",
    "#.#          ",
    "#..#         ",
    "#...#        ",
    "#....#       ",
    "#.....#      ",
    "#......#     ",
    "#.......#    ",
    "#........#   ",
    "#.........#  ",
    "#..........# ",
    "#......##### ",
    "#...#..#-----",
    "#..##..#-    ",
    "#.#--#..#    ",
    "##-  #..#-   ",
    "#-    #..#   ",
    "      #..#-  ",
    "       ##--  ",
};

void pointer_draw(const struct canvas *canvas, int32_t x, int32_t y)
{
    for (int32_t row = 0; row < POINTER_HEIGHT; row++)
        for (int32_t column = 0; column < POINTER_WIDTH; column++) {
            char c = shape[row][column];

            if (c != ' ')
                canvas_blend(canvas, x + column, y + row, c == '.' ? 0xffffff : 0x101418, c == '-' ? 80 : 255);
        }
}
