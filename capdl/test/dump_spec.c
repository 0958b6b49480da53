/* SPDX-License-Identifier: BSD-2-Clause
 * Binary specs as the text form without causes, through the C reader alone: what the tests compare with Python.
 *
 *   dump_spec FILE    FILE is specs one behind the other, each after its length in 8 bytes. Prints for each its text,
 *                     or "wrong: record N: what", and then a line with a form feed. */
#include "../spec.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#define KIND(name, word, type, section) word,
#define REGION(name, word)
#define BIT(name, value)
#define NAME(name, word)
static const char *const kind_words[] = {
#include "../objects.def"
};
#undef KIND
#undef REGION
#define KIND(name, word, type, section)
#define REGION(name, word) word,
static const char *const region_words[] = {
#include "../objects.def"
};
#undef KIND
#undef REGION
#undef BIT
#undef NAME

static void print_letters(FILE *out, uint32_t bits, const char *letters, const uint32_t *values)
{
    for (; *letters; letters++, values++)
        if (bits & *values)
            fputc(*letters, out);
}

static void print_cap(FILE *out, const struct spec *spec, uint32_t index)
{
    static const uint32_t rights[] = { SPEC_RIGHT_READ, SPEC_RIGHT_WRITE, SPEC_RIGHT_GRANT, SPEC_RIGHT_GRANT_REPLY };
    const struct spec_cap *cap = spec_cap(spec, index);
    const char *separator = " (";

    fputs(spec_name(spec, cap->object), out);
    if (cap->rights) {
        fputs(separator, out);
        print_letters(out, cap->rights, "rwgp", rights);
        separator = ", ";
    }
    if (cap->badge) {
        fprintf(out, "%sbadge: 0x%" PRIx64, separator, cap->badge);
        separator = ", ";
    }
    if (cap->guard_bits) {
        fprintf(out, "%sguard: 0x%" PRIx64 ", guard-bits: %" PRIu32, separator, cap->guard, cap->guard_bits);
        separator = ", ";
    }
    fputs(separator[0] == ',' ? ")\n" : "\n", out);
}

static void print_maybe_cap(FILE *out, const struct spec *spec, const char *key, uint32_t cap)
{
    if (cap == SPEC_NONE)
        return;
    fprintf(out, "    %s: ", key);
    print_cap(out, spec, cap);
}

static void print_maybe_object(FILE *out, const struct spec *spec, const char *key, uint32_t object)
{
    if (object != SPEC_NONE)
        fprintf(out, "    %s: %s\n", key, spec_name(spec, object));
}

static void print_references(FILE *out, const struct spec *spec, const char *key, uint32_t first, uint32_t count)
{
    for (uint32_t i = first; i < first + count; i++)
        print_maybe_object(out, spec, key, spec_reference_object(spec, i));
}

static void print_end(FILE *out, const struct spec *spec, const char *role, uint32_t index)
{
    if (index == SPEC_NONE)
        return;
    const struct spec_end *end = spec_end(spec, index);
    fprintf(out, "    %s 0x%" PRIx64 ": %s %s %" PRIu32 "\n", role, end->base, spec_name(spec, end->vspace),
            spec_name(spec, end->cnode), end->slot);
    print_maybe_cap(out, spec, "notification", end->notification);
}

static void open_brace(FILE *out, bool any)
{
    fputs(any ? " {\n" : "\n", out);
}

static void close_brace(FILE *out, bool any)
{
    fputs(any ? "}\n" : "", out);
}

static void print_cnode(FILE *out, const struct spec *spec, const struct spec_cnode *cnode)
{
    fprintf(out, " (bits: %" PRIu32 ")", cnode->size_bits);
    open_brace(out, cnode->slot_count > 0);
    for (uint32_t i = cnode->slots; i < cnode->slots + cnode->slot_count; i++) {
        fprintf(out, "    %" PRIu32 ": ", spec_slot(spec, i)->slot);
        print_cap(out, spec, spec_slot(spec, i)->cap);
    }
    close_brace(out, cnode->slot_count > 0);
}

static void print_quoted(FILE *out, const char *text)
{
    fputc('"', out);
    for (; *text; text++) {
        if (*text == '"' || *text == '\\')
            fputc('\\', out);
        fputc(*text, out);
    }
    fputc('"', out);
}

