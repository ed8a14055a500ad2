#!/usr/bin/env bash
# Every test, cheap ones first. Set-up is setup.sh's part.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/env.sh
CHROMEDRIVER=$(find_chromedriver)
CHROMIUM=$(find_chromium)
FIREFOX=$(find_firefox)
WEBKIT=$(find_webkit)
AXE=$(find_axe)
LIGHTHOUSE=$(find_lighthouse)
NGINX=$(find_nginx)
export CHROMEDRIVER CHROMIUM FIREFOX WEBKIT AXE LIGHTHOUSE NGINX
began=$SECONDS
run() {
  local started=$SECONDS
  printf '\n== %s\n' "$*"
  "$@"
  printf '== done in %s s\n' "$((SECONDS - started))"
}
run cargo fmt --check
run cargo clippy --locked --all-targets -- -D warnings
run cargo clippy --locked --target wasm32-unknown-unknown --all-targets -- -D warnings
run cargo test --locked
run env RUSTDOCFLAGS="-D warnings" cargo doc --locked --no-deps
run scripts/conformance.sh
run cargo fmt --check --manifest-path fuzz/Cargo.toml
run cargo clippy --locked --manifest-path fuzz/Cargo.toml --target-dir target/fuzz --no-default-features -- -D warnings
run scripts/fuzz.sh
# The runner ends a page whose tests, all of them, take longer than that many seconds; 20 if nobody says.
run env WASM_BINDGEN_TEST_TIMEOUT=1800 CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER=wasm-bindgen-test-runner cargo test --locked --target wasm32-unknown-unknown --test web --test web_app
run trunk build --release --locked
run cargo fmt --check --manifest-path tests/e2e/Cargo.toml
run cargo clippy --locked --manifest-path tests/e2e/Cargo.toml --target-dir target/e2e --all-targets -- -D warnings
# Each story has its own browser, site and port.
run env STANDPOINT_SHOTS="$PWD/target/screenshots" cargo test --locked --manifest-path tests/e2e/Cargo.toml --target-dir target/e2e -- --test-threads=2
run cargo fmt --check --manifest-path tests/durability/Cargo.toml
run cargo clippy --locked --manifest-path tests/durability/Cargo.toml --target-dir target/durability --all-targets -- -D warnings
run scripts/durability.sh
run cargo fmt --check --manifest-path tests/bench/Cargo.toml
run cargo clippy --locked --manifest-path tests/bench/Cargo.toml --target-dir target/durability --all-targets -- -D warnings
printf '\nall tests passed in %s s\n' "$((SECONDS - began))"
