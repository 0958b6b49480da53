/* SPDX-License-Identifier: BSD-2-Clause
 * fw_cfg: see fw_cfg.h. */
#include "fw_cfg.h"

#include <stddef.h>
#include <string.h>

#include <lib/dma/dma.h>

#include "big_endian.h"

enum { DMA_ADDRESS_HIGH = 0x10, DMA_ADDRESS_LOW = 0x14 };                           /* registers, big endian */
enum { ITEM_SIGNATURE = 0x00, ITEM_FEATURES = 0x01, ITEM_DIRECTORY = 0x19 };
enum { FEATURE_DMA = 2 };
enum { COMMAND_CONTROL = 0, COMMAND_LENGTH = 4, COMMAND_ADDRESS = 8 };              /* offsets */
enum { CONTROL_ERROR = 1, CONTROL_READ = 2, CONTROL_SELECT = 8, CONTROL_WRITE = 16, CONTROL_SELECTOR_SHIFT = 16 };
enum { MOST_FILES = 1024 };

static void set_register(const struct fw_cfg *fw_cfg, uint32_t offset, uint32_t value)
{
    *(volatile uint32_t *)(fw_cfg->registers + offset) = __builtin_bswap32(value);
}

static uint32_t control(const struct fw_cfg *fw_cfg)
{
    return __builtin_bswap32(*(volatile uint32_t *)fw_cfg->memory->command);
}

static void write_command(const struct fw_cfg *fw_cfg, uint32_t control_word, uint32_t bytes)
{
    uint8_t command[sizeof fw_cfg->memory->command];

    big_endian_put(command + COMMAND_CONTROL, 4, control_word);
    big_endian_put(command + COMMAND_LENGTH, 4, bytes);
    big_endian_put(command + COMMAND_ADDRESS, 8, fw_cfg->paddr + offsetof(struct fw_cfg_memory, data));
    for (unsigned i = 0; i < sizeof command; i++)
        fw_cfg->memory->command[i] = command[i];
}

/* The device clears all bits of control but the error when it is done; writing the low half starts it. */
static bool transfer(const struct fw_cfg *fw_cfg, uint32_t control_word, uint32_t bytes)
{
    write_command(fw_cfg, control_word, bytes);
    dma_publish();
    set_register(fw_cfg, DMA_ADDRESS_HIGH, (uint32_t)(fw_cfg->paddr >> 32));
    set_register(fw_cfg, DMA_ADDRESS_LOW, (uint32_t)fw_cfg->paddr);
    while (control(fw_cfg) & ~(uint32_t)CONTROL_ERROR)
        ;
    dma_observe();
    return !(control(fw_cfg) & CONTROL_ERROR);
}

static bool read_on(const struct fw_cfg *fw_cfg, uint32_t select, void *to, uint32_t bytes)
{
    if (bytes > FW_CFG_DATA_BYTES || !transfer(fw_cfg, select | CONTROL_READ, bytes))
        return false;
    for (uint32_t i = 0; i < bytes; i++)
        ((uint8_t *)to)[i] = fw_cfg->memory->data[i];
    return true;
}

static uint32_t selecting(uint16_t selector)
{
    return (uint32_t)selector << CONTROL_SELECTOR_SHIFT | CONTROL_SELECT;
}

bool fw_cfg_read(const struct fw_cfg *fw_cfg, uint16_t selector, void *to, uint32_t bytes)
{
    return read_on(fw_cfg, selecting(selector), to, bytes);
}

bool fw_cfg_write(const struct fw_cfg *fw_cfg, uint16_t selector, const void *from, uint32_t bytes)
{
    if (bytes > FW_CFG_DATA_BYTES)
        return false;
    for (uint32_t i = 0; i < bytes; i++)
        fw_cfg->memory->data[i] = ((const uint8_t *)from)[i];
    return transfer(fw_cfg, selecting(selector) | CONTROL_WRITE, bytes);
}

bool fw_cfg_present(const struct fw_cfg *fw_cfg)
{
    char signature[4];
    uint8_t features[4];            /* little endian */

    return fw_cfg_read(fw_cfg, ITEM_SIGNATURE, signature, sizeof signature) && memcmp(signature, "QEMU", 4) == 0 &&
           fw_cfg_read(fw_cfg, ITEM_FEATURES, features, sizeof features) && features[0] & FEATURE_DMA;
}

bool fw_cfg_find(const struct fw_cfg *fw_cfg, const char *name, struct file *file)
{
    uint8_t entry[FILE_ENTRY_BYTES];
    uint8_t count[4];

    if (!fw_cfg_read(fw_cfg, ITEM_DIRECTORY, count, sizeof count))
        return false;
    for (uint64_t left = big_endian_get(count, 4), n = 0; n < left && n < MOST_FILES; n++) {
        if (!read_on(fw_cfg, 0, entry, sizeof entry))
            return false;
        if (file_parse(entry, file) && strcmp(file->name, name) == 0)
            return true;
    }
    return false;
}
