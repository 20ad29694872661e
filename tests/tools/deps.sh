#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
#
# deps.sh [--check]: sees to it that what tests/tools/packages lists is on this machine.
#
# With root or sudo the distribution's package manager installs what is missing; otherwise,
# and with --check, the packages are named and the script fails.
set -euo pipefail
cd "$(dirname "$0")/../.."
list=tests/tools/packages

manager=
for m in apt-get dnf pacman apk; do
	if command -v "$m" >/dev/null 2>&1; then
		manager=$m
		break
	fi
done
case $manager in
dnf) column=3 ;;
pacman) column=4 ;;
apk) column=5 ;;
*) column=2 ;; # apt-get; and Debian's names are the ones most people can translate
esac

have() {
	local kind=${1%%:*} name=${1#*:} file cc
	case $kind in
	command) command -v "$name" >/dev/null 2>&1 ;;
	header)
		cc=$(command -v gcc || command -v clang) || return 1
		echo "#include <$name>" | "$cc" -E -x c - >/dev/null 2>&1
		;;
	library)
		command -v clang >/dev/null 2>&1 || return 1
		file=$(clang -print-file-name="$name")
		[ -e "$file" ] && return 0
		# clang answers with the bare name for files of its per-target folder
		find "$(clang -print-resource-dir)/lib" -name "${name%-x86_64.a}*" 2>/dev/null | grep -q .
		;;
	musl)
		[ -n "$(make -s --no-print-directory musl-libc 2>/dev/null)" ]
		;;
	*)
		echo "deps.sh: $list has a probe of an unknown kind: $1" >&2
		exit 2
		;;
	esac
}

# missing PATTERN: the packages lacking, of the lines whose name matches the pattern or not
missing() {
	local want_version=$1 row probe name
	while read -r row; do
		case $row in '' | '#'*) continue ;; esac
		probe=$(awk '{print $1}' <<<"$row")
		name=$(awk -v c="$column" '{print $c}' <<<"$row")
		[ "$name" = - ] && continue
		case $name in *%V*) [ "$want_version" = yes ] || continue ;; *) [ "$want_version" = no ] || continue ;; esac
		have "$probe" && continue
		if [ "$want_version" = yes ]; then
			name=${name//%V/$(clang -dumpversion 2>/dev/null | cut -d. -f1)}
		fi
		echo "$name"
	done <"$list" | sort -u
}

refreshed=
install_packages() {
	local sudo=()
	if [ "$(id -u)" != 0 ]; then
		if ! command -v sudo >/dev/null 2>&1 || ! sudo -n true 2>/dev/null; then
			return 1
		fi
		sudo=(sudo -n)
	fi
	echo "deps.sh: installing $*"
	case $manager in
	apt-get)
		if [ -z "$refreshed" ]; then
			"${sudo[@]}" apt-get update -q || return 1
			refreshed=yes
		fi
		"${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "$@"
		;;
	dnf) "${sudo[@]}" dnf install -y "$@" ;;
	pacman) "${sudo[@]}" pacman -Sy --needed --noconfirm "$@" ;;
	apk) "${sudo[@]}" apk add "$@" ;;
	*) return 1 ;;
	esac
}

for versioned in no yes; do
	mapfile -t lacking < <(missing $versioned)
	[ ${#lacking[@]} = 0 ] && continue
	if [ "${1:-}" != --check ]; then
		install_packages "${lacking[@]}" || true
		mapfile -t lacking < <(missing $versioned)
		[ ${#lacking[@]} = 0 ] && continue
	fi
	echo "deps.sh: these packages are missing and could not be installed; install them with root's rights and try again: ${lacking[*]}" >&2
	exit 1
done
