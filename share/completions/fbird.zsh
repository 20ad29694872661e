#compdef fbird
# SPDX-License-Identifier: BSD-2-Clause
# zsh completion for fbird(1)

local -a commands=(
	'run:run a program'
	'root:keep the trees of other systems'
	'info:say what a program is, and why'
	'syscalls:print the system-call table of a personality'
	'trace:run a program and write its system calls'
	'prof:run a program and say where its time goes'
	'audit:run a program under a policy, and log what it was refused'
	'debug:run a program under a debugger'
	'ps:list the guests that run'
	'top:show what the guests use, again and again'
	'ptrace:the same as trace'
	'binfmt:let the kernel start FreeBSD programs by itself'
	'cc:compile a C program for another system'
	'help:say what a command does'
)
local -a personalities=(freebsd illumos linux feuerbird v1 v2 v5 v6 pwb v7 sysv-pdp11 bsd29 bsd211)

if (( CURRENT == 2 )); then
	_describe command commands
	_arguments '--version' '--help'
	return
fi
local command=$words[2]
shift words
(( CURRENT-- ))
case $command in
run)
	_arguments -S \
		'--personality[treat the program as one of this system]:personality:($personalities)' \
		'--missing[list the calls it lacked at the end]' \
		'*--env[set a variable]:NAME=VALUE:_parameters' \
		'*--unsetenv[take out a variable]:name:_parameters' \
		'--chdir[start in a directory]:directory:_directories' \
		'--argv0[the name it sees]:name:' \
		'--native-children[run the Linux programs it executes on the host alone]' \
		'--root[name of a root, or tree of its system]:directory:_directories' \
		'--read-only[let nothing in the root be changed]' \
		'--overlay=-[keep changes to the root in a layer]::directory:_directories' \
		'*--bind[SRC\:DST, a place for files of this machine]:SRC\:DST:' \
		'--view[how it sees the root]:kind:(auto namespace in-process)' \
		'(-):program:_command_names -e' \
		'*::arguments:_normal'
	;;
root)
	local -a actions=(add fetch list show remove default shell)
	local -a roots=(${(f)"$(_call_program roots fbird root list 2>/dev/null | cut -d' ' -f1)"})
	case $words[2] in
	show|remove|default|shell) _describe root roots ;;
	*)
		_arguments \
			'--personality[what system it is]:personality:($personalities)' \
			'--default[make it the default root of its system]' \
			'--devices[make device nodes too]' \
			'--limit[most content, in MiB]:MiB:' \
			'--offset[where in a disk image the file system begins]:block:' \
			'*--mount[another disk image, as a directory]:IMAGE[@BLOCK]\:DIRECTORY:_files' \
			'--salvage[leave out what is damaged]' \
			'--name[how to call what is fetched]:name:' \
			'--from[fetch from this mirror]:URL:_urls' \
			":action:($actions)" \
			'*:source:_files'
		;;
	esac
	;;
info) _files ;;
syscalls)
	_arguments \
		'--state[only rows in this state]:state:(full partial missing obsolete reserved unimpl)' \
		'(--json --markdown)--count[rows in each state]' \
		'(--count --markdown)--json[as JSON]' \
		'(--count --json)--markdown[as Markdown]' \
		':personality:($personalities)'
	;;
binfmt)
	_arguments '(--remove --status)--install[register]' \
		'(--install --status)--remove[take it back]' \
		'(--install --remove)--status[say whether it is there]' \
		'--dry-run[only say what would be written]'
	;;
trace|ptrace)
	_arguments -S \
		{-o,--output}'[where to]:file:_files' \
		'--format[how]:format:(strace json csv perfetto)' \
		'*'{-e,--trace}'[only these calls]:calls:(file desc network process memory signal ipc creds clock all none)' \
		{-f,--follow-forks}'[processes it starts, too]' \
		{-c,--summary-only}'[only how many and how long]' \
		{-s,--string-limit}'[bytes of strings]:bytes:' \
		{-q,--quiet}'[nothing of signals and ends]' \
		'*'{-p,--attach}'[programs that run already]:process:_pids' \
		'*-t[time of day]' '-r[relative time]' '-T[how long each took]' \
		'--drop[rather lose events than wait]' \
		{-P,--personality}'[treat the program as one of this system]:personality:($personalities)' \
		'--root[name of a root, or tree of its system]:directory:_directories' \
		'*--env[set a variable]:NAME=VALUE:_parameters' \
		'*--unsetenv[take out a variable]:name:_parameters' \
		'--chdir[start in a directory]:directory:_directories' \
		'--argv0[the name it sees]:name:' \
		'--view[how it sees the root]:kind:(auto namespace in-process)' \
		'*--bind[SRC\:DST, a place for files of this machine]:SRC\:DST:' \
		'--read-only[let nothing in the root be changed]' \
		'--missing[list the calls it lacked at the end]' \
		'(-):program:_command_names -e' \
		'*::arguments:_normal'
	;;
