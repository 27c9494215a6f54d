# The files of `cmake --install`, and the packages of `cpack`: a .deb and a .tar.gz.
include(GNUInstallDirs)

install(TARGETS papersail RUNTIME)
install(FILES docs/papersail.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES fixtures/completions/papersail.bash RENAME papersail
  DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions)
install(FILES fixtures/completions/papersail.zsh RENAME _papersail
  DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions)
install(FILES fixtures/completions/papersail.fish
  DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)
install(FILES cmake/papersail.service DESTINATION lib/systemd/system)
install(FILES README.md CHANGELOG.md LICENSE SECURITY.md DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(DIRECTORY docs DESTINATION ${CMAKE_INSTALL_DOCDIR} FILES_MATCHING PATTERN *.md)
install(DIRECTORY DESTINATION ${CMAKE_INSTALL_SYSCONFDIR}/papersail/init.d)

set(CPACK_GENERATOR DEB TGZ)
set(CPACK_PACKAGE_NAME papersail)
set(CPACK_PACKAGE_CONTACT "The papersail maintainers <maintainers@papersail.invalid>")
set(CPACK_PACKAGE_FILE_NAME papersail-${PROJECT_VERSION}-linux-${CMAKE_SYSTEM_PROCESSOR})
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION devel)
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION
  "Serves the Amazon Lightsail API on this machine, for tests and for development.
 Clients need no changes: the AWS CLI, the SDKs and Terraform take its address.")
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_PRE_BUILD_SCRIPTS ${CMAKE_SOURCE_DIR}/cmake/debian_files.cmake)
include(CPack)
