#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
#
# lint.sh RT_FLAGS CLI_FLAGS BUILD FILE...: clang-tidy and cppcheck over the C files, each
# with the flags it is built with. A file that was clean is not looked at again until it, a
# header or a flag changes.
set -euo pipefail
rt_flags=$1 cli_flags=$2 done_dir=$3/lint
shift 3
mkdir -p "$done_dir"

headers=$( (cat .clang-tidy "$0"; find . -name '*.h' -not -path './build/*' -o -name '*.def' -not -path './build/*' |
	sort | xargs cat; echo "$rt_flags $cli_flags") | sha256sum | cut -c1-16)

one() {
	local file=$1 flags stamp
	case $file in cli/*) flags=$cli_flags ;; *) flags=$rt_flags ;; esac
	stamp=$done_dir/$(tr / - <<<"$file").$(cat "$file" <(echo "$headers") | sha256sum | cut -c1-16)
	[ -e "$stamp" ] && return 0
	# shellcheck disable=SC2086
	clang-tidy --quiet "$file" -- $flags 2>/dev/null || return 1
	cppcheck --quiet --error-exitcode=1 --std=c11 --inline-suppr -I. -Iinclude \
		--enable=warning,performance,portability --suppress=missingIncludeSystem \
		--suppress=nullPointerArithmeticRedundantCheck --suppress=normalCheckLevelMaxBranches \
		--suppress=preprocessorErrorDirective --suppress=unknownMacro --suppress=comparePointers --suppress="syntaxError:*.def" \
		--suppress="internalAstError:*interp_tables.h" "$file" || return 1
	rm -f "${stamp%.*}".*
	touch "$stamp"
}
export -f one
export rt_flags cli_flags done_dir headers
printf '%s\n' "$@" | grep '\.c$' | sort -u | xargs -P "$(nproc)" -I{} bash -c 'one {}'
