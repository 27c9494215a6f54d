# Run by ctest: adds a test for each subject, the part of a title before the colon, which runs all
# doctest cases of that subject in one process. A process for each case takes 45 seconds longer on
# two cores, because each loads the sanitizers and the service model.
execute_process(COMMAND "${papersail_tests}" --list-test-cases
  OUTPUT_VARIABLE titles RESULT_VARIABLE failed)
if(failed)
  add_test(papersail_tests "${papersail_tests}")  # shows why
  return()
endif()
string(REGEX MATCHALL "\n[^[=:\n][^:\n]*" subjects "${titles}")
list(REMOVE_DUPLICATES subjects)
foreach(subject IN LISTS subjects)
  string(REPLACE "\n" "" subject "${subject}")
  string(REPLACE "," "\\," pattern "${subject}")
  add_test("${subject}" "${papersail_tests}" --no-colors --case-sensitive=true
    "--test-case=${pattern}:*,${pattern}")
  if(subject STREQUAL "Random calls")
    set_tests_properties("${subject}" PROPERTIES COST 1000)  # the longest test starts first
  endif()
endforeach()
