# What the benchmark scripts share. To be sourced after jdks.sh, in the root directory.

BENCH_CLASSPATH="benchmarks/target/classes:benchmarks/target/lib/*"

# Builds the benchmarks with the oldest JDK.
build_benchmarks() {
  local log
  log=$(mktemp)
  if ! JAVA_HOME=$(list_jdks | head -n 1 | cut -d' ' -f2-) \
    mvn -B -ntp -Dmaven.test.skip=true -pl benchmarks -am package >"$log" 2>&1; then
    grep -E '^\[ERROR\]' "$log" | head -n 20 >&2
    rm -f "$log"
    echo "The build failed; the lines above say why." >&2
    exit 1
  fi
  rm -f "$log"
}

# The homes of the oldest and of the newest JDK, one a line; one if there is but one.
bench_jdks() {
  list_jdks | sed -n '1p;$p' | uniq | cut -d' ' -f2-
}
