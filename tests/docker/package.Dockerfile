# A fresh Debian with the .deb of the build that made the image.
FROM papersail-build AS package
COPY README.md CHANGELOG.md LICENSE SECURITY.md ./
COPY docs docs
RUN apt-get update && apt-get install -y --no-install-recommends dpkg-dev file \
    && cpack --config build/release/CPackConfig.cmake -G DEB && mv ./*.deb /papersail.deb

FROM debian:bookworm-slim
COPY --from=package /papersail.deb /
RUN dpkg --install /papersail.deb
