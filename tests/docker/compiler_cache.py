"""The compiler's results of the release build, for the first build in a new engine.

docker/Dockerfile keeps its ccache in a cache mount. On Debian 12 the image and the machine have the
same compiler, so that the image of the machine's architecture compiles nothing a second time.
"""

import pathlib
import shutil
import tempfile

from docker_client import HOME, docker, run

STAMP = HOME / "build/release/build.ninja"  # written before the first compilation
DOCKERFILE = """
FROM debian:bookworm-slim
COPY results /results
RUN --mount=type=cache,target=/root/.cache/ccache cp -R /results/. /root/.cache/ccache
"""


def fill():
    """Copies what ccache has stored or used since the release build was configured."""
    found = run("ccache", "--get-config", "cache_dir")
    if found.returncode != 0 or not STAMP.exists():
        return
    with tempfile.TemporaryDirectory() as folder:
        _copy_newer(pathlib.Path(found.stdout.strip()), pathlib.Path(folder) / "results")
        (pathlib.Path(folder) / "Dockerfile").write_text(DOCKERFILE)
        docker("build", "--no-cache", "--pull=false", folder)


def _copy_newer(source, target):
    target.mkdir()
    for path in source.glob("[0-9a-f]/**/*[RM]"):
        if path.stat().st_mtime >= STAMP.stat().st_mtime:
            copy = target / path.relative_to(source)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(path, copy)
