#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
# bash's completion offers what fbird takes, and every command and option it offers exists.
set -u
fbird=${B:-build}/bin/fbird
. share/completions/fbird.bash
n=0

offers() {
	local wanted=$1 word got
	shift
	COMP_WORDS=("$@")
	COMP_CWORD=$(($# - 1))
	_fbird
	got=" ${COMPREPLY[*]} "
	n=$((n + 1))
	for word in $wanted; do
		case $got in *" $word "*) ;; *)
			echo "not ok $n - after '${*}' come '$wanted'"
			echo "# offered:$got"
			return
			;;
		esac
	done
	echo "ok $n - after '${*}' come '$wanted'"
}
commands=$("$fbird" help | sed -n 's/^  \([a-z]*\) .*/\1/p' | tr '\n' ' ')
offers "$commands" fbird ''
offers "$commands" fbird help ''
for command in $commands; do
	case $command in info | help) continue ;; esac
	options=$("$fbird" help "$command" | grep -oE '^  --[a-z0-9-]+' | tr -d ' ' | tr '\n' ' ')
	offers "$options" fbird "$command" --
done
offers 'freebsd linux feuerbird' fbird run --personality ''
offers 'add fetch list show remove default shell' fbird root ''
offers 'GNUmakefile' fbird info GNUmake
echo "1..$n"
