# The tests of evidence files, on an S3 server of their own: moto, from PyPI, in a place below target/.

readonly MOTO=5.2.5

# on_s3: each test starts a server on 127.0.0.1 and stops it.
on_s3() (
    set -euo pipefail
    need_moto
    TOUCHSTONE_TEST_S3=$PWD/target/moto/bin/moto_server cargo test --locked --test all documents::
)

need_moto() {
    local venv=target/moto
    if [[ $("$venv/bin/pip" show moto 2>/dev/null) != *"Version: $MOTO"* ]]; then
        python3 -m venv --clear "$venv"
        "$venv/bin/pip" install --quiet --disable-pip-version-check "moto[server]==$MOTO"
    fi
    echo "moto $MOTO"
}
