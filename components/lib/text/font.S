/* SPDX-License-Identifier: BSD-2-Clause
 * Font: see font.h. */
    .section .rodata.font, "a"
    .balign 8
    .global font_start, font_end
font_start:
    .incbin FONT_FILE
font_end:
    .section .note.GNU-stack, "", %progbits
