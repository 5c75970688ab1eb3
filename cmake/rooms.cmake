# How folders become targets. A room is src/NAME, an OBJECT library `room_NAME`; a connector is
# connectors/KIND/NAME, an OBJECT library `connector_KIND_NAME`. A room or program that has no
# sources yet is simply absent. Files named *_test.cpp belong to `unit_tests` and to nothing else.

include(embed_files)

# One precompiled header for all: the standard headers that most files include, and the Result type.
add_library(pch OBJECT ${PROJECT_SOURCE_DIR}/cmake/pch.cpp)
target_precompile_headers(pch PRIVATE
  <chrono> <cstdint> <functional> <map> <memory> <optional> <span> <string> <string_view>
  <unordered_map> <variant> <vector> <tl/expected.hpp>)
target_compile_options(pch PRIVATE ${HOLDFAST_WARNINGS})

set_property(GLOBAL PROPERTY HOLDFAST_ROOMS "")

# The settings that every target of ours has.
function(holdfast_our_target target)
  target_include_directories(${target} PRIVATE ${PROJECT_SOURCE_DIR}/src ${PROJECT_SOURCE_DIR})
  target_compile_options(${target} PRIVATE ${HOLDFAST_WARNINGS})
  target_precompile_headers(${target} REUSE_FROM pch)
endfunction()

