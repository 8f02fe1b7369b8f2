# Another implementation of JOSE that receipts are verified with, in a place of its own.

readonly JOSERFC=1.8.0
readonly JOSE_PYTHON=target/jose/bin/python

need_jose() {
    local venv=target/jose
    if [[ $("$venv/bin/pip" show joserfc 2>/dev/null) != *"Version: $JOSERFC"* ]]; then
        python3 -m venv --clear "$venv"
        "$venv/bin/pip" install --quiet --disable-pip-version-check "joserfc==$JOSERFC"
    fi
    echo "joserfc $JOSERFC"
}
