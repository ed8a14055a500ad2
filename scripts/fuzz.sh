#!/usr/bin/env bash
# Gives every reader whatever bytes a fuzzer thinks of: a panic, a hang, or more memory than 20 times the input is a bug.
#   FUZZ_SECONDS=5   how long each target runs; two run at a time
#   FUZZ_BYTES=      the longest input; the longest seed where nobody says
#   TARGET=          one target alone
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/env.sh
EACH=${FUZZ_SECONDS:-5}
FOLDER=$PWD/target/fuzz
CORPUS=$PWD/target/fuzz-corpus
FOUND=$PWD/target/fuzz-found
# Coverage alone, which stable Rust has: there is no unsafe code here that a sanitizer would watch.
BUILD=(cargo fuzz build --sanitizer none --target-dir "$FOLDER" --codegen-units 16)
mkdir -p "$CORPUS" "$FOUND"
"${BUILD[@]}"
BINARIES=$FOLDER/$(rustc -vV | sed -n 's/^host: //p')/release
mapfile -t TARGETS < <(cargo fuzz list)
if [ -n "${TARGET:-}" ]; then TARGETS=("$TARGET"); fi

# fuzz TARGET: what once broke something first, then new inputs; its log ends with how many.
fuzz() {
  local target=$1 log=$FOUND/$1.log
  local limits=(-timeout=60 -rss_limit_mb=2048 "-artifact_prefix=$FOUND/$target-")
  local known=("fuzz/regressions/$target"/*)
  mkdir -p "$CORPUS/$target"
  : >"$log"
  FUZZ_SEEDS=$CORPUS/$target "$BINARIES/$target" >>"$log" 2>&1 || return 1
  if [ -e "${known[0]}" ]; then "$BINARIES/$target" "${limits[@]}" "${known[@]}" >>"$log" 2>&1 || return 1; fi
  "$BINARIES/$target" "${limits[@]}" -max_total_time="$EACH" ${FUZZ_BYTES:+-max_len="$FUZZ_BYTES"} -print_final_stats=1 "$CORPUS/$target" >>"$log" 2>&1
}

failed=()
total=0
for ((n = 0; n < ${#TARGETS[@]}; n += 2)); do
  pair=("${TARGETS[@]:n:2}")
  ids=()
  for target in "${pair[@]}"; do
    fuzz "$target" &
    ids+=($!)
  done
  for m in "${!pair[@]}"; do
    target=${pair[m]}
    if wait "${ids[m]}"; then
      count=$(sed -n 's/^stat::number_of_executed_units: *//p' "$FOUND/$target.log")
      total=$((total + count))
      printf '%-12s %9s executions\n' "$target" "$count"
    else
      failed+=("$target")
      printf '%-12s failed\n' "$target"
    fi
  done
done
for target in "${failed[@]}"; do
  log=$FOUND/$target.log
  printf '\n== %s\n' "$target" >&2
  grep -v -e '^WARNING' -e '^INFO' -e '^#' -e '^Running' -e '^Executed' "$log" | grep -a -B 2 -A 12 -e 'panicked at' -e 'ERROR: libFuzzer' | cut -c -600 | head -n 40 >&2 || tail -n 20 "$log" >&2
  input=$(sed -n 's/.*Test unit written to //p' "$log" | tail -n 1)
  if [ -z "$input" ]; then input=$(sed -n 's/^Running: //p' "$log" | tail -n 1); fi
  printf 'the input: %s\nonce more: %s %s\nwhen it is mended, keep it: cp %s fuzz/regressions/%s/\n' "$input" "$BINARIES/$target" "$input" "$input" "$target" >&2
done
if [ ${#failed[@]} != 0 ]; then exit 1; fi
printf '%s targets, %s executions, nothing found\n' "${#TARGETS[@]}" "$total"
