# The doctest cases, one program, and the fuzz targets.
find_package(doctest QUIET)
if(NOT doctest_FOUND)
  message(FATAL_ERROR "The tests need doctest (Debian: doctest-dev). To build papersail without "
    "its tests, add -D PAPERSAIL_TESTS=OFF.")
endif()
enable_testing()
file(GLOB_RECURSE tests CONFIGURE_DEPENDS tests/*.cpp)
list(FILTER tests EXCLUDE REGEX "/tests/(bench|fuzz)/")
add_executable(papersail_tests ${tests})
target_precompile_headers(papersail_tests PRIVATE <text/json.hpp> <doctest/doctest.h>)
set_source_files_properties(tests/main.cpp PROPERTIES SKIP_PRECOMPILE_HEADERS ON)
target_link_libraries(papersail_tests PRIVATE papersail_core doctest::doctest)
set_source_files_properties(tests/handlers/documentation_test.cpp tests/handlers/internal_state_test.cpp
  tests/handlers/recorded_session_test.cpp tests/state/store/format_test.cpp
  tests/support/stages.cpp
  PROPERTIES SKIP_PRECOMPILE_HEADERS ON
  COMPILE_DEFINITIONS PAPERSAIL_SOURCE="${CMAKE_SOURCE_DIR}")
set_source_files_properties(tests/support/process.cpp PROPERTIES SKIP_PRECOMPILE_HEADERS ON
  COMPILE_DEFINITIONS "PAPERSAIL=\"$<TARGET_FILE:papersail>\"")
add_dependencies(papersail_tests papersail)

# ctest lists the tests of the program when it starts.
file(GENERATE OUTPUT ctest.cmake CONTENT
"set(papersail_tests \"$<TARGET_FILE:papersail_tests>\")
include(\"${CMAKE_SOURCE_DIR}/cmake/discover_tests.cmake\")
")
set_property(DIRECTORY APPEND PROPERTY TEST_INCLUDE_FILES ${CMAKE_BINARY_DIR}/ctest.cmake)

if(fuzzing)
  file(GLOB fuzz_targets CONFIGURE_DEPENDS tests/fuzz/*.cpp)
  foreach(file IN LISTS fuzz_targets)
    get_filename_component(name ${file} NAME_WE)
    add_executable(fuzz_${name} ${file})
    target_link_libraries(fuzz_${name} PRIVATE papersail_core -fsanitize=fuzzer)
  endforeach()
endif()
