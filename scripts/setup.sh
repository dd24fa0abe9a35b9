#!/usr/bin/env bash
# Makes .venv and installs exactly what a lock file says.   scripts/setup.sh requirements.lock
# Needs Python 3.11 or newer; PYTHON=/path/to/python chooses one. No root needed.
set -euo pipefail
cd "$(dirname "$0")/.."
lock=$1
venv=.venv

stop() {
    printf '%s\n' "$@" >&2
    exit 1
}

# A name on the PATH may be a shim that does not run, so each candidate is tried.
find_python() {
    local candidate
    for candidate in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11; do
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$candidate"
            return
        fi
    done
    stop "Lotse needs Python 3.11 or newer and found none." \
        "Install one (Debian, Ubuntu: sudo apt-get install python3 python3-venv) or say where it is:" \
        "    make PYTHON=/path/to/python3 $(test "$lock" = requirements.lock && echo demo || echo test)"
}

# Debian leaves ensurepip out of python3: then its own pip, or its package python3-venv, makes up for it.
make_venv() {
    local python=$1
    if "$python" -c 'import ensurepip' 2>/dev/null; then
        "$python" -m venv "$venv"
    elif "$python" -m pip --version >/dev/null 2>&1; then
        "$python" -m venv --without-pip "$venv"
        "$python" -m pip --python "$venv/bin/python" --quiet install pip
    elif [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        apt-get update -qq
        apt-get install -y -qq python3-venv >/dev/null
        "$python" -m venv "$venv"
    else
        stop "This Python cannot make a virtual environment: its package for that is missing." \
            "    sudo apt-get install python3-venv" "and then the same command again."
    fi
}

if ! "$venv/bin/python" -m pip --version >/dev/null 2>&1; then
    python=$(find_python)
    echo "Making $venv with $("$python" --version)"
    rm -rf "$venv"
    make_venv "$python"
fi

echo "Installing what $lock says (once; the first time takes a minute or two)"
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r "$lock"
