#!/bin/sh
# Searches for bytes that a decoder of the wire reads otherwise than protobuf does, one decoder after the other.
# usage: core/fuzz.sh [DURATION for each, default 2m] [DECODER...]
# What it finds is kept in WireFuzzTestInputs and fails every build from then on, until it is mended.
set -eu
cd "$(dirname "$0")/.."
duration=${1:-2m}
[ $# -eq 0 ] || shift
[ $# -gt 0 ] || set -- envelope request response bid grant gzip
for decoder; do
    mvn -B -q -pl core -am -Pfuzz test \
        -Dtest="WireFuzzTest#$decoder" -Dsurefire.failIfNoSpecifiedTests=false -Djazzer.max_duration="$duration"
done
