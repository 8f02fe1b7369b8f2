# A mail server for the tests of letters, in a place of its own.

readonly AIOSMTPD=1.4.6
readonly MAIL_PYTHON=target/aiosmtpd/bin/python

need_mail_server() {
    local venv=target/aiosmtpd
    if [[ $("$MAIL_PYTHON" -c 'import aiosmtpd; print(aiosmtpd.__version__)' 2>/dev/null) != "$AIOSMTPD" ]]; then
        python3 -m venv --clear "$venv"
        "$venv/bin/pip" install --quiet --disable-pip-version-check "aiosmtpd==$AIOSMTPD"
    fi
    "$MAIL_PYTHON" -m aiosmtpd --version
}
