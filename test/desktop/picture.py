# SPDX-License-Identifier: BSD-2-Clause
"""What the screen must show, computed from where the windows are: by nothing of the compositor's. Only letters are drawn by the
components' own font library, compiled for this computer."""

from __future__ import annotations

import ctypes
import math
import struct
import subprocess
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from sel4ish_pytest.front_door import ROOT
from sel4ish_pytest.screen import Box, Screen

WIDTH, HEIGHT = 1024, 768
BORDER, TITLE = 1, 26
SKY, GROUND, DULL, DULL_TEXT, WHITE = 0x1B2A49, 0x3F6C86, 0x39424F, 0xB8C0CC, 0xFFFFFF
COLOURS = (0x3B7DD8, 0xC4573F, 0x2F9E74, 0x8A5CC9, 0xB9852B, 0x2C93A8, 0xB84A86, 0x6B8F2E)
DITHER = ((0, 8, 2, 10), (12, 4, 14, 6), (3, 11, 1, 9), (15, 7, 13, 5))
TEXT_SIZE, TEXT_AT, DOT_AT, DOT_RADIUS = 17, 30, 15, 5.0
ARROW = ["#", "##", "#.#", "#..#", "#...#", "#....#", "#.....#", "#......#", "#.......#", "#........#", "#.........#", "#..........#",
         "#......#####", "#...#..#-----", "#..##..#-", "#.#--#..#", "##-  #..#-", "#-    #..#", "      #..#-", "       ##--"]
INK = {"#": (0x101418, 255), ".": (WHITE, 255), "-": (0x101418, 80)}


@dataclass(frozen=True)
class Window:
    name: str
    label: int
    x: int                  # of its frame
    y: int
    width: int              # of its content
    height: int
    colour: int             # all of its content

    @property
    def frame(self) -> Box:
        return self.x, self.y, self.x + self.width + 2 * BORDER, self.y + TITLE + self.height + BORDER

    @property
    def content(self) -> Box:
        return self.x + BORDER, self.y + TITLE, self.x + BORDER + self.width, self.y + TITLE + self.height


class _Canvas(ctypes.Structure):
    _fields_ = [("pixels", ctypes.c_void_p), ("stride", ctypes.c_int32), ("clip", ctypes.c_int32 * 4)]


