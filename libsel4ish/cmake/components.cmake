# SPDX-License-Identifier: BSD-2-Clause
# Programs over the kernel, and what they share. Each function names its output by its first argument alone:
#
#   add_interface(store [YAML interface.yaml])         <build>/interfaces/store_layout.h, found as <store_layout.h>
#   add_component(store SOURCES … [INCLUDES …])        <build>/components/store.elf
#   add_routines(store_routines SOURCES … [INCLUDES …])<build>/code/store_routines.{elf,bin}
#   add_root_task(hello SOURCES … [INCLUDES …] [DIRECTORY root])   <build>/root/hello.elf
#
# Sources are relative to the calling directory. Includes of every program: the API (<sel4/…>, <sel4ish/…>), the layouts,
# and components/ (<interfaces/store/store.h>, <lib/…>).
# Same sources, same bytes: no absolute path, build id or time is in what these make.
get_filename_component(SEL4ISH_DIRECTORY ${CMAKE_CURRENT_LIST_DIR} DIRECTORY)
get_filename_component(SEL4ISH_REPOSITORY ${SEL4ISH_DIRECTORY} DIRECTORY)
set(SEL4ISH_PYTHON /usr/bin/python3)
set(SEL4ISH_PICOLIBC /usr/lib/picolibc/aarch64-linux-gnu)
execute_process(COMMAND ${CMAKE_C_COMPILER} -print-file-name=include
    OUTPUT_VARIABLE SEL4ISH_COMPILER_INCLUDE OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)

# What every program is compiled with.
add_library(sel4ish-options INTERFACE)
target_compile_options(sel4ish-options INTERFACE
    "SHELL:-nostdinc -isystem ${SEL4ISH_COMPILER_INCLUDE} -isystem ${SEL4ISH_PICOLIBC}/include"
    -O2 -g -fno-common -fno-stack-protector -fno-asynchronous-unwind-tables -ffunction-sections
    -fdata-sections -mno-outline-atomics -gno-record-gcc-switches
    -ffile-prefix-map=${SEL4ISH_REPOSITORY}/= -ffile-prefix-map=${CMAKE_BINARY_DIR}=build
    $<$<COMPILE_LANGUAGE:C>:-std=c11 -Wall -Wextra -Wshadow -Wmissing-prototypes -Wconversion -Werror>)
target_include_directories(sel4ish-options INTERFACE
    ${SEL4ISH_DIRECTORY}/include ${SEL4ISH_REPOSITORY}/kernel/abi ${SEL4ISH_REPOSITORY}/components
    ${CMAKE_BINARY_DIR}/interfaces)

# Everything that is linked at a fixed address.
add_library(sel4ish-program INTERFACE)
target_compile_options(sel4ish-program INTERFACE -fno-pic -ftls-model=local-exec)
target_link_libraries(sel4ish-program INTERFACE sel4ish-options)
target_link_options(sel4ish-program INTERFACE -nostdlib -static -no-pie
    -Wl,--build-id=none,--gc-sections,-z,max-page-size=4096,-z,noexecstack,--fatal-warnings)

# Layout headers come before whatever includes them.
add_custom_target(interface-layouts)

function(add_interface name)
    cmake_parse_arguments(arg "" "YAML" "" ${ARGN})
    if(NOT arg_YAML)
        set(arg_YAML interface.yaml)
    endif()
    cmake_path(ABSOLUTE_PATH arg_YAML BASE_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR})
    set(header ${CMAKE_BINARY_DIR}/interfaces/${name}_layout.h)
    set(tool ${SEL4ISH_REPOSITORY}/tools/sysc/interface_header.py)
    file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/interfaces)
    add_custom_command(OUTPUT ${header}
        COMMAND ${SEL4ISH_PYTHON} ${tool} ${arg_YAML} -o ${header}
        COMMAND ${CMAKE_COMMAND} -E touch ${header}
        DEPENDS ${arg_YAML} ${tool} ${SEL4ISH_REPOSITORY}/tools/sysc/interface.py VERBATIM)
    add_custom_target(interface-${name} DEPENDS ${header})
    add_dependencies(interface-layouts interface-${name})
