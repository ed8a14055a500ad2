# Where the project's tools live, and how cargo finds them. Sourced by every script; installs nothing.
# STANDPOINT_TOOLS may be set to share or move the tools; they are versioned, so clones can share one folder.
TRUNK_VERSION=0.21.14
BINARYEN_VERSION=132.0.0
RECOGITO_VERSION=4.1.1
GECKODRIVER_VERSION=0.37.1
AXE_VERSION=4.14.1
LIGHTHOUSE_VERSION=12.8.2
CARGO_FUZZ_VERSION=0.13.1
WASM_BINDGEN_VERSION=$(sed -n '/^name = "wasm-bindgen"$/{n;s/^version = "\(.*\)"$/\1/p;}' Cargo.lock)
TOOLS=${STANDPOINT_TOOLS:-${XDG_CACHE_HOME:-$HOME/.cache}/standpoint/tools}
TRUNK_DIR=$TOOLS/trunk-$TRUNK_VERSION
WASM_BINDGEN_DIR=$TOOLS/wasm-bindgen-$WASM_BINDGEN_VERSION
BINARYEN_DIR=$TOOLS/binaryen-$BINARYEN_VERSION
RECOGITO_DIR=$TOOLS/recogito-$RECOGITO_VERSION
GECKODRIVER_DIR=$TOOLS/geckodriver-$GECKODRIVER_VERSION
AXE_DIR=$TOOLS/axe-$AXE_VERSION
LIGHTHOUSE_DIR=$TOOLS/lighthouse-$LIGHTHOUSE_VERSION
CARGO_FUZZ_DIR=$TOOLS/cargo-fuzz-$CARGO_FUZZ_VERSION
# Taken out of its packages, not installed: a test needs the program, nobody needs a server that starts with the machine.
NGINX_DIR=$TOOLS/nginx
# Named after the pinned lists of what is in it.
CONFORMANCE_DIR=$TOOLS/conformance-$(cat tests/conformance/{requirements,examples}.txt tests/conformance/package-lock.json | cksum | sed 's/ .*//')
DEBIAN_WEB=$TOOLS/debian-web
export PATH="$HOME/.cargo/bin:$TRUNK_DIR/bin:$WASM_BINDGEN_DIR/bin:$BINARYEN_DIR/node_modules/.bin:$GECKODRIVER_DIR/bin:$CARGO_FUZZ_DIR/bin:$PATH"
# Trunk reads NO_COLOR as a true/false word; some systems set it to 1.
unset NO_COLOR
# Set up from Debian's packages because rustup's server could not be reached: see setup.sh.
if [ -f "$DEBIAN_WEB/toolchain" ]; then
  RUSTUP_TOOLCHAIN=$(cat "$DEBIAN_WEB/toolchain")
  CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER=$(cat "$DEBIAN_WEB/linker")
  export RUSTUP_TOOLCHAIN CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER
fi

find_chromium() { command -v chromium || command -v chromium-browser || command -v google-chrome; }
find_chromedriver() { command -v chromedriver; }
# WebKitGTK's own small browser, which is not on PATH.
find_webkit() {
  local place found=
  for place in /usr/lib/*/webkit2gtk-4.*/MiniBrowser /usr/libexec/webkit2gtk-4.*/MiniBrowser; do
    if [ -x "$place" ]; then found=$place; fi
  done
  [ -n "$found" ] && echo "$found"
}
find_firefox() { command -v firefox-esr || command -v firefox; }
# The rules of accessibility that the page is held to.
find_axe() { [ -f "$AXE_DIR/node_modules/axe-core/axe.min.js" ] && echo "$AXE_DIR/node_modules/axe-core/axe.min.js"; }
# The marks that a browser's own tool gives the page.
find_lighthouse() { [ -x "$LIGHTHOUSE_DIR/node_modules/.bin/lighthouse" ] && echo "$LIGHTHOUSE_DIR/node_modules/.bin/lighthouse"; }
# The web server that the page is tested behind; its modules and types lie beside it.
find_nginx() { [ -x "$NGINX_DIR/usr/sbin/nginx" ] && [ -f "$NGINX_DIR/etc/nginx/mime.types" ] && echo "$NGINX_DIR"; }