class Painter:
    def __init__(self, folder: Path) -> None:
        lib, parts = folder / "text.so", ROOT / "components" / "lib"
        font = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"
        subprocess.run(["gcc", "-std=c11", "-O2", "-shared", "-fPIC", f"-I{ROOT / 'components'}", "-isystem", "/usr/include/stb",
                        f'-DFONT_FILE="{font}"', *(parts / "text" / n for n in ("text.c", "truetype.c", "font.S")),
                        parts / "draw" / "canvas.c", "-lm", "-o", lib], check=True)
        self.text = ctypes.CDLL(str(lib))
        assert self.text.text_start()
        self.ascent: int = self.text.text_ascent(TEXT_SIZE)
        self.rows: list[list[int]] = []

    def paint(self, windows: list[Window], focus: Window, pointer: tuple[int, int]) -> Screen:
        """`windows` from the lowest to the one on top."""
        self.rows = [[0] * WIDTH for _ in range(HEIGHT)]
        self._gradient((0, 0, WIDTH, HEIGHT), SKY, GROUND)
        for window in windows:
            self._window(window, window == focus)
        for y, line in enumerate(ARROW):
            for x, ink in enumerate(line):
                if ink in INK:
                    self._blend(pointer[0] + x, pointer[1] + y, *INK[ink])
        data = b"".join(struct.pack(f">{WIDTH}I", *(p << 8 for p in row)) for row in self.rows)
        return Screen(Image.frombytes("RGBX", (WIDTH, HEIGHT), data).convert("RGB"))

    def _window(self, window: Window, focused: bool) -> None:
        own = COLOURS[window.label % len(COLOURS)]
        body, ink = (own, WHITE) if focused else (DULL, DULL_TEXT)
        x0, y0, x1, y1 = window.frame
        self._fill((x0, y0 + TITLE, x1, y1), body)
        self._gradient((x0, y0, x1, y0 + TITLE), mix(body, WHITE, 40 if focused else 16), body)
        self._fill((x0, y0, x1, y0 + 1), mix(body, WHITE, 72))
        self._dot(x0 + DOT_AT, y0 + TITLE / 2, ink if focused else own)
        self._letters(window.name, x0 + TEXT_AT, y0 + (TITLE - TEXT_SIZE) // 2 + self.ascent, ink, (x0, y0, x1, y0 + TITLE))
        self._fill(window.content, window.colour)

    def _fill(self, box: Box, colour: int) -> None:
        x0, y0, x1, y1 = on_screen(box)
        for y in range(y0, y1):
            self.rows[y][x0:x1] = [colour] * (x1 - x0)

    def _gradient(self, box: Box, top: int, bottom: int) -> None:
        x0, y0, x1, y1 = on_screen(box)
        for y in range(y0, y1):
            shades = [shade(top, bottom, y - box[1], box[3] - box[1], threshold) for threshold in DITHER[y & 3]]
            self.rows[y][x0:x1] = [shades[x & 3] for x in range(x0, x1)]

    def _dot(self, cx: float, cy: float, colour: int) -> None:
        for y in range(int(cy) - 8, int(cy) + 9):
            for x in range(int(cx) - 8, int(cx) + 9):
                distance = single(math.sqrt((x + 0.5 - cx) ** 2 + (y + 0.5 - cy) ** 2))
                beyond = single(distance - DOT_RADIUS)
                alpha = 255 if beyond <= -0.5 else 0 if beyond >= 0.5 else int(single(single(0.5 - beyond) * 255))
                self._blend(x, y, colour, alpha)

    def _blend(self, x: int, y: int, colour: int, alpha: int) -> None:
        if alpha and 0 <= x < WIDTH and 0 <= y < HEIGHT:
            self.rows[y][x] = mix(self.rows[y][x], colour, alpha + (alpha >> 7))

    def _letters(self, text: str, x: int, base: int, colour: int, bar: Box) -> None:
        x0, y0, x1, y1 = on_screen(bar)
        if x0 >= x1 or y0 >= y1:
            return
        flat = (ctypes.c_uint32 * (WIDTH * (y1 - y0)))(*(p for row in self.rows[y0:y1] for p in row))
        canvas = _Canvas(ctypes.addressof(flat), WIDTH, (ctypes.c_int32 * 4)(x0, 0, x1, y1 - y0))
        self.text.text_draw(ctypes.byref(canvas), x, base - y0, text.encode(), TEXT_SIZE, colour)
        for i, y in enumerate(range(y0, y1)):
            self.rows[y] = list(flat[i * WIDTH:(i + 1) * WIDTH])


def on_screen(box: Box) -> Box:
    return max(box[0], 0), max(box[1], 0), min(box[2], WIDTH), min(box[3], HEIGHT)


def channels(colour: int) -> tuple[int, int, int]:
    return colour >> 16, colour >> 8 & 0xFF, colour & 0xFF


def mix(a: int, b: int, weight: int) -> int:
    """a where weight is 0, b where it is 256."""
    r, g, blue = ((x * (256 - weight) + y * weight) >> 8 for x, y in zip(channels(a), channels(b)))
    return r << 16 | g << 8 | blue


def shade(top: int, bottom: int, at: int, of: int, threshold: int) -> int:
    found = 0
    for a, b in zip(channels(top), channels(bottom)):
        step = (b - a) * 16 * at
        found = found << 8 | (a * 16 + (abs(step) // of) * (1 if step >= 0 else -1) + threshold) >> 4
    return found


def single(value: float) -> float:
    """Rounded as the machine's float."""
    return float(struct.unpack("f", struct.pack("f", value))[0])
