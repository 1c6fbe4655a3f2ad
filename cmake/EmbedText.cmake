# peercert_embed_text(OUTPUT_VARIABLE NAMESPACE name=file ...): makes a source file in which each text file is a constant
# `const std::string_view NAMESPACE::name`, so that the program needs no data folder for it. Declare the same constants
# `extern const std::string_view name;` where they are used. A changed file configures again by itself.
function(peercert_embed_text output namespace)
  set(source "#include <string_view>\n\nnamespace ${namespace} {\n")
  set(key "${namespace}")
  foreach(pair IN LISTS ARGN)
    string(REGEX MATCH "^([a-z0-9_]+)=(.+)$" _ "${pair}")
    set(name ${CMAKE_MATCH_1})
    cmake_path(ABSOLUTE_PATH CMAKE_MATCH_2 BASE_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR} OUTPUT_VARIABLE file)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
    file(READ ${file} text)
    string(APPEND source
      "extern const std::string_view ${name};\nconst std::string_view ${name} = R\"embedded(${text})embedded\";\n")
    string(APPEND key "_${name}")
  endforeach()
  string(APPEND source "} // namespace ${namespace}\n")
  string(MAKE_C_IDENTIFIER "${key}" key)
  string(SHA1 digest "${key}")
  string(SUBSTRING ${digest} 0 8 digest)
  set(path ${CMAKE_CURRENT_BINARY_DIR}/embedded_${digest}.cpp)
  file(CONFIGURE OUTPUT ${path} CONTENT "${source}" @ONLY)
  set(${output} ${path} PARENT_SCOPE)
endfunction()
