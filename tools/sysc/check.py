# SPDX-License-Identifier: BSD-2-Clause
"""A System judged: each rule is a function from the System to what breaks it. No error from here is the licence to plan."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sysc.model import PAGE, Component, ComponentType, InterfaceRef, MemoryRegion, Name, System, Use
from sysc.plan import DEVICES, MEMORY, align_up, ram_top
from sysc.source import Note, SourceError, did_you_mean, in_order

Rule = Callable[[System], Iterator[SourceError]]

MAX_INSTANCES = 256
MAX_LABEL = (1 << 24) - 1
MAX_BOOT = 64           # badge bits of the notification that says who is done


def check(system: System) -> list[SourceError]:
    """All violations, in order of place."""
    return in_order(mistake for rule in RULES for mistake in rule(system))


def whole(system: System) -> Iterator[Component]:
    """The components whose source was found: the only ones whose needs are known."""
    return (c for c in system.components if c.type.name.text != "?")


def rule_used_interfaces_are_provided(system: System) -> Iterator[SourceError]:
    for component in system.components:
        for use in component.uses:
            yield from _use_is_provided(system, component, use.ref, use.provider)


def _use_is_provided(system: System, component: Component, ref: InterfaceRef, provider: Name) -> Iterator[SourceError]:
    if provider.text and system.component(provider.text) is None:
        yield SourceError(provider.at, "E012", f"there is no component '{provider}'",
                          did_you_mean(provider.text, [c.name.text for c in system.components]))
        return
    offers = {str(p): c for c in reversed(system.components) for p in c.provides}
    if str(ref) in offers and provider.text == component.name.text:
        yield SourceError(provider.at, "E034", f"'{component.name}' is named as its own provider",
                          "name the component that provides it")
    elif str(ref) in offers and not provider.text:
        who = [c.name.text for c in system.providers(ref.name, ref.version)]
        yield SourceError(ref.at, "E016", f"'{ref}' is provided by {' and '.join(who)}: say whose", f"write {ref}: {who[0]}")
    elif str(ref) in offers:
        server = system.component(provider.text)
        assert server is not None
        if not any(p == ref for p in server.provides):
            yield SourceError(provider.at, "E016", f"'{provider}' does not provide '{ref}'",
                              f"'{offers[str(ref)].name}' does", (Note(server.at, f"'{provider}' is described here"),))
    elif any(o.split("@")[0] == ref.name for o in offers):
        versions = sorted(o for o in offers if o.split("@")[0] == ref.name)
        yield SourceError(ref.at, "E015", f"nobody has version {ref.version} of '{ref.name}'", "provided: " + ", ".join(versions))
    elif ref.name in system.interfaces:
        yield SourceError(ref.at, "E014", f"nobody provides '{ref}'", "add a component that does, or name it under its 'provides:'")
    else:
        yield SourceError(ref.at, "E014", f"nobody provides '{ref}', and no interface has that name",
                          did_you_mean(ref.name, system.interfaces))


def rule_provided_interfaces_exist(system: System) -> Iterator[SourceError]:
    types = {c.type.folder: c.type for c in whole(system)}.values()
    for component in system.components:
        for ref in component.provides:
            yield from _exists(system, ref)
    for kind in types:
        for ref in (*kind.provides, *(n.ref for n in kind.uses)):
            yield from _exists(system, ref)
        for ref, _ in kind.code:
            interface = system.interfaces.get(ref.name)
            version = interface.version(ref.version) if interface else None
            if version is not None and version.code is None:
                yield SourceError(ref.at, "E032", f"code for '{ref}', which has no code region", notes=(Note(version.at, "its regions"),))


def _exists(system: System, ref: InterfaceRef) -> Iterator[SourceError]:
    interface = system.interfaces.get(ref.name)
    if interface is None:
        yield SourceError(ref.at, "E013", f"unknown interface '{ref.name}'", did_you_mean(ref.name, system.interfaces))
    elif interface.version(ref.version) is None:
        yield SourceError(ref.at, "E015", f"interface '{ref.name}' has no version {ref.version}",
                          "it has " + ", ".join(str(v.version) for v in interface.versions), (Note(interface.at, "described here"),))


def rule_components_provide_what_their_program_offers(system: System) -> Iterator[SourceError]:
    for component in whole(system):
        for ref in component.provides:
            if ref not in component.type.provides:
                yield SourceError(ref.at, "E032", f"the program of '{component.name}' does not offer '{ref}'",
                                  did_you_mean(str(ref), [str(p) for p in component.type.provides]),
                                  (Note(component.type.name.at, "what it offers is said here"),))


def rule_instances_are_countable(system: System) -> Iterator[SourceError]:
    for interface in system.interfaces.values():
        for version in interface.versions:
            for extra in system.providers(interface.name, version.version)[MAX_INSTANCES:]:
                yield SourceError(extra.at, "E028", f"more than {MAX_INSTANCES} components provide '{interface.name}@{version.version}'")
    for extra in system.components[MAX_LABEL:]:
        yield SourceError(extra.at, "E028", f"more than {MAX_LABEL} components")


def rule_devices_exist(system: System) -> Iterator[SourceError]:
    givable = [d.name for d in system.platform.devices if d.user]
    for component in system.components:
        for name in component.devices:
            device = system.platform.device(name.text)
            if device is None:
                yield SourceError(name.at, "E017", f"'{system.platform.name}' has no device '{name}'", did_you_mean(name.text, givable))
            elif not device.user:
                yield SourceError(name.at, "E017", f"the kernel drives '{name}' itself", did_you_mean(name.text, givable))


def rule_a_device_page_has_one_owner(system: System) -> Iterator[SourceError]:
    """But for one in each phase: what the boot phase held is taken back before the others start."""
    owner: dict[tuple[str, bool], tuple[Component, Name]] = {}
    for component in system.components:
        for name in component.devices:
            device = system.platform.device(name.text)
            if device is None:
                continue
            pages = [f"page {device.base // PAGE + n}" for n in range((device.bytes + PAGE - 1) // PAGE)]
            for key in [(what, component.boot and not device.irq) for what in (*pages, device.name)]:
                if key in owner and owner[key][1] is not name:
                    first, at = owner[key]
                    same = "" if at.text == name.text else f": it shares a page with '{at}'"
                    yield SourceError(name.at, "E018", f"'{component.name}' gets '{name}', which '{first.name}' drives{same}",
                                      "a device page has one owner; let one component drive it and offer an interface",
                                      (Note(at.at, "first granted here"),))
                    break
                owner.setdefault(key, (component, name))


def rule_the_boot_phase_stands_alone(system: System) -> Iterator[SourceError]:
    """Nobody else runs yet, and all that such a component has is taken back."""
    boot = [c for c in system.components if c.boot]
    for component in boot:
        at = component.place("phase")
        for key, what in (("uses", component.uses), ("provides", component.provides), ("calls", component.calls)):
            if what:
                yield SourceError(component.place(key), "E036", f"'{component.name}' runs before all others and cannot have '{key}'",
                                  "let it do its work by itself, or make another component of the rest", (Note(at, "its phase"),))
        if component.is_supervisor:
            yield SourceError(at, "E036", "the supervisor watches the others, and cannot run before them", "remove its phase")
    for component in system.components:
        for name in component.calls:
            server = system.component(name.text)
            if server is not None and server.boot:
                yield SourceError(name.at, "E036", f"'{name}' is gone when '{component.name}' runs", notes=(Note(server.place("phase"), "its phase"),))
    for extra in boot[MAX_BOOT:]:
        yield SourceError(extra.place("phase"), "E028", f"more than {MAX_BOOT} components run in the boot phase")


def rule_budget_fits_its_period(system: System) -> Iterator[SourceError]:
    for c in system.components:
        if c.budget_us > c.period_us:
            at = c.place("budget") if "budget" in c.places else c.place("period")
            yield SourceError(at, "E019", f"'{c.name}' has a budget of {_time(c.budget_us)} in a period of {_time(c.period_us)}",
                              "a budget is at most its period" if {"budget", "period"} <= set(c.places)
                              else "the other one is the default: set both")


def _time(us: int) -> str:
    return f"{us // 1000}ms" if us % 1000 == 0 else f"{us}us"


def rule_calls_name_components_and_never_go_round(system: System) -> Iterator[SourceError]:
    known = {c.name.text: c for c in system.components}
    for component in system.components:
        for name in component.calls:
            server = known.get(name.text)
            if server is None:
                yield SourceError(name.at, "E012", f"there is no component '{name}'", did_you_mean(name.text, known))
            elif server.priority < component.priority and server is not component:
                yield SourceError(name.at, "E030", f"'{component.name}' (priority {component.priority}) would wait for '{name}' "
                                  f"(priority {server.priority})", "a server's priority is at least its callers'",
                                  (Note(server.place("priority"), "the server's priority"),))
    for chain in _cycles(known):
        at = next(n for n in known[chain[0]].calls if n.text == chain[1]).at
        yield SourceError(at, "E020", "these calls go round: " + " → ".join(chain),
                          "each would wait for the next, for ever; let one of them signal instead")


def _cycles(known: dict[str, Component]) -> list[list[str]]:
    """Each shortest cycle of calls once, written from its first component in the description's order."""
    found: dict[frozenset[str], list[str]] = {}
    order = list(known)
    for start in order:
        paths = [[start]]
        seen: set[str] = set()
        while paths:
            path = paths.pop(0)
            for name in known[path[-1]].calls:
                if name.text == start:
                    found.setdefault(frozenset(path), [*path, start])
                elif name.text in known and name.text not in seen:
                    seen.add(name.text)
                    paths.append([*path, name.text])
    return list(found.values())


