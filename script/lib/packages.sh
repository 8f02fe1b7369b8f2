# What the checks need from Debian's packages.

# need_packages: installs what is missing, or says what to install and fails.
need_packages() {
    local missing=()
    [[ -n $(postgres_bin) ]] || missing+=(postgresql)
    command -v chromium >/dev/null || missing+=(chromium)
    command -v chromedriver >/dev/null || missing+=(chromium-driver)
    # Lets a server of a browser test stand in a later month.
    command -v faketime >/dev/null || missing+=(faketime)
    # Places of their own for what the tests need from PyPI.
    python3 -c 'import venv, ensurepip' 2>/dev/null || missing+=(python3-venv)
    command -v curl >/dev/null || missing+=(curl)
    # Without a CJK font Chinese pages render as boxes and measure wrongly.
    has_cjk_font || missing+=(fonts-noto-cjk)
    ((${#missing[@]})) || { echo 'Everything is installed.'; return 0; }

    local as_root=()
    if ((EUID != 0)); then
        as_root=(sudo -n)
        if ! sudo -n true 2>/dev/null; then
            missing_by_hand "${missing[@]}"
            return 1
        fi
    fi
    command -v apt-get >/dev/null || { missing_by_hand "${missing[@]}"; return 1; }
    echo "Installing ${missing[*]}"
    local install=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive
        apt-get install -y -q --no-install-recommends "${missing[@]}")
    # A fresh machine has no package lists yet, an old one stale lists.
    "${install[@]}" && return 0
    "${as_root[@]}" apt-get update -q && "${install[@]}"
}

missing_by_hand() {
    echo "Please install these Debian packages (or their like), then run again: $*" >&2
    echo "    sudo apt-get install --no-install-recommends $*" >&2
    echo "or run the part that needs none of them: script/test --quick" >&2
}

# The folder with initdb and pg_ctl; Debian keeps them off the PATH. The newest version wins.
postgres_bin() {
    local found
    found=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
    if [[ -x $found/initdb ]]; then
        echo "$found"
    elif command -v initdb >/dev/null; then
        dirname "$(command -v initdb)"
    fi
}

has_cjk_font() {
    command -v fc-list >/dev/null && [[ -n $(fc-list :lang=zh-cn family) ]]
}