# Adds src/NAME as a room, if it has sources.
function(holdfast_room name)
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/src/${name}/*.cpp)
  list(FILTER sources EXCLUDE REGEX "_test\\.cpp$")
  if(NOT sources)
    return()
  endif()
  add_library(room_${name} OBJECT ${sources})
  holdfast_our_target(room_${name})
  holdfast_link_outside(room_${name} ${name})
  set_property(GLOBAL APPEND PROPERTY HOLDFAST_ROOMS room_${name})
endfunction()

# Adds every connectors/KIND/NAME, and the generated list of their tables behind
# src/ports/registry.h.
function(holdfast_connectors)
  # folder's name : the word in the table's name : the table's type
  set(kinds channels:channel:Channel suppliers:supplier:Supplier tracking:tracking:Tracking
      carriers:carrier:Carrier notifiers:notifier:Notifier)
  set(includes "")
  set(functions "")
  foreach(kind_words IN LISTS kinds)
    string(REPLACE ":" ";" kind_words ${kind_words})
    list(GET kind_words 0 kind)
    list(GET kind_words 1 word)
    list(GET kind_words 2 type)
    file(GLOB headers CONFIGURE_DEPENDS RELATIVE ${PROJECT_SOURCE_DIR} connectors/${kind}/*/*.h)
    file(GLOB_RECURSE all_sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/connectors/${kind}/*.cpp)
    set(pointers "")
    foreach(header IN LISTS headers)
      get_filename_component(folder ${header} DIRECTORY)
      get_filename_component(name ${folder} NAME)
      if(NOT header STREQUAL "${folder}/${name}.h")
        continue()
      endif()
      if(NOT name MATCHES "^[a-z][a-z0-9_]*$")
        message(FATAL_ERROR
          "${folder}: a connector's folder is a C++ name in snake_case, since its table is "
          "`${name}_${word}`")
      endif()
      set(sources ${all_sources})
      list(FILTER sources INCLUDE REGEX "/${folder}/")
      list(FILTER sources EXCLUDE REGEX "_test\\.cpp$")
      if(NOT sources)
        continue()
      endif()
      set(target connector_${kind}_${name})
      add_library(${target} OBJECT ${sources})
      holdfast_our_target(${target})
      file(GLOB data CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/${folder}/account.toml
        ${PROJECT_SOURCE_DIR}/${folder}/*.csv ${PROJECT_SOURCE_DIR}/${folder}/graphql/*.graphql
        ${PROJECT_SOURCE_DIR}/${folder}/templates/*)
      embed_files(${target} holdfast::connectors::${name} ${data})
      holdfast_link_outside(${target} connectors)
      set_property(GLOBAL APPEND PROPERTY HOLDFAST_ROOMS ${target})
      string(APPEND includes "#include \"${header}\"\n")
      string(APPEND pointers "      &${name}_${word},\n")
    endforeach()
    if(pointers)
      string(APPEND functions
        "std::span<const ${type}Connector* const> ${word}_connectors() {\n"
        "  using namespace holdfast::connectors;\n"
        "  static constexpr std::array tables = {\n${pointers}  };\n  return tables;\n}\n\n")
    else()
      string(APPEND functions
        "std::span<const ${type}Connector* const> ${word}_connectors() { return {}; }\n\n")
    endif()
  endforeach()

  file(GLOB registry_header CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/src/ports/registry.h)
  if(NOT registry_header)
    return()
  endif()
  set(registry ${PROJECT_BINARY_DIR}/generated/connectors/registry.cpp)
  file(CONFIGURE OUTPUT ${registry} @ONLY CONTENT
"// Generated: every folder under connectors/, by glob. Adding a connector edits no other file.
#include \"ports/registry.h\"

#include <array>
#include <span>

${includes}
namespace holdfast::connectors {}

namespace holdfast::ports {

${functions}}  // namespace holdfast::ports
")
  add_library(connector_registry OBJECT ${registry})
  holdfast_our_target(connector_registry)
  set_property(GLOBAL APPEND PROPERTY HOLDFAST_ROOMS connector_registry)
endfunction()

# Adds the simulator. Files that include base/planted.h are compiled once more for it, with
# mistakes that can be switched on (src/apps/sim/switch); all other objects are the rooms' own.
function(holdfast_simulator)
  file(GLOB main CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/src/apps/sim.cpp)
  if(NOT main)
    return()
  endif()
  file(GLOB_RECURSE parts CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/src/apps/sim/*.cpp)
  list(FILTER parts EXCLUDE REGEX "_test\\.cpp$")
  # Of the api it needs what a supplier's form means, and no server.
  add_executable(holdfast-sim EXCLUDE_FROM_ALL ${main} ${parts}
    ${PROJECT_SOURCE_DIR}/src/api/supplier_form.cpp)
  holdfast_our_target(holdfast-sim)
  target_include_directories(holdfast-sim BEFORE PRIVATE ${PROJECT_SOURCE_DIR}/src/apps/sim/switch)
  get_property(rooms GLOBAL PROPERTY HOLDFAST_ROOMS)
  list(FILTER rooms EXCLUDE REGEX "^room_(api|cli)$")
  foreach(room IN LISTS rooms)
    get_target_property(sources ${room} SOURCES)
    set(planted "")
    foreach(source IN LISTS sources)
      if(NOT source MATCHES "^${PROJECT_SOURCE_DIR}/(src|connectors)/")
        continue()
      endif()
      file(STRINGS ${source} marks REGEX "base/planted\\.h" LIMIT_COUNT 1)
      if(marks)
        list(APPEND planted ${source})
        set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${source})
      endif()
    endforeach()
    if(NOT planted)
      target_link_libraries(holdfast-sim PRIVATE ${room})
      continue()
    endif()
    target_sources(holdfast-sim PRIVATE ${planted})
    list(TRANSFORM planted REPLACE "^${PROJECT_SOURCE_DIR}/(.*)$" "\\1[.]o")
    list(JOIN planted "|" others)
    target_sources(holdfast-sim PRIVATE
      "$<FILTER:$<TARGET_OBJECTS:${room}>,EXCLUDE,(${others})$>")
    get_target_property(libraries ${room} LINK_LIBRARIES)
    if(libraries)
      target_link_libraries(holdfast-sim PRIVATE ${libraries})
    endif()
  endforeach()
  holdfast_link_outside(holdfast-sim apps)
endfunction()

# Adds the program TARGET from src/apps/MAIN.cpp and src/apps/MAIN/**, linked with every room.
function(holdfast_program target main)
  file(GLOB main_source CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/src/apps/${main}.cpp)
  if(NOT main_source)
    return()
  endif()
  file(GLOB_RECURSE parts CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/src/apps/${main}/*.cpp)
  list(FILTER parts EXCLUDE REGEX "_test\\.cpp$")
  add_executable(${target} ${main_source} ${parts})
  holdfast_our_target(${target})
  get_property(rooms GLOBAL PROPERTY HOLDFAST_ROOMS)
  target_link_libraries(${target} PRIVATE ${rooms})
  holdfast_link_outside(${target} apps)
endfunction()

# Adds `unit_tests`: every *_test.cpp beside its source, and those under tests/ that span rooms.
function(holdfast_unit_tests)
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS
    ${PROJECT_SOURCE_DIR}/src/*_test.cpp
    ${PROJECT_SOURCE_DIR}/connectors/*_test.cpp
    ${PROJECT_SOURCE_DIR}/tests/*_test.cpp)
  list(FILTER sources EXCLUDE REGEX "/node_modules/")
  if(NOT sources)
    return()
  endif()
  # What several tests share lies in tests/kit/, what all connectors share in
  # connectors/conformance/.
  file(GLOB_RECURSE kit CONFIGURE_DEPENDS
    ${PROJECT_SOURCE_DIR}/tests/kit/*.cpp ${PROJECT_SOURCE_DIR}/connectors/conformance/*.cpp
    ${PROJECT_SOURCE_DIR}/tests/fuzz/*.cpp)
  list(FILTER kit EXCLUDE REGEX "_test\\.cpp$|/fuzz/fuzzer\\.cpp$")
  # Tests of a shared store kill its server as `holdfast-kill` does.
  add_executable(unit_tests EXCLUDE_FROM_ALL ${sources} ${kit}
    ${PROJECT_SOURCE_DIR}/src/apps/kill/database.cpp
    ${PROJECT_SOURCE_DIR}/src/apps/kill/stopwatch.cpp)
  holdfast_our_target(unit_tests)
  get_property(rooms GLOBAL PROPERTY HOLDFAST_ROOMS)
  target_link_libraries(unit_tests PRIVATE ${rooms} gtest_main gtest gmock rapidcheck)
endfunction()

# Adds `holdfast-bench` from tests/bench/ and the kit; it starts the `holdfast` beside it.
function(holdfast_bench)
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS
    ${PROJECT_SOURCE_DIR}/tests/bench/*.cpp ${PROJECT_SOURCE_DIR}/tests/kit/*.cpp)
  list(FILTER sources EXCLUDE REGEX "_test\\.cpp$")
  add_executable(holdfast-bench EXCLUDE_FROM_ALL ${sources})
  holdfast_our_target(holdfast-bench)
  get_property(rooms GLOBAL PROPERTY HOLDFAST_ROOMS)
  target_link_libraries(holdfast-bench PRIVATE ${rooms} sodium)
  # So that it can write again what the stores wrote (tests/bench/raw_writes.h, raw_messages.h).
  foreach(call step bind_int64 bind_text64 bind_blob64)
    target_link_options(holdfast-bench PRIVATE -Wl,--wrap=sqlite3_${call})
  endforeach()
  foreach(call sendPrepare sendQueryPrepared sendQuery pipelineSync)
    target_link_options(holdfast-bench PRIVATE -Wl,--wrap=PQ${call})
  endforeach()
  add_dependencies(holdfast-bench holdfast)
endfunction()

# Adds `holdfast-crash` from tests/crash/, the kit and the audit of `holdfast-kill`.
function(holdfast_crash)
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS
    ${PROJECT_SOURCE_DIR}/tests/crash/*.cpp ${PROJECT_SOURCE_DIR}/tests/kit/*.cpp)
  list(FILTER sources EXCLUDE REGEX "_test\\.cpp$")
  add_executable(holdfast-crash EXCLUDE_FROM_ALL ${sources}
    ${PROJECT_SOURCE_DIR}/src/apps/kill/audit.cpp)
  holdfast_our_target(holdfast-crash)
  get_property(rooms GLOBAL PROPERTY HOLDFAST_ROOMS)
  list(REMOVE_ITEM rooms room_api room_cli)
  target_link_libraries(holdfast-crash PRIVATE ${rooms})
endfunction()

# Adds `holdfast-fuzz` from tests/fuzz/ in the fuzz flavour: one program for all targets.
function(holdfast_fuzzer)
  if(NOT HOLDFAST_FLAVOUR STREQUAL "fuzz")
    return()
  endif()
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/tests/fuzz/*.cpp
    ${PROJECT_SOURCE_DIR}/connectors/conformance/*.cpp)
  list(FILTER sources EXCLUDE REGEX "_test\\.cpp$")
  add_executable(holdfast-fuzz EXCLUDE_FROM_ALL ${sources})
  holdfast_our_target(holdfast-fuzz)
  get_property(rooms GLOBAL PROPERTY HOLDFAST_ROOMS)
  target_link_libraries(holdfast-fuzz PRIVATE ${rooms} sodium)
  target_link_options(holdfast-fuzz PRIVATE -fsanitize=fuzzer)
endfunction()
