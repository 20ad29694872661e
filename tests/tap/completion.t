#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
# bash's completion offers what fbird takes, and zsh's and fish's files name every command and option.
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
# knows SHELL COMMAND: every option of the command stands where the file has that command's
knows() {
	local file=share/completions/fbird.$1 command=$2 part word missing=
	case $1 in
	zsh) part=$(sed -nE "/^([a-z]+\|)*$command(\|[a-z]+)*\)/,/^	;;\$/p" "$file") ;;
	*) part=$(grep "seen_subcommand_from $command'" "$file" | sed 's/ -l \([a-z0-9-]*\)/ --\1/') ;;
	esac
	for word in $("$fbird" help "$command" | grep -oE '^  --[a-z0-9-]+'); do
		grep -qE -e "$word([^a-z0-9-]|\$)" <<<"$part" || missing="$missing $word"
	done
	n=$((n + 1))
	[ -z "$missing" ] && [ -n "$part" ] && echo "ok $n - $1 knows the options of $command" && return
	echo "not ok $n - $1 knows the options of $command"
	echo "# missing:$missing"
}
for command in $commands; do
	case $command in info | help) continue ;; esac
	knows zsh "$command"
	knows fish "$command"
done
offers 'freebsd linux feuerbird v1 v2 v5 v6 pwb v7 sysv-pdp11 bsd29 bsd211' fbird run --personality ''
offers 'add fetch list show remove default shell' fbird root ''
offers 'GNUmakefile' fbird info GNUmake
echo "1..$n"
