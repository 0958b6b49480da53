# SPDX-License-Identifier: BSD-2-Clause
"""The commands of sel4ish: one file each, named as the command, with register(subparsers) and run(args)."""
