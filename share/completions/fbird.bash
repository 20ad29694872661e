# SPDX-License-Identifier: BSD-2-Clause
# bash completion for fbird(1)
_fbird()
{
	local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]} i
	COMPREPLY=()
	if [ "$COMP_CWORD" = 1 ]; then
		mapfile -t COMPREPLY < <(compgen -W 'run root info syscalls trace prof audit debug ps top cc binfmt ptrace help --version --help' -- "$cur")
		return
	fi
	case ${COMP_WORDS[1]} in
	run)
		# Past the program, complete as for that program.
		for ((i = 2; i < COMP_CWORD; i++)); do
			case ${COMP_WORDS[i]} in
			--personality | --env | --unsetenv | --chdir | --argv0 | --root | --bind | --view) ((i++)) ;;
			--)
				((i++))
				break
				;;
			-*) ;;
			*) break ;;
			esac
		done
		if ((i < COMP_CWORD)); then
			if declare -F _command_offset >/dev/null; then
				_command_offset "$i"
			else
				mapfile -t COMPREPLY < <(compgen -f -- "$cur")
			fi
			return
		fi
		case $prev in
		--personality) mapfile -t COMPREPLY < <(compgen -W 'freebsd illumos linux feuerbird v1 v2 v5 v6 pwb v7 sysv-pdp11 bsd29 bsd211' -- "$cur") ;;
		--chdir) mapfile -t COMPREPLY < <(compgen -d -- "$cur") ;;
		--root) mapfile -t COMPREPLY < <(compgen -d -W "$(_fbird_roots)" -- "$cur") ;;
		--view) mapfile -t COMPREPLY < <(compgen -W 'auto namespace in-process' -- "$cur") ;;
		--env | --unsetenv) mapfile -t COMPREPLY < <(compgen -v -- "$cur") ;;
		--argv0 | --bind) ;;
		*)
			case $cur in
			-*) mapfile -t COMPREPLY < <(compgen -W '--personality --missing --env --unsetenv --chdir --argv0 --native-children --root --read-only --overlay --bind --view --' -- "$cur") ;;
			*) mapfile -t COMPREPLY < <(compgen -c -f -- "$cur") ;;
			esac
			;;
		esac
		;;
	root) _fbird_root "$cur" "$prev" ;;
	info) mapfile -t COMPREPLY < <(compgen -f -- "$cur") ;;
	syscalls)
		case $prev in
		--state) mapfile -t COMPREPLY < <(compgen -W 'full partial missing obsolete reserved unimpl' -- "$cur") ;;
		*) mapfile -t COMPREPLY < <(compgen -W '--state --count --json --markdown freebsd illumos linux feuerbird v1 v2 v5 v6 pwb v7 sysv-pdp11 bsd29 bsd211' -- "$cur") ;;
		esac
		;;
	binfmt) mapfile -t COMPREPLY < <(compgen -W '--install --remove --status --dry-run' -- "$cur") ;;
	cc)
		case $prev in
		--target) mapfile -t COMPREPLY < <(compgen -W 'illumos freebsd' -- "$cur") ;;
		*)
			case $cur in
			-*) mapfile -t COMPREPLY < <(compgen -W '--target' -- "$cur") ;;
			*) mapfile -t COMPREPLY < <(compgen -f -- "$cur") ;;
			esac
			;;
		esac
		;;
	trace | ptrace)
		case $prev in
		--format) mapfile -t COMPREPLY < <(compgen -W 'strace json csv perfetto' -- "$cur") ;;
		-e | --trace) mapfile -t COMPREPLY < <(compgen -W 'file desc network process memory signal ipc creds clock all none' -- "$cur") ;;
		--personality | -P) mapfile -t COMPREPLY < <(compgen -W 'freebsd linux feuerbird illumos v1 v2 v5 v6 pwb v7 sysv-pdp11 bsd29 bsd211' -- "$cur") ;;
		--chdir) mapfile -t COMPREPLY < <(compgen -d -- "$cur") ;;
		--root) mapfile -t COMPREPLY < <(compgen -d -W "$(_fbird_roots)" -- "$cur") ;;
		*)
			case $cur in
			-*) mapfile -t COMPREPLY < <(compgen -W '--output --format --trace --follow-forks --summary-only --string-limit --quiet --attach --drop --personality --root --env --unsetenv --chdir --argv0 --view --bind --read-only --missing' -- "$cur") ;;
			*) mapfile -t COMPREPLY < <(compgen -c -f -- "$cur") ;;
			esac
			;;
		esac
		;;
	prof)
		case $prev in
		--format) mapfile -t COMPREPLY < <(compgen -W 'report folded speedscope pprof html perfetto' -- "$cur") ;;
		--stack) mapfile -t COMPREPLY < <(compgen -W 'auto frames dwarf' -- "$cur") ;;
		--mode) mapfile -t COMPREPLY < <(compgen -W 'cpu syscall memory lock cache branch' -- "$cur") ;;
		--personality | -P) mapfile -t COMPREPLY < <(compgen -W 'freebsd linux feuerbird illumos v1 v2 v5 v6 pwb v7 sysv-pdp11 bsd29 bsd211' -- "$cur") ;;
		--frequency | -F) ;;
		--chdir) mapfile -t COMPREPLY < <(compgen -d -- "$cur") ;;
		--root) mapfile -t COMPREPLY < <(compgen -d -W "$(_fbird_roots)" -- "$cur") ;;
		diff | --output | -o) mapfile -t COMPREPLY < <(compgen -f -- "$cur") ;;
		*)
			case $cur in
			-*) mapfile -t COMPREPLY < <(compgen -W '--output --format --mode --frequency --stack --threads --lines --runtime --personality --root --env --unsetenv --chdir --argv0 --view --bind --read-only' -- "$cur") ;;
			*) mapfile -t COMPREPLY < <(compgen -c -f -- "$cur") ;;
			esac
			;;
		esac
		;;
	audit)
		case $prev in
		--personality | -P) mapfile -t COMPREPLY < <(compgen -W 'freebsd linux feuerbird illumos v1 v2 v5 v6 pwb v7 sysv-pdp11 bsd29 bsd211' -- "$cur") ;;
		--chdir) mapfile -t COMPREPLY < <(compgen -d -- "$cur") ;;
		--root) mapfile -t COMPREPLY < <(compgen -d -W "$(_fbird_roots)" -- "$cur") ;;
		--policy | -p | --output | -o | explain | verify) mapfile -t COMPREPLY < <(compgen -f -- "$cur") ;;
		--log-size | --box | --last) ;;
		audit)
			case $cur in
			-*) mapfile -t COMPREPLY < <(compgen -W '--policy --output --log-size --box --no-host --paths --last' -- "$cur") ;;
			*) mapfile -t COMPREPLY < <(compgen -W 'run learn explain verify' -- "$cur") ;;
			esac
			;;
		*)
			case $cur in
			-*) mapfile -t COMPREPLY < <(compgen -W '--policy --output --log-size --box --no-host --paths --last --personality --root --env --unsetenv --chdir --argv0 --view --bind --read-only' -- "$cur") ;;
			*) mapfile -t COMPREPLY < <(compgen -c -f -- "$cur") ;;
			esac
			;;
		esac
		;;
	debug)
		case $prev in
		--personality) mapfile -t COMPREPLY < <(compgen -W 'freebsd linux feuerbird illumos v1 v2 v5 v6 pwb v7 sysv-pdp11 bsd29 bsd211' -- "$cur") ;;
		--chdir) mapfile -t COMPREPLY < <(compgen -d -- "$cur") ;;
		--root) mapfile -t COMPREPLY < <(compgen -d -W "$(_fbird_roots)" -- "$cur") ;;
		--view) mapfile -t COMPREPLY < <(compgen -W 'auto namespace in-process' -- "$cur") ;;
		--gdb) mapfile -t COMPREPLY < <(compgen -c -f -- "$cur") ;;
		-x | --command | --listen) mapfile -t COMPREPLY < <(compgen -f -- "$cur") ;;
		-ex | --ex | --eval-command | --env | --unsetenv | --argv0 | --bind) ;;
		*)
			case $cur in
			-*) mapfile -t COMPREPLY < <(compgen -W '-x -ex --pid --batch --gdb --patch --no-python --listen --personality --root --env --unsetenv --chdir --argv0 --view --bind --read-only' -- "$cur") ;;
			*) mapfile -t COMPREPLY < <(compgen -c -f -- "$cur") ;;
			esac
			;;
		esac
		;;
	ps) mapfile -t COMPREPLY < <(compgen -W '--all --pid --format --tree --json' -- "$cur") ;;
	top)
		case $prev in
		-s | --sort) mapfile -t COMPREPLY < <(compgen -W 'cpu rss time pid' -- "$cur") ;;
		*) mapfile -t COMPREPLY < <(compgen -W '--all --batch --delay --iterations --sort' -- "$cur") ;;
		esac
		;;
	help) mapfile -t COMPREPLY < <(compgen -W 'run root info syscalls trace prof audit debug ps top cc binfmt ptrace help' -- "$cur") ;;
	esac
}
# The roots there are
_fbird_roots()
{
	"${COMP_WORDS[0]}" root list 2>/dev/null | cut -d' ' -f1
}
_fbird_root()
{
	local cur=$1 prev=$2
	case $prev in
	--personality) mapfile -t COMPREPLY < <(compgen -W 'freebsd illumos linux' -- "$cur") ;;
	--limit | --name | --from | --offset) ;;
	--mount) mapfile -t COMPREPLY < <(compgen -f -- "$cur") ;;
	show | remove | default | shell) mapfile -t COMPREPLY < <(compgen -W "$(_fbird_roots)" -- "$cur") ;;
	root) mapfile -t COMPREPLY < <(compgen -W 'add fetch list show remove default shell --personality --default --devices --limit --offset --mount --salvage --name --from' -- "$cur") ;;
	*)
		case $cur in
		-*) mapfile -t COMPREPLY < <(compgen -W '--personality --default --devices --limit --offset --mount --salvage --name --from' -- "$cur") ;;
		*) mapfile -t COMPREPLY < <(compgen -f -- "$cur") ;;
		esac
		;;
	esac
}
complete -o filenames -F _fbird fbird
