# Run at each build: writes OUTPUT, which holds the version and the commit of SOURCE, if it changed.
# REVISION is the commit where git is not at hand, as in a container.
if(NOT REVISION)
  execute_process(COMMAND git -C ${SOURCE} describe --always --dirty --exclude=* --abbrev=9
    OUTPUT_VARIABLE REVISION OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
endif()
configure_file(${SOURCE}/server/version.cpp.in ${OUTPUT} @ONLY)
