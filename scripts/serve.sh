#!/usr/bin/env bash
# Serves the page on a fixed port, since what people save belongs to the origin and so to the port.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/env.sh
PORT=${PORT:-8080}
if (exec 3<>"/dev/tcp/127.0.0.1/$PORT") 2>/dev/null; then
  echo "serve: port $PORT is busy. Saved work belongs to a port, so none is chosen for you: free it, or run 'make serve PORT=8081'." >&2
  exit 1
fi
echo "serve: building; the tool will be at http://127.0.0.1:$PORT/ (stop with Ctrl C)"
open=()
if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] || [ "$(uname)" = Darwin ]; then open=(--open); fi
# Not into dist/, which holds the release that is hosted and tested.
exec trunk serve --dist target/serve --port "$PORT" "${open[@]}"