def rule_needs_are_granted(system: System) -> Iterator[SourceError]:
    """One version of each interface that a program cannot do without, and each device."""
    for component in whole(system):
        granted = {str(u.ref) for u in component.uses}
        unsure = {u.ref.name for u in component.uses if not _sound(system, u)}
        for name in dict.fromkeys(n.ref.name for n in component.type.uses):
            if "uses" in component.unread or name in unsure:
                continue
            wanted = [n for n in component.type.uses if n.ref.name == name]
            if not any(n.optional or str(n.ref) in granted for n in wanted):
                choice = " or ".join(str(n.ref) for n in wanted)
                yield SourceError(component.place("uses"), "E023", f"'{component.name}' needs {choice}, and is granted none",
                                  f"write under its 'uses:' {wanted[-1].ref}: PROVIDER",
                                  (Note(wanted[0].ref.at, "its program says so here"),))
        held = {d.text for d in component.devices}
        misspelt = "devices" in component.unread or any(system.platform.device(name) is None for name in held)
        for device in (need.name for need in component.type.devices if not need.optional):
            if device.text not in held and not misspelt:
                yield SourceError(component.place("devices"), "E023", f"'{component.name}' needs device '{device}', and is not granted it",
                                  f"write devices: [{device}]", (Note(device.at, "its program says so here"),))


