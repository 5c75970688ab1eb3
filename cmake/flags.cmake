# The flags of every flavour, and nothing else about flags anywhere. Every definition a library
# wants is global: one set of flags is what lets all targets share one precompiled header.
set(HOLDFAST_FLAVOUR "release" CACHE STRING "release, dev, asan, tsan or fuzz")
set_property(CACHE HOLDFAST_FLAVOUR PROPERTY STRINGS release dev asan tsan fuzz)

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_CXX_SCAN_FOR_MODULES OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

# The flavour decides everything below, so CMake's own per-type flags are emptied.
foreach(language C CXX)
  set(CMAKE_${language}_FLAGS_RELEASE "")
  set(CMAKE_${language}_FLAGS_DEBUG "")
endforeach()

set(warnings
  -Wall -Wextra -Wshadow -Wnon-virtual-dtor -Wold-style-cast -Wimplicit-fallthrough
  # A designated initializer names what it sets; the rest keeps the defaults its struct declares.
  -Wno-missing-designated-field-initializers -Werror)
set(HOLDFAST_WARNINGS "$<$<COMPILE_LANGUAGE:CXX>:${warnings}>")

# Containers check their preconditions in every flavour: a wrong index must stop, not corrupt an
# order.
add_compile_definitions(_GLIBCXX_ASSERTIONS)

# __FILE__ and debug info name files from the project's root, so that binaries of two clones are
# equal.
add_compile_options(-ffile-prefix-map=${PROJECT_SOURCE_DIR}/= -fno-omit-frame-pointer)
# Not CMake's own property: it says -fPIC for rooms and -fPIE for programs, and one precompiled
# header serves both only if both are compiled alike.
add_compile_options(-fPIE)
add_link_options(-pie)
add_compile_options(-ffunction-sections -fdata-sections)
# A program names the libraries it uses, not all that its rooms might.
add_link_options(-Wl,--gc-sections -Wl,--as-needed)

if(HOLDFAST_FLAVOUR STREQUAL "release")
  add_compile_options(
    -O2 -fstack-protector-strong -fstack-clash-protection -ftrivial-auto-var-init=zero)
  if(CMAKE_SYSTEM_PROCESSOR STREQUAL "x86_64")
    add_compile_options(-fcf-protection=full)
  endif()
  add_compile_definitions(NDEBUG _FORTIFY_SOURCE=3)
  add_link_options(-Wl,-z,relro -Wl,-z,now -Wl,-z,noexecstack)
elseif(HOLDFAST_FLAVOUR STREQUAL "dev")
  add_compile_options(-O0 -g1)
elseif(HOLDFAST_FLAVOUR STREQUAL "asan")
  set(sanitizers -fsanitize=address,undefined -fno-sanitize-recover=all)
  add_compile_options(-O1 -g1 ${sanitizers})
  add_link_options(${sanitizers})
elseif(HOLDFAST_FLAVOUR STREQUAL "tsan")
  add_compile_options(-O1 -g1 -fsanitize=thread)
  add_link_options(-fsanitize=thread)
elseif(HOLDFAST_FLAVOUR STREQUAL "fuzz")
  set(sanitizers -fsanitize=address,undefined -fno-sanitize-recover=all)
  add_compile_options(-O1 -g1 -fsanitize=fuzzer-no-link ${sanitizers})
  add_link_options(${sanitizers})
else()
  message(FATAL_ERROR
    "HOLDFAST_FLAVOUR is '${HOLDFAST_FLAVOUR}'; it is one of release, dev, asan, tsan, fuzz")
endif()

find_program(HOLDFAST_MOLD mold)
if(HOLDFAST_MOLD)
  add_link_options(-fuse-ld=mold)
endif()

# ccache meets a precompiled header: it has to be told that the header's macros and times may
# differ, and Clang not to write its time into it.
find_program(HOLDFAST_CCACHE ccache)
if(HOLDFAST_CCACHE)
  set(launcher /usr/bin/env CCACHE_SLOPPINESS=pch_defines,time_macros CCACHE_NOHASHDIR=1
      CCACHE_BASEDIR=${PROJECT_SOURCE_DIR} ${HOLDFAST_CCACHE})
  set(CMAKE_C_COMPILER_LAUNCHER ${launcher})
  set(CMAKE_CXX_COMPILER_LAUNCHER ${launcher})
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  add_compile_options("$<$<COMPILE_LANGUAGE:CXX>:SHELL:-Xclang -fno-pch-timestamp>")
endif()
