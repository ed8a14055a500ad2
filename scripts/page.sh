# Builds the release page when something that it is made of is newer. Sourced.
build_page() {
  local made_of=(src static index.html Trunk.toml Cargo.toml Cargo.lock scripts/finish.mjs scripts/policy.mjs scripts/compress.mjs)
  if [ ! -f dist/index.html ] || [ -n "$(find "${made_of[@]}" -newer dist/index.html -print -quit)" ]; then
    trunk build --release --locked
  fi
}
