# CPack installs to /usr/etc; Debian requires configuration in /etc.
if(CPACK_GENERATOR STREQUAL DEB)
  file(RENAME ${CPACK_TEMPORARY_DIRECTORY}/usr/etc ${CPACK_TEMPORARY_DIRECTORY}/etc)
endif()
