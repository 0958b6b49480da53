# SPDX-License-Identifier: BSD-2-Clause
"""What the machine shows, as a test looks at it: one pixel, a part, two pictures held against each other.

Pictures are compared exactly. A difference is kept as a picture of its own, wrong pixels red on the dimmed screen.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image, ImageChops

Box = tuple[int, int, int, int]         # left, top, right, bottom; the last two are outside
Pixel = tuple[int, int, int]


@dataclass(frozen=True)
class Screen:
    image: Image.Image                  # RGB

    @staticmethod
    def load(data: bytes) -> Screen:
        return Screen(Image.open(io.BytesIO(data)).convert("RGB"))

    @staticmethod
    def read(path: Path) -> Screen:
        return Screen.load(path.read_bytes())

    @property
    def size(self) -> tuple[int, int]:
        width, height = self.image.size
        return int(width), int(height)

    def pixel(self, x: int, y: int) -> Pixel:
        value = self.image.getpixel((x, y))
        assert isinstance(value, tuple)
        return value[0], value[1], value[2]

    def part(self, box: Box) -> Screen:
        return Screen(self.image.crop(box))

    def colours(self) -> set[Pixel]:
        counted: Any = self.image.getcolors(self.image.width * self.image.height)
        return {colour for _, colour in counted or []}

    def changed(self, other: Screen) -> Box | None:
        """The smallest box that holds every pixel in which the two differ; None: they are the same."""
        assert self.size == other.size, f"{self.size} and {other.size}"
        box: Box | None = ImageChops.difference(self.image, other.image).getbbox()
        return box

    def same_outside(self, other: Screen, boxes: Iterable[Box]) -> bool:
        """Do the two agree everywhere but in these boxes?"""
        mine, theirs = self.image.copy(), other.image.copy()
        for box in boxes:
            mine.paste((0, 0, 0), box)
            theirs.paste((0, 0, 0), box)
        return Screen(mine).changed(Screen(theirs)) is None

    def difference(self, other: Screen) -> Screen:
        """Where they differ, red; elsewhere the picture, dimmed."""
        wrong = ImageChops.difference(self.image, other.image).convert("L").point(lambda level: 255 if level else 0)
        picture = self.image.point(lambda level: level // 3)
        picture.paste((255, 0, 0), mask=wrong)
        return Screen(picture)

    def save(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.image.save(path)


def assert_same(screen: Screen, golden: Screen, folder: Path, name: str) -> None:
    """Fails with three pictures in `folder`: what was expected, what is, and the difference."""
    if screen.size == golden.size and screen.changed(golden) is None:
        return
    screen.save(folder / f"{name}-is.png")
    golden.save(folder / f"{name}-expected.png")
    if screen.size != golden.size:
        raise AssertionError(f"{name}: the screen is {screen.size}, the golden picture {golden.size}")
    screen.difference(golden).save(folder / f"{name}-difference.png")
    raise AssertionError(f"{name}: pixels differ within {screen.changed(golden)}; see {folder / (name + '-difference.png')}")
