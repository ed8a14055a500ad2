#!/usr/bin/env bash
# Kills browsers in the middle of work and looks what is left: tests/durability. Set-up is setup.sh's part.
# With "measure" it times what storing costs instead.
# STANDPOINT_ROUNDS and STANDPOINT_SEED say how often and with what; arguments choose tests by their names.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/env.sh
CHROMIUM=$(find_chromium)
FIREFOX=$(find_firefox)
export CHROMIUM FIREFOX
# What the release page is made of: a newer file makes it outdated.
made_of=(src static index.html Trunk.toml Cargo.toml Cargo.lock scripts/policy.mjs)
if [ ! -f dist/index.html ] || [ -n "$(find "${made_of[@]}" -newer dist/index.html -print -quit)" ]; then
  trunk build --release --locked
fi
if [ "${1:-}" = measure ]; then
  exec cargo run --locked --manifest-path tests/durability/Cargo.toml --target-dir target/durability --bin measure
fi
exec cargo test --locked --manifest-path tests/durability/Cargo.toml --target-dir target/durability --lib --test scenarios -- --test-threads=1 --nocapture "$@"
