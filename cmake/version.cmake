# Runs at each build. Writes version and commit of the folder SOURCE to the file OUTPUT if they have
# changed. REVISION sets the commit where git is missing, as in a container.
if(NOT REVISION)
  execute_process(COMMAND git -C ${SOURCE} describe --always --dirty --exclude=* --abbrev=9
    OUTPUT_VARIABLE REVISION OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
endif()
configure_file(${SOURCE}/server/version.cpp.in ${OUTPUT} @ONLY)
