# find_package(peercert 1.0 REQUIRED): peercert::sdk, peercert::testkit and peercert_add_plugin.
include(CMakeFindDependencyMacro)
find_dependency(Boost 1.74)
include(${CMAKE_CURRENT_LIST_DIR}/peercert.cmake)
include(${CMAKE_CURRENT_LIST_DIR}/PeercertPlugin.cmake)
