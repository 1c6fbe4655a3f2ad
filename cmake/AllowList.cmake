# Writes LIST (plugins.allow) for FILES: each name with its SHA-256. Run with cmake -P, or included while installing.
set(lines "# Plugins that may be loaded, each as it was trusted. To trust another: peercert plugin trust FILE\n")
foreach(file IN LISTS FILES)
  file(SHA256 "${file}" digest)
  get_filename_component(name "${file}" NAME)
  string(APPEND lines "${name} ${digest}\n")
endforeach()
file(WRITE "${LIST}.new" "${lines}")
file(RENAME "${LIST}.new" "${LIST}")
