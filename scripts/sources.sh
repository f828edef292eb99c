# The sources of this project, as a commit of now would have them. To be sourced.

# copy_sources FOLDER: a copy of them there, without anything that was built.
copy_sources() {
  mkdir -p "$1"
  git ls-files -z --cached --others --exclude-standard |
    while IFS= read -r -d '' file; do
      # One that has been deleted is on git's list until it is told.
      [ ! -e "$file" ] || printf '%s\0' "$file"
    done | tar --null -T - -cf - | tar -xf - -C "$1"
}
