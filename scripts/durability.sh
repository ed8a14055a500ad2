#!/usr/bin/env bash
# Kills browsers in the middle of work and looks what is left: tests/durability. Set-up is setup.sh's part.
# STANDPOINT_ROUNDS and STANDPOINT_SEED say how often and with what; arguments choose tests by their names.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/env.sh
CHROMIUM=$(find_chromium)
FIREFOX=$(find_firefox)
export CHROMIUM FIREFOX
. scripts/page.sh
build_page
exec cargo test --locked --manifest-path tests/durability/Cargo.toml --target-dir target/durability --lib --test scenarios -- --test-threads=1 --nocapture "$@"
