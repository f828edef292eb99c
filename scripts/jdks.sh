# Finds JDKs, and says how Maven's own runs. To be sourced.

# It lives for minutes: the optimising compiler would take more of them than it gives.
export MAVEN_OPTS="${MAVEN_OPTS--XX:TieredStopAtLevel=1 -XX:+UseSerialGC}"

# The feature version of a JDK's home: 17, 25; nothing if it has no compiler.
jdk_version() {
  [ -x "$1/bin/javac" ] || return 1
  "$1/bin/javac" -version 2>&1 | sed -n 's/^javac \([0-9]*\).*/\1/p'
}

# "version home" for each JDK of at least 17 found on this machine, sorted by version.
list_jdks() {
  local home version
  for home in "${JAVA_HOME:-}" "$(java_on_path)" /usr/lib/jvm/* "$HOME"/.sdkman/candidates/java/* \
    "$HOME"/.jdks/* /Library/Java/JavaVirtualMachines/*/Contents/Home /opt/java/* /opt/jdk*; do
    [ -n "$home" ] || continue
    version=$(jdk_version "$home") || continue
    [ -n "$version" ] && [ "$version" -ge 17 ] && printf '%s %s\n' "$version" "$home"
  done | sort -n -u -k1,1
}

java_on_path() {
  local javac
  javac=$(command -v javac) || return 0
  dirname "$(dirname "$(readlink -f "$javac" 2>/dev/null || echo "$javac")")"
}

# Ends the script, in one sentence, when what every command here needs is not there.
require_tools() {
  command -v mvn >/dev/null 2>&1 || {
    echo "Maven is missing: install Maven 3.8 or newer and put mvn on the PATH." >&2
    exit 1
  }
  [ -n "$(list_jdks)" ] || {
    echo "A JDK is missing: install JDK 17 or newer and set JAVA_HOME, or put javac on the PATH." >&2
    exit 1
  }
}
