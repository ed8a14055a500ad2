#!/usr/bin/env bash
# Installs what is missing, each step only when needed.
#   scripts/setup.sh build   what building and serving need
#   scripts/setup.sh bench   that and a browser, and what the page is measured beside
#   scripts/setup.sh conformance  what the command line needs, and the readers of the field that read what it writes
#   scripts/setup.sh fuzz    what fuzzing the readers needs
#   scripts/setup.sh test    what building needs, these readers, the fuzzer, and what the other tests need (Chromium, Firefox, WebKitGTK and their drivers, axe, Lighthouse)
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/env.sh
mkdir -p "$TOOLS"
WHAT=${1:-build}

say() { printf '%s\n' "setup: $*"; }
die() { printf '%s\n' "setup: $1" "setup: $2" >&2; exit 1; }

# step NAME EXPECTED CHECK INSTALL ADVICE: runs INSTALL when CHECK fails, and CHECK again after it.
step() {
  local name=$1 expected=$2 check=$3 install=$4 advice=$5 began log
  if "$check" >/dev/null 2>&1; then return 0; fi
  say "$name: installing (about $expected)"
  began=$SECONDS
  log=$TOOLS/setup-$install.log
  local status
  set +e # not 'if ! (…)': in a condition bash ignores errexit within
  (set -e; "$install") >"$log" 2>&1
  status=$?
  set -e
  if [ "$status" != 0 ]; then tail -n 25 "$log" >&2; die "$name: failed; the whole output is in $log" "$advice"; fi
  . scripts/env.sh
  "$check" >/dev/null 2>&1 || die "$name: installed, but still not found; see $log" "$advice"
  say "$name: done in $((SECONDS - began)) s"
}

# says WORDS COMMAND…: whether the command's output has these words. The output is read to its end: piped into
# 'grep -q', which leaves at the first hit, a program may die of the closed pipe and count as missing.
says() {
  local words=$1 said
  shift
  said=$("$@") && case " ${said//$'\n'/ } " in *" $words "*) ;; *) return 1 ;; esac
}

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi; }
apt_install() {
  command -v apt-get >/dev/null || { echo "no apt-get on this system"; return 1; }
  as_root apt-get -o DPkg::Lock::Timeout=300 update -qq || true
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 install -y -qq --no-install-recommends "$@"
}

has_rust() { cargo --version; }
no_rust() { echo "cargo is not on PATH"; return 1; }

has_cc() { command -v cc; }
get_cc() { apt_install gcc libc6-dev; }