static void print_frame(FILE *out, const struct spec *spec, const struct spec_frame *frame)
{
    fprintf(out, " (bits: %" PRIu32, frame->size_bits);
    if (frame->flags & SPEC_FRAME_FIXED)
        fprintf(out, ", paddr: 0x%" PRIx64, frame->paddr);
    fputs(frame->flags & SPEC_FRAME_DEVICE ? ", device)" : ")", out);
    open_brace(out, frame->fill_count > 0);
    for (uint32_t i = frame->fills; i < frame->fills + frame->fill_count; i++) {
        const struct spec_fill *fill = spec_fill(spec, i);

        fprintf(out, "    fill 0x%" PRIx32 ": ", fill->frame_offset);
        print_quoted(out, spec_string(spec, fill->file));
        fprintf(out, " 0x%" PRIx64 " 0x%" PRIx32 "\n", fill->file_offset, fill->length);
    }
    close_brace(out, frame->fill_count > 0);
}

static void print_vspace(FILE *out, const struct spec *spec, const struct spec_vspace *vspace)
{
    static const uint32_t access[] = { SPEC_MAP_READ, SPEC_MAP_WRITE, SPEC_MAP_EXECUTE };
    const bool any = vspace->mapping_count > 0 || vspace->table_count > 0 || vspace->large_table_count > 0;

    open_brace(out, any);
    for (uint32_t i = vspace->mappings; i < vspace->mappings + vspace->mapping_count; i++) {
        const struct spec_mapping *mapping = spec_mapping(spec, i);

        fprintf(out, "    0x%" PRIx64 ": %s (", mapping->vaddr, spec_name(spec, mapping->frame));
        print_letters(out, mapping->flags, "rwx", access);
        fputs(mapping->flags & SPEC_MAP_UNCACHED ? ", uncached)\n" : ")\n", out);
    }
    for (uint32_t i = vspace->tables; i < vspace->tables + vspace->table_count; i++)
        fprintf(out, "    table: 0x%" PRIx64 "\n", spec_table(spec, i)->vaddr);
    for (uint32_t i = vspace->large_tables; i < vspace->large_tables + vspace->large_table_count; i++)
        fprintf(out, "    table: 0x%" PRIx64 " (large)\n", spec_table(spec, i)->vaddr);
    close_brace(out, any);
}

static void print_tcb(FILE *out, const struct spec *spec, const struct spec_tcb *tcb)
{
    const char *component = spec_string(spec, tcb->component);
    const bool any = tcb->cspace != SPEC_NONE || tcb->fault_endpoint != SPEC_NONE ||
                     tcb->timeout_endpoint != SPEC_NONE || tcb->vspace != SPEC_NONE ||
                     tcb->bound_notification != SPEC_NONE || tcb->sched_context != SPEC_NONE ||
                     tcb->buffer_frame != SPEC_NONE;

    fputs(" (", out);
    if (component[0])
        fprintf(out, "component: %s, ", component);
    fprintf(out, "phase: %" PRIu32 ", priority: %" PRIu32 ", mcp: %" PRIu32, tcb->phase, tcb->priority, tcb->mcp);
    fprintf(out, ", pc: 0x%" PRIx64 ", sp: 0x%" PRIx64 ", arg: 0x%" PRIx64, tcb->pc, tcb->sp, tcb->arg);
    fputs(tcb->flags & SPEC_TCB_TIMER ? ", timer)" : ")", out);
    open_brace(out, any);
    print_maybe_cap(out, spec, "cspace", tcb->cspace);
    print_maybe_cap(out, spec, "fault-endpoint", tcb->fault_endpoint);
    print_maybe_cap(out, spec, "timeout-endpoint", tcb->timeout_endpoint);
    print_maybe_object(out, spec, "vspace", tcb->vspace);
    print_maybe_object(out, spec, "notification", tcb->bound_notification);
    print_maybe_object(out, spec, "sched-context", tcb->sched_context);
    if (tcb->buffer_frame != SPEC_NONE)
        fprintf(out, "    buffer 0x%" PRIx64 ": %s\n", tcb->buffer_vaddr, spec_name(spec, tcb->buffer_frame));
    close_brace(out, any);
}

static void print_irq(FILE *out, const struct spec *spec, const struct spec_irq *irq)
{
    fprintf(out, " (number: %" PRIu32 "%s)", irq->number, irq->edge ? ", edge" : "");
    open_brace(out, irq->notification != SPEC_NONE);
    print_maybe_cap(out, spec, "notification", irq->notification);
    close_brace(out, irq->notification != SPEC_NONE);
}

static void print_registry(FILE *out, const struct spec *spec, const struct spec_registry *registry)
{
    const bool any = registry->monitor != SPEC_NONE || registry->interface_count > 0;

    open_brace(out, any);
    print_maybe_cap(out, spec, "monitor", registry->monitor);
    print_references(out, spec, "interface", registry->interfaces, registry->interface_count);
    close_brace(out, any);
}

