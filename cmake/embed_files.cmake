# Data files that are part of a program: each becomes a constant text, compiled in.
#
# embed_files(TARGET NAMESPACE FILE…) adds to TARGET one generated source that defines, for
# "dir/some_name.ext", `extern const std::string_view some_name_ext` in NAMESPACE. The code that
# uses the texts declares them in a header of its own, so that what is missing fails at linking.
function(embed_files target namespace)
  if(NOT ARGN)
    return()
  endif()
  set(text "// Generated from the folder's data files; edit those.\n")
  string(APPEND text "#include <string_view>\n\nnamespace ${namespace} {\n\n")
  foreach(file IN LISTS ARGN)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
    get_filename_component(name ${file} NAME)
    string(MAKE_C_IDENTIFIER ${name} identifier)
    file(READ ${file} content)
    string(APPEND text "extern const std::string_view ${identifier};\n")
    string(APPEND text "const std::string_view ${identifier} = R\"file(${content})file\";\n\n")
  endforeach()
  string(APPEND text "}  // namespace ${namespace}\n")

  # A target may embed into several namespaces.
  string(MAKE_C_IDENTIFIER ${namespace} space)
  set(generated ${PROJECT_BINARY_DIR}/generated/embedded/${target}-${space}.cpp)
  set(old "")
  if(EXISTS ${generated})
    file(READ ${generated} old)
  endif()
  if(NOT text STREQUAL old)
    file(WRITE ${generated} "${text}")
  endif()
  target_sources(${target} PRIVATE ${generated})
endfunction()
