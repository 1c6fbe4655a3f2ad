# Debian ships SOCI 4.0 without a CMake package. Makes SOCI::core, SOCI::sqlite3 and SOCI::postgresql.
include(FindPackageHandleStandardArgs)
find_path(SOCI_INCLUDE_DIR soci/soci.h)
find_library(SOCI_LIBRARY soci_core)
if(SOCI_INCLUDE_DIR)
  file(STRINGS "${SOCI_INCLUDE_DIR}/soci/version.h" soci_version_line REGEX "#define SOCI_LIB_VERSION ")
  string(REGEX REPLACE ".*\"([0-9]+)_([0-9]+)_([0-9]+)\".*" "\\1.\\2.\\3" SOCI_VERSION "${soci_version_line}")
endif()
foreach(backend IN LISTS SOCI_FIND_COMPONENTS)
  find_library(SOCI_${backend}_LIBRARY soci_${backend})
  if(SOCI_${backend}_LIBRARY)
    set(SOCI_${backend}_FOUND TRUE)
  endif()
endforeach()
find_path(SOCI_LIBPQ_INCLUDE_DIR libpq-fe.h PATH_SUFFIXES postgresql)   # soci-postgresql.h includes it
find_library(SOCI_LIBPQ_LIBRARY pq)
find_package_handle_standard_args(SOCI REQUIRED_VARS SOCI_LIBRARY SOCI_INCLUDE_DIR
                                  VERSION_VAR SOCI_VERSION HANDLE_COMPONENTS)
if(SOCI_FOUND AND NOT TARGET SOCI::core)
  add_library(SOCI::core UNKNOWN IMPORTED)
  set_target_properties(SOCI::core PROPERTIES IMPORTED_LOCATION "${SOCI_LIBRARY}"
    INTERFACE_INCLUDE_DIRECTORIES "${SOCI_INCLUDE_DIR}" INTERFACE_LINK_LIBRARIES "${CMAKE_DL_LIBS}")
  if(SOCI_sqlite3_FOUND)
    add_library(SOCI::sqlite3 UNKNOWN IMPORTED)
    set_target_properties(SOCI::sqlite3 PROPERTIES IMPORTED_LOCATION "${SOCI_sqlite3_LIBRARY}"
      INTERFACE_LINK_LIBRARIES "SOCI::core;SQLite::SQLite3")
  endif()
  if(SOCI_postgresql_FOUND)
    add_library(SOCI::postgresql UNKNOWN IMPORTED)
    set_target_properties(SOCI::postgresql PROPERTIES IMPORTED_LOCATION "${SOCI_postgresql_LIBRARY}"
      INTERFACE_INCLUDE_DIRECTORIES "${SOCI_LIBPQ_INCLUDE_DIR}"
      INTERFACE_LINK_LIBRARIES "SOCI::core;${SOCI_LIBPQ_LIBRARY}")
  endif()
endif()
mark_as_advanced(SOCI_INCLUDE_DIR SOCI_LIBRARY SOCI_LIBPQ_INCLUDE_DIR SOCI_LIBPQ_LIBRARY)