static void print_interface(FILE *out, const struct spec *spec, const struct spec_interface *interface)
{
    fprintf(out, " (id: 0x%" PRIx32 ", version: %" PRIu32 ", instance: %" PRIu32 "%s) {\n", interface->id,
            interface->version, interface->instance, interface->shared_header ? ", shared-header" : "");
    for (uint32_t i = interface->regions; i < interface->regions + interface->region_count; i++) {
        const struct spec_region *region = spec_region(spec, i);

        fprintf(out, "    region 0x%" PRIx64 ": %s (bits: %" PRIu32 ", count: %" PRIu32 ")\n", region->offset,
                region_words[region->kind], region->size_bits, region->count);
    }
    print_references(out, spec, "code", interface->code, interface->code_count);
    print_references(out, spec, "connection", interface->connections, interface->connection_count);
    print_end(out, spec, "provider", interface->provider);
    fputs("}\n", out);
}

static void print_connection(FILE *out, const struct spec *spec, const struct spec_connection *connection)
{
    const bool any = connection->frame_count > 0 || connection->client != SPEC_NONE;

    fprintf(out, " (label: %" PRIu32 ")", connection->label);
    open_brace(out, any);
    print_references(out, spec, "frame", connection->frames, connection->frame_count);
    print_end(out, spec, "client", connection->client);
    close_brace(out, any);
}

static void print_sched_context(FILE *out, const struct spec_sched_context *context)
{
    fprintf(out, " (bits: %" PRIu32 ", budget: %" PRIu64 ", period: %" PRIu64 ", badge: 0x%" PRIx64 ")\n",
            context->size_bits, context->budget_us, context->period_us, context->badge);
}

static void print_object(FILE *out, const struct spec *spec, const struct spec_object *object)
{
    fprintf(out, "\n%s = %s", spec_string(spec, object->name), kind_words[object->kind]);
    switch (object->kind) {
    case KIND_CNODE:
        return print_cnode(out, spec, spec_cnode(spec, object->detail));
    case KIND_FRAME:
        return print_frame(out, spec, spec_frame(spec, object->detail));
    case KIND_VSPACE:
        return print_vspace(out, spec, spec_vspace(spec, object->detail));
    case KIND_SCHED_CONTEXT:
        return print_sched_context(out, spec_sched_context(spec, object->detail));
    case KIND_TCB:
        return print_tcb(out, spec, spec_tcb(spec, object->detail));
    case KIND_IRQ:
        return print_irq(out, spec, spec_irq(spec, object->detail));
    case KIND_REGISTRY:
        return print_registry(out, spec, spec_registry(spec, object->detail));
    case KIND_INTERFACE:
        return print_interface(out, spec, spec_interface(spec, object->detail));
    case KIND_CONNECTION:
        return print_connection(out, spec, spec_connection(spec, object->detail));
    default:
        fputc('\n', out);
    }
}

static void print_spec(FILE *out, const struct spec *spec)
{
    fputs("capdl aarch64\n", out);
    if (spec->counts[SPEC_OBJECTS] == 0)
        fputc('\n', out);
    for (uint32_t i = 0; i < spec->counts[SPEC_OBJECTS]; i++)
        print_object(out, spec, spec_object(spec, i));
}

/* The next spec, in memory of exactly its size, so that a sanitizer sees every step beyond it. Null: there is none. */
static void *read_bytes(FILE *file, size_t *size)
{
    uint64_t length;

    if (fread(&length, sizeof length, 1, file) != 1)
        return NULL;
    void *bytes = malloc(length ? length : 1);
    if (!bytes || fread(bytes, 1, length, file) != length) {
        fputs("dump_spec: cannot read\n", stderr);
        exit(2);
    }
    *size = length;
    return bytes;
}

static void dump(const void *bytes, size_t size)
{
    struct spec spec;
    struct spec_fault fault;

    if (spec_open(&spec, bytes, size, &fault))
        print_spec(stdout, &spec);
    else
        printf("wrong: %s %" PRIu32 ": %s\n", fault.record, fault.index, fault.what);
    fputs("\f\n", stdout);
}

int main(int argc, char **argv)
{
    FILE *file = argc == 2 ? fopen(argv[1], "rb") : NULL;
    size_t size;

    if (!file) {
        fputs("usage: dump_spec FILE\n", stderr);
        return 2;
    }
    for (void *bytes; (bytes = read_bytes(file, &size)); free(bytes))
        dump(bytes, size);
    return fclose(file);
}