prof)
	_arguments -S \
		{-o,--output}'[where to]:file:_files' \
		'--format[how]:format:(report folded speedscope pprof html perfetto)' \
		'--mode[of what]:mode:_values -s , mode cpu syscall memory lock cache branch' \
		{-F,--frequency}'[samples a second]:number:' \
		'--runtime[names of the runtime, too]' \
		'--stack[how stacks are followed]:how:(auto frames dwarf)' \
		'--threads[tell threads apart]' \
		'--lines[source lines]' \
		{-P,--personality}'[treat the program as one of this system]:personality:($personalities)' \
		'--root[name of a root, or tree of its system]:directory:_directories' \
		'*--env[set a variable]:NAME=VALUE:_parameters' \
		'*--unsetenv[take out a variable]:name:_parameters' \
		'--chdir[start in a directory]:directory:_directories' \
		'--argv0[the name it sees]:name:' \
		'--view[how it sees the root]:kind:(auto namespace in-process)' \
		'*--bind[SRC\:DST, a place for files of this machine]:SRC\:DST:' \
		'--read-only[let nothing in the root be changed]' \
		'(-):program:_command_names -e' \
		'*::arguments:_normal'
	;;
audit)
	_arguments -S \
		'1:what:(run learn explain verify)' \
		{-p,--policy}'[the policy]:file:_files' \
		{-o,--output}'[the log, or the policy that is learnt]:file:_files' \
		'--log-size[bytes of the log]:number:' \
		'--box[sections that hold, too]:name:' \
		'--no-host[nothing by seccomp, Landlock and capabilities]' \
		'--paths[learn files, too]' \
		'--last[what the last line has to have]:hash:' \
		{-P,--personality}'[treat the program as one of this system]:personality:($personalities)' \
		'--root[name of a root, or tree of its system]:directory:_directories' \
		'*--env[set a variable]:NAME=VALUE:_parameters' \
		'*--unsetenv[take out a variable]:name:_parameters' \
		'--chdir[start in a directory]:directory:_directories' \
		'--argv0[the name it sees]:name:' \
		'--view[how it sees the root]:kind:(auto namespace in-process)' \
		'*--bind[SRC\:DST, a place for files of this machine]:SRC\:DST:' \
		'--read-only[let nothing in the root be changed]' \
		'(-):program:_command_names -e' \
		'*::arguments:_normal'
	;;
debug)
	_arguments -S \
		'*-x[commands from a file]:file:_files' \
		'*-ex[a command]:command:' \
		{-p,--pid}'[a guest that runs]:process:_pids' \
		'--batch[end when these are done]' \
		'--gdb[this gdb]:program:_command_names -e' \
		'--patch[let the runtime change the code]' \
		'--no-python[do without Python in gdb]' \
		'--listen[let another debugger in]:ADDRESS\:PORT or a socket:_files' \
		'--personality[treat the program as one of this system]:personality:($personalities)' \
		'--root[name of a root, or tree of its system]:directory:_directories' \
		'*--env[set a variable]:NAME=VALUE:_parameters' \
		'*--unsetenv[take out a variable]:name:_parameters' \
		'--chdir[start in a directory]:directory:_directories' \
		'--argv0[the name it sees]:name:' \
		'--view[how it sees the root]:kind:(auto namespace in-process)' \
		'*--bind[SRC\:DST, a place for files of this machine]:SRC\:DST:' \
		'--read-only[let nothing in the root be changed]' \
		'(-):program:_command_names -e' \
		'*::arguments:_normal'
	;;
ps)
	_arguments {-a,--all}'[of all users]' \
		'*'{-p,--pid}'[these processes]:process:_pids' \
		'*'{-o,--format}'[these columns]:columns:_values -s , column pid ppid pgid sid user uid personality root view threads time etime pcpu rss vsz state traced program command' \
		'--tree[each below its parent]' \
		'--json[as JSON]'
	;;
top)
	_arguments {-a,--all}'[of all users]' \
		{-b,--batch}'[without a terminal]' \
		{-d,--delay}'[between two looks]:seconds:' \
		{-n,--iterations}'[end after so many]:times:' \
		{-s,--sort}'[by what]:key:(cpu rss time pid)'
	;;
cc)
	_arguments '--target[the system it is for]:system:(illumos freebsd)' '*:file:_files'
	;;
help) _describe command commands ;;
esac
