# Run after a test program is linked: writes a file for ctest with one test for each suite that the
# program has, so that none can be forgotten and none is started for each of a suite's tests.
#
# usage: cmake -D PROGRAM=… -D NAME=… -D OUTPUT=… -D LABEL=… -P discover_suites.cmake
execute_process(COMMAND ${PROGRAM} --gtest_list_tests
  OUTPUT_VARIABLE listed RESULT_VARIABLE failed)
if(failed)
  message(FATAL_ERROR "${PROGRAM} --gtest_list_tests: ${failed}\n${listed}")
endif()
string(REGEX MATCHALL "(^|\n)[A-Za-z0-9_/]+[.]" lines "${listed}")
if(NOT lines)
  message(FATAL_ERROR "${PROGRAM} has no test")
endif()
set(text "")
foreach(line ${lines})
  string(REGEX REPLACE "^\n" "" suite "${line}")
  string(REGEX REPLACE "[.]$" "" suite "${suite}")
  set(test "${NAME}/${suite}")
  string(APPEND text "add_test([[${test}]] [[${PROGRAM}]] [[--gtest_filter=${suite}.*]]"
    " [[--gtest_brief=1]])\n"
    "set_tests_properties([[${test}]] PROPERTIES TIMEOUT 900 LABELS ${LABEL})\n")
endforeach()
file(WRITE ${OUTPUT} "${text}")
