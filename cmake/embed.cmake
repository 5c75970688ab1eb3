# Puts the numbered .sql files of a folder into the program, as src/store/sqlite/migrations.h
# declares them. They stay .sql files, so that lints and people read them as what they are.

# Writes `output`, a C++ file defining schema_migrations(), from folder/NNN_name.sql. Works in
# script mode too. The numbers must run from 001 without a gap.
function(holdfast_write_migrations folder output)
  file(GLOB scripts ${folder}/*.sql)
  list(SORT scripts)
  set(rows "")
  set(expected 0)
  foreach(script IN LISTS scripts)
    get_filename_component(name ${script} NAME_WE)
    math(EXPR expected "${expected} + 1")
    if(NOT name MATCHES "^0*([0-9]+)_([a-z0-9_]+)$" OR NOT CMAKE_MATCH_1 EQUAL expected)
      message(FATAL_ERROR "${script}: expected number ${expected}, as in 001_first.sql")
    endif()
    set(title ${CMAKE_MATCH_2})
    file(READ ${script} text)
    string(FIND "${text}" ")sql\"" closing)
    if(NOT closing EQUAL -1)
      message(FATAL_ERROR "${script}: holds the mark that ends an embedded text")
    endif()
    string(APPEND rows "    {${expected}, \"${title}\", R\"sql(${text})sql\"},\n")
  endforeach()
  set(code "// Generated from ${expected} .sql file(s).
#include \"store/sqlite/migrations.h\"

namespace holdfast::store {
namespace {

constexpr Migration all[] = {
${rows}};

}  // namespace

std::span<const Migration> schema_migrations() { return all; }

}  // namespace holdfast::store
")
  set(before "")
  if(EXISTS ${output})
    file(READ ${output} before)
  endif()
  if(NOT before STREQUAL code)
    file(WRITE ${output} "${code}")
  endif()
endfunction()

# Embeds `folder`'s migrations into `target`; a changed or new .sql file configures again.
function(holdfast_embed_migrations target folder)
  file(GLOB scripts CONFIGURE_DEPENDS ${folder}/*.sql)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${scripts})
  set(output ${PROJECT_BINARY_DIR}/generated/store/migrations_list.cpp)
  holdfast_write_migrations(${folder} ${output})
  target_sources(${target} PRIVATE ${output})
endfunction()
