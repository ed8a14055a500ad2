#!/usr/bin/env bash
# Measures the core natively and the built page in Chromium, and writes the tables into docs/performance.md. Set-up is
# setup.sh's part. Arguments name parts of the page's measures (first, corpus, importing, storing, S, M, Lown, …): then only those
# are measured, and nothing is written.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/env.sh
CHROMIUM=$(find_chromium)
export CHROMIUM
. scripts/page.sh
build_page
core=target/bench-core.txt
if [ $# = 0 ]; then
  cargo bench --locked --bench core | tee "$core"
fi
if [ ! -f target/bare/index.html ] || [ -n "$(find tests/bench/bare -newer target/bare/index.html -type f -print -quit)" ]; then
  (cd tests/bench/bare && env CARGO_TARGET_DIR="$OLDPWD/target/bare-build" trunk build --release --locked --dist "$OLDPWD/target/bare")
fi
cargo build --locked --manifest-path tests/bench/Cargo.toml --target-dir target/durability
cargo build --locked --profile cli --bin standpoint
target/durability/debug/standpoint-bench "$RECOGITO_DIR/node_modules/@recogito/text-annotator/dist" target/bare target/cli/standpoint "$core" "$@"
