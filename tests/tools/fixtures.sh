#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
#
# fixtures.sh DIR: brings the programs that tests/field/fixtures lists into DIR/<package>,
# unpacked, through the ordinary npm client; what is there and whole is left alone. Fails
# with a sentence when one cannot be had or is not what the list says.
set -euo pipefail
list=$(cd "$(dirname "$0")/../field" && pwd)/fixtures
mkdir -p "$1"
cd "$1"

while read -r package version integrity; do
	case $package in '' | '#'*) continue ;; esac
	place=$(tr '/' '-' <<<"${package#@}")
	[ "$(cat "$place/.integrity" 2>/dev/null)" = "$integrity" ] && continue
	rm -rf "$place" "$place.new"
	mkdir "$place.new"
	if ! archive=$(npm pack --silent --pack-destination "$place.new" "$package@$version" 2>"$place.new/log"); then
		echo "fixtures.sh: npm cannot bring $package@$version: $(grep -m1 . "$place.new/log" || echo 'no answer')" >&2
		rm -rf "$place.new"
		exit 1
	fi
	archive=$(tail -n 1 <<<"$archive")
	archive=$place.new/$(basename "$archive")
	found=sha512-$(openssl dgst -sha512 -binary "$archive" | base64 -w0)
	if [ "$found" != "$integrity" ]; then
		echo "fixtures.sh: $package@$version is not what the list expects: $found, not $integrity" >&2
		rm -rf "$place.new"
		exit 1
	fi
	tar -xzf "$archive" -C "$place.new" --strip-components=1
	rm -f "$archive" "$place.new/log"
	echo "$integrity" >"$place.new/.integrity"
	mv "$place.new" "$place"
done <"$list"
