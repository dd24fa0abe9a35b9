#!/usr/bin/env bash
# Makes sure of a Chromium for the browser tests, and says which one it is.
set -euo pipefail
cd "$(dirname "$0")/.."

found() {
    local name
    for name in chromium chromium-browser google-chrome; do
        if command -v "$name" >/dev/null && "$name" --version >/dev/null 2>&1; then
            echo "Browser tests use $(command -v "$name")"
            return 0
        fi
    done
    return 1
}

# Playwright keeps a Chromium of its own; the library knows where.
found_own() {
    .venv/bin/python - <<'PYTHON'
import os
import sys
from playwright.sync_api import sync_playwright

with sync_playwright() as playwright:
    path = playwright.chromium.executable_path
sys.exit(0 if os.path.exists(path) and not print(f"Browser tests use {path}") else 1)
PYTHON
}

from_debian() {
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || return 1
    echo "Installing chromium and fonts-noto-core with apt-get (once)"
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-noto-core >/dev/null
}

from_playwright() {
    echo "Asking Playwright for its Chromium (once)"
    .venv/bin/playwright install chromium
}

if found || found_own; then exit 0; fi
if from_debian && found; then exit 0; fi
if from_playwright && found_own; then exit 0; fi
printf '%s\n' "The browser tests need a Chromium, and none could be had. One of these mends it:" \
    "    sudo apt-get install chromium fonts-noto-core" \
    "    .venv/bin/playwright install --with-deps chromium" >&2
exit 1