def _sound(system: System, use: Use) -> bool:
    """The provider is there and provides it; if not, another rule says so, and nothing more is to be said."""
    provider = system.component(use.provider.text)
    return provider is not None and use.ref in provider.provides


def rule_grants_are_asked_for(system: System) -> Iterator[SourceError]:
    for component in whole(system):
        asked = {str(n.ref) for n in component.type.uses}
        for use in component.uses:
            if str(use.ref) not in asked and _sound(system, use):
                yield SourceError(use.ref.at, "W101", f"'{component.name}' is granted '{use.ref}', which its program never asks for",
                                  did_you_mean(str(use.ref), asked, "remove the grant, or name it in its component.yaml"))
        wanted = {need.name.text for need in component.type.devices}
        for device in component.devices:
            known = system.platform.device(device.text)
            if device.text not in wanted and known and known.user:
                yield SourceError(device.at, "W101", f"'{component.name}' is granted device '{device}', which its program never asks for",
                                  did_you_mean(device.text, wanted, "remove the grant, or name it in its component.yaml"))


def rule_code_is_run_only_where_it_is_trusted(system: System) -> Iterator[SourceError]:
    for component in whole(system):
        running = {}
        for use in component.uses:
            server = system.component(use.provider.text)
            if server is None or server.type.code_of(use.ref.name, use.ref.version) is None or not _sound(system, use):
                continue
            running[server.name.text] = True
            if not (component.is_supervisor or component.trusts(server.name.text) or "trusts_code" in component.unread):
                yield SourceError(use.ref.at, "E025", f"'{component.name}' would run code of '{server.name}' through '{use.ref}'",
                                  f"write trusts_code: [{server.name}]", (Note(server.at, "the provider"),))
        for name in component.trusts_code:
            if system.component(name.text) is None:
                yield SourceError(name.at, "E012", f"there is no component '{name}'",
                                  did_you_mean(name.text, [c.name.text for c in system.components]))
            elif name.text not in running and all(_sound(system, u) for u in component.uses):
                yield SourceError(name.at, "W102", f"'{component.name}' trusts code of '{name}', and runs none", "remove it")


def rule_options_are_the_programs(system: System) -> Iterator[SourceError]:
    for component in whole(system):
        known = {o.name.text: o for o in component.type.options}
        for option in component.options:
            declared = known.get(option.name.text)
            if declared is None:
                yield SourceError(option.name.at, "E031", f"the program of '{component.name}' has no option '{option.name}'",
                                  did_you_mean(option.name.text, known, "it has none"))
            elif type(declared.value) is not type(option.value):
                want = "a text" if isinstance(declared.value, str) else "a number"
                yield SourceError(option.name.at, "E004", f"option '{option.name}' takes {want}",
                                  notes=(Note(declared.name.at, "its default is here"),))


