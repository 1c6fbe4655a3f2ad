# Flags of our own code. Consumers of the SDK get none of them: peercert_options is linked PRIVATE everywhere.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_CXX_VISIBILITY_PRESET hidden)
set(CMAKE_VISIBILITY_INLINES_HIDDEN ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)
set(CMAKE_LIBRARY_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/lib)

option(PEERCERT_WERROR "Treat warnings of our own code as errors (set by our presets only)" OFF)
set(PEERCERT_SANITIZE "" CACHE STRING "Sanitizers for every target, e.g. address,undefined or thread")

add_library(peercert_options INTERFACE)
target_compile_options(peercert_options INTERFACE
  # members left out of a designated initialiser keep their defaults, on purpose
  -Wall -Wextra -Wno-missing-field-initializers -Wpedantic -Wshadow -Wconversion -Wnon-virtual-dtor -Woverloaded-virtual
  -fstack-protector-strong -fstack-clash-protection
  $<$<BOOL:${PEERCERT_WERROR}>:-Werror>)
target_link_options(peercert_options INTERFACE -Wl,-z,relro,-z,now -Wl,-z,noexecstack)
# Boost.DLL must see one path type in every translation unit.
target_compile_definitions(peercert_options INTERFACE BOOST_DLL_USE_STD_FS
  $<$<NOT:$<CONFIG:Debug>>:_FORTIFY_SOURCE=2>)
if(PEERCERT_SANITIZE)
  add_compile_options(-fsanitize=${PEERCERT_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${PEERCERT_SANITIZE})
  # Debian's SOCI hides the type information that the vptr check would link to.
  add_compile_options(-fno-sanitize=vptr)
  # g++ 12 sees uninitialised values in the library's own templates once they are instrumented.
  target_compile_options(peercert_options INTERFACE $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>)
endif()
if(PEERCERT_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()

# ccache: look through precompiled headers, and share objects between clones in different folders.
find_program(PEERCERT_CCACHE ccache)
if(PEERCERT_CCACHE)
  set(peercert_launcher ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
      CCACHE_BASEDIR=${PROJECT_SOURCE_DIR} CCACHE_NOHASHDIR=1 ${PEERCERT_CCACHE})
  set(CMAKE_CXX_COMPILER_LAUNCHER ${peercert_launcher})
  set(CMAKE_C_COMPILER_LAUNCHER ${peercert_launcher})
endif()
find_program(PEERCERT_MOLD mold)
if(PEERCERT_MOLD)
  add_link_options(-fuse-ld=mold)
endif()

# peercert_room(NAME SOURCES ... USES rooms ... PRIVATE_LIBRARIES third-party ...): one room of core/ as a static
# library. Rooms that its headers mention are passed on; third-party libraries never are.
function(peercert_room name)
  cmake_parse_arguments(ROOM "" "" "SOURCES;USES;PRIVATE_LIBRARIES" ${ARGN})
  add_library(peercert_${name} STATIC ${ROOM_SOURCES})
  add_library(peercert::${name} ALIAS peercert_${name})
  target_include_directories(peercert_${name} PUBLIC ${PROJECT_SOURCE_DIR}/core)
  target_link_libraries(peercert_${name} PRIVATE peercert_options ${ROOM_PRIVATE_LIBRARIES})
  foreach(room IN LISTS ROOM_USES)
    target_link_libraries(peercert_${name} PUBLIC peercert::${room})
  endforeach()
endfunction()
