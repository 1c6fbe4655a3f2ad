# peercert_add_plugin(NAME SOURCES ...): a plugin NAME.so, as peercert loads it. The same function inside this tree and,
# through find_package(peercert), outside.
function(peercert_add_plugin name)
  cmake_parse_arguments(PLUGIN "" "" "SOURCES" ${ARGN})
  if(NOT name MATCHES "^[a-z0-9_][a-z0-9_-]*$" OR NOT PLUGIN_SOURCES)
    message(FATAL_ERROR "peercert_add_plugin(NAME SOURCES file...): NAME is lower-case letters, digits, _ and -")
  endif()
  add_library(${name} MODULE ${PLUGIN_SOURCES})
  set_target_properties(${name} PROPERTIES
    PREFIX "" SUFFIX ".so" CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON POSITION_INDEPENDENT_CODE ON
    CXX_EXTENSIONS OFF)   # the ABI tag holds the language version; the SDK asks for C++20
  target_link_libraries(${name} PRIVATE peercert::sdk)
  # A unique symbol would keep the library in memory after it was closed.
  target_compile_options(${name} PRIVATE $<$<CXX_COMPILER_ID:GNU>:-fno-gnu-unique>)
  # What is missing is said by the linker, not by the host. Clang leaves its sanitizers' functions to the program.
  if(NOT CMAKE_CXX_COMPILER_ID STREQUAL "Clang" OR NOT PEERCERT_SANITIZE)
    target_link_options(${name} PRIVATE -Wl,-z,defs)
  endif()
  # The whole file is hashed when it is loaded; what only a debugger reads is kept small.
  target_link_options(${name} PRIVATE -Wl,-z,relro,-z,now -Wl,-z,noexecstack -Wl,--compress-debug-sections=zlib)
endfunction()
