# Makes the API's table of operations from the contract: what each is called, where it stands, what
# it asks for. An operation, or a command of an order, that does not say so ends the configuration:
# nothing is open because somebody forgot it.

set(HOLDFAST_PLACES order stream rows workspace)

function(holdfast_write_if_new output code)
  set(before "")
  if(EXISTS ${output})
    file(READ ${output} before)
  endif()
  if(NOT before STREQUAL code)
    file(WRITE ${output} "${code}")
  endif()
endfunction()

# "paid_for_me" becomes the enumerator's name "PaidForMe".
function(holdfast_enumerator name result)
  string(REPLACE "_" ";" words "${name}")
  set(joined "")
  foreach(word IN LISTS words)
    string(SUBSTRING "${word}" 0 1 first)
    string(SUBSTRING "${word}" 1 -1 rest)
    string(TOUPPER "${first}" first)
    string(APPEND joined "${first}${rest}")
  endforeach()
  set(${result} ${joined} PARENT_SCOPE)
endfunction()

# The Right of a word, refused unless the contract's schema Right has it.
function(holdfast_right contract word where result)
  string(JSON known GET "${contract}" components schemas Right enum)
  if(NOT known MATCHES "\"${word}\"")
    message(FATAL_ERROR "${where}: there is no right \"${word}\" in the contract's schema Right")
  endif()
  holdfast_enumerator(${word} name)
  set(${result} "Right::${name}" PARENT_SCOPE)
endfunction()

# One row of the table for the operation `method` of `path`.
function(holdfast_operation contract path method operation result)
  string(JSON id ERROR_VARIABLE missing GET "${operation}" operationId)
  if(missing)
    message(FATAL_ERROR "contract: ${method} ${path} has no operationId")
  endif()
  string(JSON right ERROR_VARIABLE missing GET "${operation}" x-access right)
  if(missing)
    message(FATAL_ERROR "contract: ${id} does not say in x-access who may use it")
  endif()
  string(JSON within ERROR_VARIABLE none GET "${operation}" x-access within)
  set(asks "std::nullopt")
  set(entry "Entry::WithRight")
  set(place "Within::Rows")
  if(right STREQUAL "anyone")
    set(entry "Entry::Anyone")
  elseif(right STREQUAL "signed_in")
    set(entry "Entry::SignedIn")
    if(within IN_LIST HOLDFAST_PLACES)
      holdfast_enumerator(${within} place)
      set(place "Within::${place}")
    endif()
  elseif(NOT within IN_LIST HOLDFAST_PLACES)
    message(FATAL_ERROR
      "contract: ${id} does not say in x-access within what it stays: ${HOLDFAST_PLACES}")
  else()
    holdfast_right("${contract}" ${right} "contract: ${id}" asks)
    holdfast_enumerator(${within} place)
    set(place "Within::${place}")
  endif()
  string(TOUPPER ${method} method)
  set(${result}
    "    {\"${id}\", \"${method}\", \"${path}\", ${entry}, ${asks}, ${place}},\n" PARENT_SCOPE)
endfunction()

# Writes `output`: the definitions behind api/operations.h.
function(holdfast_write_operations contract_file output)
  file(READ ${contract_file} contract)
  # A list's separator inside the text would tear it apart.
  string(REPLACE ";" "," contract "${contract}")
  set(rows "")
  string(JSON paths GET "${contract}" paths)
  string(JSON count LENGTH "${paths}")
  math(EXPR last "${count} - 1")
  foreach(i RANGE ${last})
    string(JSON path MEMBER "${paths}" ${i})
    string(JSON item GET "${paths}" "${path}")
    foreach(method get post put patch delete)
      string(JSON operation ERROR_VARIABLE none GET "${item}" ${method})
      if(NOT none)
        holdfast_operation("${contract}" "${path}" ${method} "${operation}" row)
        string(APPEND rows "${row}")
      endif()
    endforeach()
  endforeach()
  set(commands "")
  string(JSON list GET "${contract}" components schemas OrderCommand oneOf)
  string(JSON count LENGTH "${list}")
  math(EXPR last "${count} - 1")
  foreach(i RANGE ${last})
    string(JSON reference GET "${list}" ${i} $ref)
    get_filename_component(command ${reference} NAME)
    string(JSON right ERROR_VARIABLE missing
      GET "${contract}" components schemas ${command} x-right)
    if(missing)
      message(FATAL_ERROR "contract: ${command} does not say in x-right what it asks for")
    endif()
    holdfast_right("${contract}" ${right} "contract: ${command}" asks)
    string(APPEND commands "    {\"${command}\", ${asks}},\n")
  endforeach()
  holdfast_write_if_new(${output} "// Generated from contract/openapi.json.
#include \"api/operations.h\"

namespace holdfast::api {
namespace {

constexpr Operation all[] = {
${rows}};

constexpr OrderCommand commands[] = {
${commands}};

}  // namespace

std::span<const Operation> operations() { return all; }

std::span<const OrderCommand> order_commands() { return commands; }

}  // namespace holdfast::api
")
endfunction()

# Gives `target` the table; a changed contract configures again.
function(holdfast_operations target contract_file)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${contract_file})
  set(output ${PROJECT_BINARY_DIR}/generated/api/operations_list.cpp)
  holdfast_write_operations(${contract_file} ${output})
  target_sources(${target} PRIVATE ${output})
endfunction()
