# The console's built files become part of the program. They stay binary: the assembler reads them,
# so that megabytes of script do not pass through the compiler as text.

# Adds to `target` a source defining console_files(), from `folder` (console/dist). A folder that
# was not built gives a program without a console, which the server answers honestly.
function(embed_console target folder)
  file(GLOB_RECURSE files CONFIGURE_DEPENDS RELATIVE ${folder} ${folder}/*)
  list(SORT files)
  set(rows "")
  set(blobs "")
  set(symbols "")
  set(count 0)
  foreach(file IN LISTS files)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${folder}/${file})
    string(APPEND blobs "__asm__(\".section .rodata\\n.global holdfast_asset_${count}\\n\"\n"
      "        \"holdfast_asset_${count}:\\n.incbin \\\"${folder}/${file}\\\"\\n\"\n"
      "        \".global holdfast_asset_end_${count}\\n\"\n"
      "        \"holdfast_asset_end_${count}:\\n.byte 0\\n\"\n"
      "        \".text\\n\");\n")
    string(APPEND symbols
      "extern const char holdfast_asset_${count}[], holdfast_asset_end_${count}[];\n")
    string(APPEND rows "    {\"/${file}\", {holdfast_asset_${count}, "
      "static_cast<std::size_t>(holdfast_asset_end_${count} - holdfast_asset_${count})}},\n")
    math(EXPR count "${count} + 1")
  endforeach()
  set(text "// Generated from the console's built files.
#include \"apps/holdfast/console_files.h\"

${blobs}
extern \"C\" {
${symbols}}

namespace holdfast::apps {

std::span<const ConsoleFile> console_files() {
  static const std::array<ConsoleFile, ${count}> files = {{
${rows}  }};
  return files;
}

}  // namespace holdfast::apps
")
  set(generated ${PROJECT_BINARY_DIR}/generated/console_files.cpp)
  set(old "")
  if(EXISTS ${generated})
    file(READ ${generated} old)
  endif()
  if(NOT text STREQUAL old)
    file(WRITE ${generated} "${text}")
  endif()
  target_sources(${target} PRIVATE ${generated})
endfunction()