endfunction()

function(add_component name)
    cmake_parse_arguments(arg "" "" "SOURCES;INCLUDES" ${ARGN})
    set(target component-${name})
    set(script ${SEL4ISH_DIRECTORY}/start/component.ld)
    set(finish ${SEL4ISH_DIRECTORY}/cmake/finish_component.py)
    add_executable(${target} ${arg_SOURCES})
    set_target_properties(${target} PROPERTIES OUTPUT_NAME ${name} SUFFIX .elf
        RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/components LINK_DEPENDS "${script};${finish}")
    target_include_directories(${target} PRIVATE ${arg_INCLUDES})
    target_link_libraries(${target} PRIVATE sel4ish-component)
    target_link_options(${target} PRIVATE -T ${script})
    add_dependencies(${target} interface-layouts)
    add_custom_command(TARGET ${target} POST_BUILD COMMAND ${SEL4ISH_PYTHON} ${finish} $<TARGET_FILE:${target}> VERBATIM)
endfunction()

function(add_routines name)
    cmake_parse_arguments(arg "" "" "SOURCES;INCLUDES" ${ARGN})
    set(target code-${name})
    set(script ${SEL4ISH_DIRECTORY}/start/routines.ld)
    set(check ${SEL4ISH_DIRECTORY}/cmake/check_routines.py)
    set(stamp ${CMAKE_CURRENT_BINARY_DIR}/${name}.checked)
    set(bin ${CMAKE_BINARY_DIR}/code/${name}.bin)
    add_library(${target}-objects OBJECT ${arg_SOURCES} ${SEL4ISH_DIRECTORY}/src/routine_memory.c)
    target_include_directories(${target}-objects PRIVATE ${arg_INCLUDES})
    target_compile_options(${target}-objects PRIVATE -fpie -ffreestanding -fno-jump-tables)
    target_link_libraries(${target}-objects PRIVATE sel4ish-options)
    add_dependencies(${target}-objects interface-layouts)
    add_custom_command(OUTPUT ${stamp}
        COMMAND ${SEL4ISH_PYTHON} ${check} --addr2line ${CMAKE_ADDR2LINE}
            $<TARGET_OBJECTS:${target}-objects>
        COMMAND ${CMAKE_COMMAND} -E touch ${stamp}
        DEPENDS ${target}-objects $<TARGET_OBJECTS:${target}-objects> ${check} COMMAND_EXPAND_LISTS VERBATIM)
    add_custom_target(${target}-checked DEPENDS ${stamp})
    add_executable(${target} $<TARGET_OBJECTS:${target}-objects>)
    set_target_properties(${target} PROPERTIES OUTPUT_NAME ${name} SUFFIX .elf LINKER_LANGUAGE C
        RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/code LINK_DEPENDS "${script};${stamp}")
    target_link_options(${target} PRIVATE -nostdlib -static -no-pie -T ${script}
        -Wl,--build-id=none,-z,max-page-size=4096,-z,noexecstack,--fatal-warnings,--entry=0)
    add_dependencies(${target} ${target}-checked)
    add_custom_command(TARGET ${target} POST_BUILD
        COMMAND ${CMAKE_OBJCOPY} -O binary $<TARGET_FILE:${target}> ${bin} BYPRODUCTS ${bin} VERBATIM)
endfunction()

function(add_root_task name)
    cmake_parse_arguments(arg "" "DIRECTORY" "SOURCES;INCLUDES" ${ARGN})
    if(NOT arg_DIRECTORY)
        set(arg_DIRECTORY root)
    endif()
    set(target root-${name})
    set(script ${SEL4ISH_DIRECTORY}/start/root.ld)
    add_executable(${target} ${arg_SOURCES})
    set_target_properties(${target} PROPERTIES OUTPUT_NAME ${name} SUFFIX .elf
        RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/${arg_DIRECTORY} LINK_DEPENDS ${script})
    target_include_directories(${target} PRIVATE ${arg_INCLUDES})
    target_link_libraries(${target} PRIVATE sel4ish-root)
    target_link_options(${target} PRIVATE -T ${script})
    add_dependencies(${target} interface-layouts)
endfunction()