def rule_memory_is_the_programs(system: System) -> Iterator[SourceError]:
    for component in whole(system):
        known = [r.name.text for r in component.type.memory]
        for region in component.memory:
            if region.name.text not in known:
                yield SourceError(region.name.at, "E031", f"the program of '{component.name}' has no memory '{region.name}'",
                                  did_you_mean(region.name.text, known, "it has none"))


def rule_memory_fits_the_address_map(system: System) -> Iterator[SourceError]:
    for component in system.components:
        end = MEMORY
        for region in component.memory:
            end = align_up(end, 1 << region.page_bits) + region.size + PAGE
            if end > DEVICES:
                yield SourceError(region.name.at, "E028", f"'{component.name}' has more than {(DEVICES - MEMORY) >> 20} MiB of memory by name")
                break


def rule_memory_at_an_address_is_ram_of_its_own(system: System) -> Iterator[SourceError]:
    start, end = system.platform.image_base, ram_top(system)
    placed: list[MemoryRegion] = []
    for region in (r for c in system.components for r in c.memory if r.paddr is not None):
        assert region.paddr is not None
        if not (start <= region.paddr and region.paddr + region.size <= end):
            yield SourceError(region.name.at, "E035", f"memory '{region.name}' at {region.paddr:#x} is not inside RAM",
                              f"from {start:#x} (where the image begins; it needs some megabytes) to {end:#x} (above, the kernel's first objects lie)")
        for other in placed:
            assert other.paddr is not None
            if region.paddr < other.paddr + other.size and other.paddr < region.paddr + region.size:
                yield SourceError(region.name.at, "E035", f"memory '{region.name}' at {region.paddr:#x} overlaps '{other.name}'",
                                  notes=(Note(other.name.at, f"at {other.paddr:#x}, {other.size} bytes"),))
                break
        placed.append(region)


def rule_programs_have_names_of_their_own(system: System) -> Iterator[SourceError]:
    first: dict[str, ComponentType] = {}
    for component in whole(system):
        kind = first.setdefault(component.type.name.text, component.type)
        if kind.folder != component.type.folder:
            yield SourceError(component.type.name.at, "E011", f"two programs are named '{kind.name}'",
                              notes=(Note(kind.name.at, "the first"),))


def rule_assumptions_name_components(system: System) -> Iterator[SourceError]:
    for name in system.dma_trusted:
        if system.component(name.text) is None:
            yield SourceError(name.at, "E012", f"there is no component '{name}'",
                              did_you_mean(name.text, [c.name.text for c in system.components]))


def rule_memory_is_enough(system: System) -> Iterator[SourceError]:
    """What the description alone asks for; the build counts programs, tables and objects as well."""
    need = {c.name.text: c.stack + c.heap + sum(r.size for r in c.memory) for c in system.components}
    for component in system.components:
        for use in component.uses:
            interface = system.interfaces.get(use.ref.name)
            version = interface.version(use.ref.version) if interface else None
            if version is not None:
                need[component.name.text] += sum(r.bytes for r in version.regions if r.kind != "code")
    room = system.ram_bytes - (system.platform.image_base - system.platform.ram_base)
    if sum(need.values()) > room:
        most = max(need, key=lambda name: need[name])
        yield too_little_memory(system, sum(need.values()), room, most)


def too_little_memory(system: System, need: int, room: int, most: str) -> SourceError:
    largest = system.component(most)
    at = system.place("memory")
    notes = (Note(largest.place("heap" if "heap" in largest.places else "stack"), f"'{most}' asks for the most"),) if largest else ()
    return SourceError(at, "E024", f"the system needs {_mib(need)} of memory, and there is {_mib(room)}",
                       "give the machine more with 'memory:', or shrink stacks and heaps", notes)


def _mib(size: int) -> str:
    return f"{(size + (1 << 20) - 1) >> 20} MiB"


RULES: tuple[Rule, ...] = (
    rule_used_interfaces_are_provided, rule_provided_interfaces_exist, rule_components_provide_what_their_program_offers,
    rule_instances_are_countable, rule_devices_exist, rule_a_device_page_has_one_owner, rule_the_boot_phase_stands_alone, rule_budget_fits_its_period,
    rule_calls_name_components_and_never_go_round, rule_needs_are_granted, rule_grants_are_asked_for,
    rule_code_is_run_only_where_it_is_trusted, rule_options_are_the_programs, rule_memory_is_the_programs,
    rule_memory_fits_the_address_map, rule_memory_at_an_address_is_ram_of_its_own, rule_programs_have_names_of_their_own,
    rule_assumptions_name_components, rule_memory_is_enough)
