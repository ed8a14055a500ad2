#!/usr/bin/env bash
# Lets the real readers of each format read what the command line writes: tests/conformance. Set-up is setup.sh's part.
# Arguments go to pytest (-k brat chooses by name); without any, node's readers run, too.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/env.sh
cargo build --locked --bin standpoint
STANDPOINT=${CARGO_TARGET_DIR:-$PWD/target}/debug/standpoint
STANDPOINT_CONFORMANCE=$PWD/target/conformance
STANDPOINT_EXAMPLES=$CONFORMANCE_DIR/examples
STANDPOINT_NODE_MODULES=$CONFORMANCE_DIR/node/node_modules
export STANDPOINT STANDPOINT_CONFORMANCE STANDPOINT_EXAMPLES STANDPOINT_NODE_MODULES
# A failure of the one doesn't keep the other from being heard.
status=0
if [ $# = 0 ]; then
  node --test tests/conformance/w3c.test.mjs || status=1
fi
"$CONFORMANCE_DIR/python/bin/python" -m pytest -c tests/conformance/pytest.ini --rootdir tests/conformance tests/conformance "$@" || status=1
exit "$status"