has_wasm32() { [ -n "$(ls "$(rustc --print sysroot)/lib/rustlib/wasm32-unknown-unknown/lib/"*std-*.rlib 2>/dev/null)" ]; }
get_wasm32() {
  if command -v rustup >/dev/null && timeout 180 rustup target add wasm32-unknown-unknown; then return 0; fi
  echo "rustup's server can't be reached: building std for wasm32 from Debian's packages"
  apt_install rustc-web cargo-web rust-web-src
  # The newest LLD there is; its name carries LLVM's version.
  local lld
  lld=$(apt-cache search --names-only '^lld-[0-9]+$' | sed 's/ .*//' | sort -V | tail -n 1)
  apt_install "$lld"
  local dir linker
  linker=wasm-$(echo "$lld" | sed 's/^lld/ld/')
  dir=$(mktemp -d)
  mkdir "$dir/src"
  : >"$dir/src/lib.rs"
  printf '[package]\nname = "empty"\nversion = "0.0.0"\nedition = "2021"\n[lib]\ncrate-type = ["cdylib"]\n' >"$dir/Cargo.toml"
  (
    cd "$dir"
    RUSTFLAGS=-Cembed-bitcode=yes RUSTC=/usr/bin/rustc RUSTC_BOOTSTRAP=1 CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER=$linker \
      /usr/bin/cargo build --release --target wasm32-unknown-unknown -Z build-std=std,test,panic_abort
  )
  as_root mkdir -p /usr/lib/rustlib/wasm32-unknown-unknown/lib
  for rlib in "$dir"/target/wasm32-unknown-unknown/release/deps/*.rlib; do
    case $(basename "$rlib") in libempty*) ;; *) as_root cp "$rlib" /usr/lib/rustlib/wasm32-unknown-unknown/lib/ ;; esac
  done
  rm -rf "$dir"
  rustup toolchain link debian-web /usr
  mkdir -p "$DEBIAN_WEB"
  echo "$linker" >"$DEBIAN_WEB/linker"
  echo debian-web >"$DEBIAN_WEB/toolchain"
}

has_lints() { cargo fmt --version && cargo clippy --version; }
get_lints() { rustup component add rustfmt clippy || apt_install rustfmt-web rust-clippy-web; }

has_trunk() { says "trunk $TRUNK_VERSION" trunk --version; }
get_trunk() {
  # Opt-level 1 without LTO: half the wait, and Trunk's own speed does not matter here.
  CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 CARGO_PROFILE_RELEASE_OPT_LEVEL=1 \
    cargo install trunk --version "$TRUNK_VERSION" --locked --root "$TRUNK_DIR" --no-default-features --features rustls
}

has_wasm_bindgen() {
  says "wasm-bindgen $WASM_BINDGEN_VERSION" wasm-bindgen --version && says "wasm-bindgen-test-runner $WASM_BINDGEN_VERSION" wasm-bindgen-test-runner --version
}
get_wasm_bindgen() {
  # Without --locked: the lock inside names a crate version that a mirror may lack.
  CARGO_PROFILE_RELEASE_OPT_LEVEL=1 CARGO_PROFILE_RELEASE_LTO=off cargo install wasm-bindgen-cli --version "$WASM_BINDGEN_VERSION" --root "$WASM_BINDGEN_DIR"
}

has_npm() { npm --version; }
get_npm() { apt_install nodejs npm; }
has_wasm_opt() { says "version ${BINARYEN_VERSION%%.*}" wasm-opt --version; }
get_wasm_opt() { npm install --prefix "$BINARYEN_DIR" --no-audit --no-fund "binaryen@$BINARYEN_VERSION"; }

has_browser() { find_chromium && find_chromedriver; }
get_browser() { apt_install chromium chromium-driver fonts-dejavu-core fonts-liberation fonts-noto-color-emoji; }

has_recogito() { [ -f "$RECOGITO_DIR/node_modules/@recogito/text-annotator/dist/text-annotator.umd.js" ]; }
get_recogito() { npm install --prefix "$RECOGITO_DIR" --no-audit --no-fund "@recogito/text-annotator@$RECOGITO_VERSION"; }

has_firefox() { find_firefox; }
get_firefox() { apt_install firefox-esr || apt_install firefox; }

has_geckodriver() { says "geckodriver $GECKODRIVER_VERSION" geckodriver --version; }
get_geckodriver() {
  # It takes the Firefox that is there and never downloads one; its speed does not matter, as Trunk's does not.
  CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 CARGO_PROFILE_RELEASE_OPT_LEVEL=1 \
    cargo install geckodriver --version "$GECKODRIVER_VERSION" --locked --root "$GECKODRIVER_DIR"
}

has_cxx() { command -v c++; }
get_cxx() { apt_install g++; }
has_cargo_fuzz() { says "cargo-fuzz $CARGO_FUZZ_VERSION" cargo fuzz --version; }
get_cargo_fuzz() {
  CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 CARGO_PROFILE_RELEASE_OPT_LEVEL=1 \
    cargo install cargo-fuzz --version "$CARGO_FUZZ_VERSION" --locked --root "$CARGO_FUZZ_DIR"
}

has_lighthouse() { find_lighthouse; }
get_lighthouse() { npm install --prefix "$LIGHTHOUSE_DIR" --no-audit --no-fund "lighthouse@$LIGHTHOUSE_VERSION"; }

has_axe() { find_axe; }
get_axe() { npm install --prefix "$AXE_DIR" --no-audit --no-fund "axe-core@$AXE_VERSION"; }

has_webkit() { find_webkit && command -v WebKitWebDriver && command -v Xvfb; }
get_webkit() { apt_install webkit2gtk-driver xvfb; }

has_nginx() {
  local dir
  dir=$(find_nginx) && "$dir/usr/sbin/nginx" -v
}
get_nginx() {
  local dir
  as_root apt-get -o DPkg::Lock::Timeout=300 update -qq || true
  # Libraries that it shares with others, and which most systems have.
  apt_install libpcre2-8-0 libbrotli1
  dir=$(mktemp -d)
  chmod 755 "$dir"
  (cd "$dir" && apt-get download nginx nginx-common libnginx-mod-http-brotli-static)
  rm -rf "$NGINX_DIR"
  mkdir -p "$NGINX_DIR"
  for deb in "$dir"/*.deb; do dpkg -x "$deb" "$NGINX_DIR"; done
  rm -rf "$dir"
}

has_python() { python3 -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))'; }
get_python() { apt_install python3 python3-venv; }

has_readers() { [ -f "$CONFORMANCE_DIR/whole" ]; }
get_readers() {
  local part file
  rm -rf "$CONFORMANCE_DIR"
  mkdir -p "$CONFORMANCE_DIR/node" "$CONFORMANCE_DIR/examples"
  python3 -m venv "$CONFORMANCE_DIR/python"
  # The list is whole. Without --no-deps doccano's server would bring all of its own.
  "$CONFORMANCE_DIR/python/bin/pip" install --disable-pip-version-check --no-deps --no-compile -r tests/conformance/requirements.txt
  # doccano's pages are most of its package, and nobody opens them here; nor does anybody run the tests of the large ones.
  (cd "$CONFORMANCE_DIR"/python/lib/python3*/site-packages && rm -rf backend/client pandas/tests pyarrow/{tests,include} && find scipy sklearn -type d -name tests -prune -exec rm -rf {} +)
  cp tests/conformance/package.json tests/conformance/package-lock.json "$CONFORMANCE_DIR/node/"
  npm ci --prefix "$CONFORMANCE_DIR/node" --no-audit --no-fund
  # Examples that packages have in their sources alone.
  while read -r part; do
    "$CONFORMANCE_DIR/python/bin/pip" download --disable-pip-version-check --quiet --no-deps --no-binary "${part%%==*}" --dest "$CONFORMANCE_DIR/examples" "$part"
  done < <(grep -v '^#' tests/conformance/examples.txt)
  for file in "$CONFORMANCE_DIR"/examples/*.tar.gz; do
    tar xzf "$file" -C "$CONFORMANCE_DIR/examples"
    rm "$file"
  done
  touch "$CONFORMANCE_DIR/whole"
}

began=$SECONDS
step "Rust" "nothing" has_rust no_rust "Install Rust from your system or from rustup's page, then run this again."
step "C linker" "20 s" has_cc get_cc "Install a C compiler (gcc or clang) by your system's packages."
if [ "$WHAT" != fuzz ]; then step "npm" "1 minute" has_npm get_npm "Install Node.js with npm by your system's packages."; fi
if [ "$WHAT" != conformance ] && [ "$WHAT" != fuzz ]; then
  step "Rust's wasm32 target" "10 s, or 4 minutes from Debian's packages" has_wasm32 get_wasm32 "Run 'rustup target add wasm32-unknown-unknown' by hand."
  step "Trunk $TRUNK_VERSION" "8 minutes" has_trunk get_trunk "Run 'cargo install trunk --version $TRUNK_VERSION --locked' by hand."
  step "wasm-bindgen $WASM_BINDGEN_VERSION" "3 minutes" has_wasm_bindgen get_wasm_bindgen "Run 'cargo install wasm-bindgen-cli --version $WASM_BINDGEN_VERSION' by hand."
  step "wasm-opt $BINARYEN_VERSION" "20 s" has_wasm_opt get_wasm_opt "Run 'npm install -g binaryen@$BINARYEN_VERSION' by hand."
fi
if [ "$WHAT" = bench ]; then
  step "Chromium and its driver" "2 minutes" has_browser get_browser "Install chromium and chromedriver of the same version by your system's packages."
  step "recogito's text annotator $RECOGITO_VERSION" "20 s" has_recogito get_recogito "Run 'npm install --prefix $RECOGITO_DIR @recogito/text-annotator@$RECOGITO_VERSION' by hand."
fi
if [ "$WHAT" = test ]; then
  step "rustfmt and clippy" "20 s" has_lints get_lints "Run 'rustup component add rustfmt clippy' by hand."
  step "Chromium and its driver" "2 minutes" has_browser get_browser "Install chromium and chromedriver of the same version by your system's packages."
  step "Firefox" "1 minute" has_firefox get_firefox "Install firefox-esr or firefox by your system's packages."
  step "geckodriver $GECKODRIVER_VERSION" "2 minutes" has_geckodriver get_geckodriver "Run 'cargo install geckodriver --version $GECKODRIVER_VERSION --locked' by hand."
  step "WebKitGTK, its driver and a screen for it" "1 minute" has_webkit get_webkit "Install webkit2gtk-driver and xvfb by your system's packages."
  step "nginx" "5 s" has_nginx get_nginx "Put nginx's program, its mime.types and its module for brotli into $NGINX_DIR, as Debian's packages lay them out."
  step "axe $AXE_VERSION" "5 s" has_axe get_axe "Run 'npm install --prefix $AXE_DIR axe-core@$AXE_VERSION' by hand."
  step "Lighthouse $LIGHTHOUSE_VERSION" "20 s" has_lighthouse get_lighthouse "Run 'npm install --prefix $LIGHTHOUSE_DIR lighthouse@$LIGHTHOUSE_VERSION' by hand."
fi
if [ "$WHAT" = test ] || [ "$WHAT" = fuzz ]; then
  step "C++ compiler" "20 s" has_cxx get_cxx "Install a C++ compiler (g++ or clang++) by your system's packages."
  step "cargo-fuzz $CARGO_FUZZ_VERSION" "1 minute" has_cargo_fuzz get_cargo_fuzz "Run 'cargo install cargo-fuzz --version $CARGO_FUZZ_VERSION --locked' by hand."
fi
if [ "$WHAT" = test ] || [ "$WHAT" = conformance ]; then
  step "Python 3" "20 s" has_python get_python "Install Python 3.11 or newer, with its venv, by your system's packages."
  step "the readers of the formats" "2 minutes" has_readers get_readers "Run 'python3 -m pip install --no-deps -r tests/conformance/requirements.txt' by hand to see what fails."
fi
say "all is there for '$WHAT' ($((SECONDS - began)) s)"
