# Builds with the sanitizers of PAPERSAIL_SANITIZE.
if(PAPERSAIL_SANITIZE)
  list(JOIN PAPERSAIL_SANITIZE , sanitizers)
  set(unsanitized "")
  if("address" IN_LIST PAPERSAIL_SANITIZE)
    # These checks of UndefinedBehaviorSanitizer are off here, because they double the compile time.
    # The preset ubsan has them all.
    set(unsanitized -fno-sanitize=null,alignment,object-size,vptr,return,nonnull-attribute,returns-nonnull-attribute)
  endif()
  add_compile_options(-g1 -fsanitize=${sanitizers} ${unsanitized} -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${sanitizers})
  if("thread" IN_LIST PAPERSAIL_SANITIZE AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    add_compile_options(-Wno-tsan)  # Asio has a fence that ThreadSanitizer of g++ does not know
  endif()
  if("address" IN_LIST PAPERSAIL_SANITIZE AND CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
    set(fuzzing ON)  # one build for tests and fuzzing: adds coverage counters for libFuzzer
    add_compile_options(-fsanitize=fuzzer-no-link)
  endif()
endif()
