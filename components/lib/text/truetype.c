/* SPDX-License-Identifier: BSD-2-Clause
 * TrueType: the code of stb_truetype, from Debian's libstb-dev. */
#define STB_TRUETYPE_IMPLEMENTATION
#include <stb_truetype.h>
