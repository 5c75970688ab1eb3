# What comes from outside. The table below is the only place that says which room links which
# library; the names are Debian's link names (tools/packages.txt has the packages and why each is
# there).
set(HOLDFAST_LIBRARIES_base simdjson boost_json sodium crypto date-tz spdlog fmt icuuc icui18n)
set(HOLDFAST_LIBRARIES_model)
set(HOLDFAST_LIBRARIES_core)
set(HOLDFAST_LIBRARIES_ports)
set(HOLDFAST_LIBRARIES_engine zstd sodium prometheus-cpp-core zip re2 tomlplusplus)
set(HOLDFAST_LIBRARIES_store sqlite3_amalgamation postgresql zstd sodium)
set(HOLDFAST_LIBRARIES_net asio_compiled boost_url curl ssl crypto)
set(HOLDFAST_LIBRARIES_api boost_json oath)
set(HOLDFAST_LIBRARIES_cli tomlplusplus)
set(HOLDFAST_LIBRARIES_peers sodium crypto sqlite3_amalgamation)
set(HOLDFAST_LIBRARIES_connectors)
set(HOLDFAST_LIBRARIES_apps)
# Orders are many small pieces of memory, made and dropped by several threads: with this allocator
# an order's whole life costs two fifths less. Sanitizers bring an allocator of their own.
if(HOLDFAST_FLAVOUR STREQUAL "release")
  list(APPEND HOLDFAST_LIBRARIES_base jemalloc)
endif()

# Definitions of Debian's own builds of these libraries; different ones would break the binary
# interface.
add_compile_definitions(
  SPDLOG_COMPILED_LIB SPDLOG_SHARED_LIB SPDLOG_FMT_EXTERNAL
  USE_OS_TZDB=1
  SIMDJSON_THREADS_ENABLED=1
  TOML_HEADER_ONLY=0 TOML_SHARED_LIB=1
  # Asio and Beast are compiled once, below, instead of in every file that includes them.
  BOOST_ASIO_SEPARATE_COMPILATION BOOST_BEAST_SEPARATE_COMPILATION BOOST_ASIO_NO_DEPRECATED)

find_package(Threads REQUIRED)
link_libraries(Threads::Threads)

# A target is made only where a room needs it, so that a library's absence breaks nothing else.
function(holdfast_outside_target name)
  if(TARGET ${name})
    return()
  endif()
  if(name STREQUAL "sqlite3_amalgamation")
    set(sqlite_dir ${PROJECT_SOURCE_DIR}/build/deps/sqlite)
    if(NOT EXISTS ${sqlite_dir}/sqlite3.c)
      execute_process(COMMAND ${PROJECT_SOURCE_DIR}/x deps sqlite COMMAND_ERROR_IS_FATAL ANY)
    endif()
    add_library(sqlite3_amalgamation STATIC ${sqlite_dir}/sqlite3.c)
    target_include_directories(sqlite3_amalgamation SYSTEM PUBLIC ${sqlite_dir})
    # Always optimised: a store at -O0 would make every test measure SQLite.
    target_compile_options(sqlite3_amalgamation PRIVATE -O2 -w)
    target_compile_definitions(sqlite3_amalgamation PRIVATE
      SQLITE_THREADSAFE=1 SQLITE_DQS=0 SQLITE_OMIT_LOAD_EXTENSION SQLITE_DEFAULT_MEMSTATUS=0
      SQLITE_DEFAULT_FOREIGN_KEYS=1 SQLITE_OMIT_DEPRECATED SQLITE_OMIT_SHARED_CACHE
      SQLITE_MAX_EXPR_DEPTH=0 SQLITE_LIKE_DOESNT_MATCH_BLOBS)
    target_link_libraries(sqlite3_amalgamation PUBLIC m)
  elseif(name STREQUAL "asio_compiled")
    add_library(asio_compiled STATIC ${PROJECT_SOURCE_DIR}/cmake/asio.cpp)
    target_link_libraries(asio_compiled PUBLIC ssl crypto)
  elseif(name STREQUAL "postgresql")
    # Debian keeps libpq's headers in a folder of their own.
    find_path(HOLDFAST_LIBPQ_HEADERS libpq-fe.h PATH_SUFFIXES postgresql REQUIRED)
    add_library(postgresql INTERFACE)
    target_include_directories(postgresql SYSTEM INTERFACE ${HOLDFAST_LIBPQ_HEADERS})
    target_link_libraries(postgresql INTERFACE pq)
  endif()
endfunction()

# Links a target with everything the table lists for `room`.
function(holdfast_link_outside target room)
  foreach(name IN LISTS HOLDFAST_LIBRARIES_${room})
    holdfast_outside_target(${name})
  endforeach()
  target_link_libraries(${target} PUBLIC ${HOLDFAST_LIBRARIES_${room}})
endfunction()
