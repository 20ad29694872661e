# SPDX-License-Identifier: BSD-2-Clause
# fish completion for fbird(1)
set -l commands run root info syscalls trace prof audit debug ps top cc binfmt ptrace help
complete -c fbird -n "not __fish_seen_subcommand_from $commands" -f
complete -c fbird -n "not __fish_seen_subcommand_from $commands" -a run -d 'run a program'
complete -c fbird -n "not __fish_seen_subcommand_from $commands" -a root -d 'keep the trees of other systems'
complete -c fbird -n "not __fish_seen_subcommand_from $commands" -a info -d 'say what a program is, and why'
complete -c fbird -n "not __fish_seen_subcommand_from $commands" -a syscalls -d 'print a table of system calls'
complete -c fbird -n "not __fish_seen_subcommand_from $commands" -a binfmt -d 'let the kernel start FreeBSD programs'
complete -c fbird -n "not __fish_seen_subcommand_from $commands" -a debug -d 'run a program under a debugger'
complete -c fbird -n "not __fish_seen_subcommand_from $commands" -a ps -d 'list the guests that run'
complete -c fbird -n "not __fish_seen_subcommand_from $commands" -a top -d 'show what the guests use'
complete -c fbird -n "not __fish_seen_subcommand_from $commands" -a cc -d 'compile a C program for another system'
complete -c fbird -n "not __fish_seen_subcommand_from $commands" -a trace -d 'run a program and write its system calls'
complete -c fbird -n "not __fish_seen_subcommand_from $commands" -a prof -d 'run a program and say where its time goes'
complete -c fbird -n "not __fish_seen_subcommand_from $commands" -a audit -d 'run a program under a policy, and log what it was refused'
complete -c fbird -n "not __fish_seen_subcommand_from $commands" -a ptrace -d 'the same as trace'
complete -c fbird -n "not __fish_seen_subcommand_from $commands" -a help -d 'say what a command does'
complete -c fbird -n "not __fish_seen_subcommand_from $commands" -l version
complete -c fbird -n '__fish_seen_subcommand_from run' -l personality -x -a 'freebsd illumos linux feuerbird v1 v2 v5 v6 pwb v7 sysv-pdp11 bsd29 bsd211'
complete -c fbird -n '__fish_seen_subcommand_from run' -l missing -d 'list the calls it lacked'
complete -c fbird -n '__fish_seen_subcommand_from run' -l env -x -d 'set NAME=VALUE'
complete -c fbird -n '__fish_seen_subcommand_from run' -l unsetenv -x -a '(set -nx)'
complete -c fbird -n '__fish_seen_subcommand_from run' -l chdir -x -a '(__fish_complete_directories)'
complete -c fbird -n '__fish_seen_subcommand_from run' -l argv0 -x
complete -c fbird -n '__fish_seen_subcommand_from run' -l native-children -d 'run the Linux programs it executes on the host alone'
complete -c fbird -n '__fish_seen_subcommand_from run' -l root -x -a '(fbird root list 2>/dev/null | cut -d" " -f1; __fish_complete_directories)'
complete -c fbird -n '__fish_seen_subcommand_from run' -l read-only -d 'let nothing in the root be changed'
complete -c fbird -n '__fish_seen_subcommand_from run' -l overlay -d 'keep changes to the root in a layer'
complete -c fbird -n '__fish_seen_subcommand_from run' -l bind -x -d 'let it see SRC of this machine as DST'
complete -c fbird -n '__fish_seen_subcommand_from run' -l view -x -a 'auto namespace in-process'
complete -c fbird -n '__fish_seen_subcommand_from root' -a 'add fetch list show remove default shell'
complete -c fbird -n '__fish_seen_subcommand_from show remove default shell' -a '(fbird root list 2>/dev/null | cut -d" " -f1)'
complete -c fbird -n '__fish_seen_subcommand_from root' -l personality -x -a 'freebsd illumos linux'
complete -c fbird -n '__fish_seen_subcommand_from root' -l default -d 'make it the default of its system'
complete -c fbird -n '__fish_seen_subcommand_from root' -l devices -d 'make device nodes too'
complete -c fbird -n '__fish_seen_subcommand_from root' -l limit -x -d 'most content, in MiB'
complete -c fbird -n '__fish_seen_subcommand_from root' -l offset -x -d 'where in a disk image the file system begins'
complete -c fbird -n '__fish_seen_subcommand_from root' -l mount -r -d 'another disk image, as a directory'
complete -c fbird -n '__fish_seen_subcommand_from root' -l salvage -d 'leave out what is damaged'
complete -c fbird -n '__fish_seen_subcommand_from root' -l name -x -d 'how to call what is fetched'
complete -c fbird -n '__fish_seen_subcommand_from root' -l from -x -d 'fetch from this mirror'
complete -c fbird -n '__fish_seen_subcommand_from syscalls' -f -a 'freebsd illumos linux feuerbird v1 v2 v5 v6 pwb v7 sysv-pdp11 bsd29 bsd211'
complete -c fbird -n '__fish_seen_subcommand_from syscalls' -l state -x -a 'full partial missing obsolete reserved unimpl'
complete -c fbird -n '__fish_seen_subcommand_from syscalls' -l count
complete -c fbird -n '__fish_seen_subcommand_from syscalls' -l json
complete -c fbird -n '__fish_seen_subcommand_from syscalls' -l markdown
complete -c fbird -n '__fish_seen_subcommand_from binfmt' -f
complete -c fbird -n '__fish_seen_subcommand_from binfmt' -l install -d register
complete -c fbird -n '__fish_seen_subcommand_from binfmt' -l remove -d 'take it back'
complete -c fbird -n '__fish_seen_subcommand_from binfmt' -l status -d 'say whether it is there'
complete -c fbird -n '__fish_seen_subcommand_from binfmt' -l dry-run -d 'only say what would be written'
complete -c fbird -n '__fish_seen_subcommand_from cc' -l target -x -a 'illumos freebsd'
complete -c fbird -n '__fish_seen_subcommand_from help' -f -a "$commands"
complete -c fbird -n '__fish_seen_subcommand_from trace' -s o -l output -r
complete -c fbird -n '__fish_seen_subcommand_from trace' -l format -x -a 'strace json csv perfetto'
complete -c fbird -n '__fish_seen_subcommand_from trace' -s e -l trace -x -a 'file desc network process memory signal ipc creds clock all none'
complete -c fbird -n '__fish_seen_subcommand_from trace' -s f -l follow-forks -d 'processes it starts, too'
complete -c fbird -n '__fish_seen_subcommand_from trace' -s c -l summary-only -d 'only how many and how long'
complete -c fbird -n '__fish_seen_subcommand_from trace' -s s -l string-limit -x
complete -c fbird -n '__fish_seen_subcommand_from trace' -s q -l quiet
complete -c fbird -n '__fish_seen_subcommand_from trace' -s p -l attach -x -a '(__fish_complete_pids)' -d 'a program that runs already'
complete -c fbird -n '__fish_seen_subcommand_from trace' -l drop -d 'rather lose events than wait'
complete -c fbird -n '__fish_seen_subcommand_from trace' -s P -l personality -x -a 'freebsd linux feuerbird v1 v2 v5 v6 pwb v7 sysv-pdp11 bsd29 bsd211'
complete -c fbird -n '__fish_seen_subcommand_from trace' -l root -x -a '(fbird root list 2>/dev/null | cut -d" " -f1; __fish_complete_directories)'
complete -c fbird -n '__fish_seen_subcommand_from trace' -l env -x -d 'set NAME=VALUE'
complete -c fbird -n '__fish_seen_subcommand_from trace' -l unsetenv -x -a '(set -nx)'
complete -c fbird -n '__fish_seen_subcommand_from trace' -l chdir -x -a '(__fish_complete_directories)'
complete -c fbird -n '__fish_seen_subcommand_from trace' -l argv0 -x
complete -c fbird -n '__fish_seen_subcommand_from trace' -l view -x -a 'auto namespace in-process'
complete -c fbird -n '__fish_seen_subcommand_from trace' -l bind -x
complete -c fbird -n '__fish_seen_subcommand_from trace' -l read-only
complete -c fbird -n '__fish_seen_subcommand_from trace' -l missing
complete -c fbird -n '__fish_seen_subcommand_from prof' -s o -l output -r
complete -c fbird -n '__fish_seen_subcommand_from prof' -l format -x -a 'report folded speedscope pprof html perfetto'
complete -c fbird -n '__fish_seen_subcommand_from prof' -l mode -x -a 'cpu syscall memory lock cache branch' -d 'what is measured, by stack'
complete -c fbird -n '__fish_seen_subcommand_from prof' -s F -l frequency -x -d 'samples a second'
complete -c fbird -n '__fish_seen_subcommand_from prof' -l stack -x -a 'auto frames dwarf' -d 'how stacks are followed'
complete -c fbird -n '__fish_seen_subcommand_from prof' -l threads -d 'tell threads apart'
complete -c fbird -n '__fish_seen_subcommand_from prof' -l lines -d 'source lines'
complete -c fbird -n '__fish_seen_subcommand_from prof' -l runtime -d 'names of the runtime too'
complete -c fbird -n '__fish_seen_subcommand_from prof' -a diff -d 'compare two profiles'
complete -c fbird -n '__fish_seen_subcommand_from prof' -s P -l personality -x -a 'freebsd linux feuerbird v1 v2 v5 v6 pwb v7 sysv-pdp11 bsd29 bsd211'
complete -c fbird -n '__fish_seen_subcommand_from prof' -l root -x -a '(fbird root list 2>/dev/null | cut -d" " -f1; __fish_complete_directories)'
complete -c fbird -n '__fish_seen_subcommand_from prof' -l env -x -d 'set NAME=VALUE'
complete -c fbird -n '__fish_seen_subcommand_from prof' -l unsetenv -x -a '(set -nx)'
complete -c fbird -n '__fish_seen_subcommand_from prof' -l chdir -x -a '(__fish_complete_directories)'
complete -c fbird -n '__fish_seen_subcommand_from prof' -l argv0 -x
complete -c fbird -n '__fish_seen_subcommand_from prof' -l view -x -a 'auto namespace in-process'
complete -c fbird -n '__fish_seen_subcommand_from prof' -l bind -x
complete -c fbird -n '__fish_seen_subcommand_from prof' -l read-only
complete -c fbird -n '__fish_seen_subcommand_from ptrace' -s o -l output -r
complete -c fbird -n '__fish_seen_subcommand_from ptrace' -l format -x -a 'strace json csv perfetto'
complete -c fbird -n '__fish_seen_subcommand_from ptrace' -s e -l trace -x -a 'file desc network process memory signal ipc creds clock all none'
complete -c fbird -n '__fish_seen_subcommand_from ptrace' -s f -l follow-forks -d 'processes it starts, too'
complete -c fbird -n '__fish_seen_subcommand_from ptrace' -s c -l summary-only -d 'only how many and how long'
complete -c fbird -n '__fish_seen_subcommand_from ptrace' -s s -l string-limit -x
complete -c fbird -n '__fish_seen_subcommand_from ptrace' -s q -l quiet
complete -c fbird -n '__fish_seen_subcommand_from ptrace' -s p -l attach -x -a '(__fish_complete_pids)' -d 'a program that runs already'
complete -c fbird -n '__fish_seen_subcommand_from ptrace' -l drop -d 'rather lose events than wait'
complete -c fbird -n '__fish_seen_subcommand_from ptrace' -s P -l personality -x -a 'freebsd linux feuerbird v1 v2 v5 v6 pwb v7 sysv-pdp11 bsd29 bsd211'
complete -c fbird -n '__fish_seen_subcommand_from ptrace' -l root -x -a '(fbird root list 2>/dev/null | cut -d" " -f1; __fish_complete_directories)'
complete -c fbird -n '__fish_seen_subcommand_from ptrace' -l env -x -d 'set NAME=VALUE'
complete -c fbird -n '__fish_seen_subcommand_from ptrace' -l unsetenv -x -a '(set -nx)'
complete -c fbird -n '__fish_seen_subcommand_from ptrace' -l chdir -x -a '(__fish_complete_directories)'
complete -c fbird -n '__fish_seen_subcommand_from ptrace' -l argv0 -x
complete -c fbird -n '__fish_seen_subcommand_from ptrace' -l view -x -a 'auto namespace in-process'
complete -c fbird -n '__fish_seen_subcommand_from ptrace' -l bind -x
complete -c fbird -n '__fish_seen_subcommand_from ptrace' -l read-only
complete -c fbird -n '__fish_seen_subcommand_from ptrace' -l missing
complete -c fbird -n '__fish_seen_subcommand_from audit' -a 'run learn explain verify'
complete -c fbird -n '__fish_seen_subcommand_from audit' -s p -l policy -r -d 'the policy'
complete -c fbird -n '__fish_seen_subcommand_from audit' -s o -l output -r
complete -c fbird -n '__fish_seen_subcommand_from audit' -l log-size -x -d 'bytes of the log'
complete -c fbird -n '__fish_seen_subcommand_from audit' -l box -x -d 'sections that hold, too'
complete -c fbird -n '__fish_seen_subcommand_from audit' -l no-host -d 'nothing by seccomp, Landlock and capabilities'
complete -c fbird -n '__fish_seen_subcommand_from audit' -l paths -d 'learn files, too'
complete -c fbird -n '__fish_seen_subcommand_from audit' -l last -x -d 'what the last line has to have'
complete -c fbird -n '__fish_seen_subcommand_from audit' -s P -l personality -x -a 'freebsd linux feuerbird v1 v2 v5 v6 pwb v7 sysv-pdp11 bsd29 bsd211'
complete -c fbird -n '__fish_seen_subcommand_from audit' -l root -x -a '(fbird root list 2>/dev/null | cut -d" " -f1; __fish_complete_directories)'
complete -c fbird -n '__fish_seen_subcommand_from audit' -l env -x -d 'set NAME=VALUE'
complete -c fbird -n '__fish_seen_subcommand_from audit' -l unsetenv -x -a '(set -nx)'
complete -c fbird -n '__fish_seen_subcommand_from audit' -l chdir -x -a '(__fish_complete_directories)'
complete -c fbird -n '__fish_seen_subcommand_from audit' -l argv0 -x
complete -c fbird -n '__fish_seen_subcommand_from audit' -l view -x -a 'auto namespace in-process'
complete -c fbird -n '__fish_seen_subcommand_from audit' -l bind -x
complete -c fbird -n '__fish_seen_subcommand_from audit' -l read-only
complete -c fbird -n '__fish_seen_subcommand_from debug' -s x -r -d 'commands from a file'
complete -c fbird -n '__fish_seen_subcommand_from debug' -o ex -x -d 'a command'
complete -c fbird -n '__fish_seen_subcommand_from debug' -s p -l pid -x -a '(__fish_complete_pids)' -d 'a guest that runs'
complete -c fbird -n '__fish_seen_subcommand_from debug' -l batch -d 'end when these are done'
complete -c fbird -n '__fish_seen_subcommand_from debug' -l gdb -r -d 'this gdb'
complete -c fbird -n '__fish_seen_subcommand_from debug' -l patch -d 'let the runtime change the code'
complete -c fbird -n '__fish_seen_subcommand_from debug' -l no-python
complete -c fbird -n '__fish_seen_subcommand_from debug' -l listen -r -d 'let another debugger in'
complete -c fbird -n '__fish_seen_subcommand_from debug' -l personality -x -a 'freebsd linux feuerbird illumos v1 v2 v5 v6 pwb v7 sysv-pdp11 bsd29 bsd211'
complete -c fbird -n '__fish_seen_subcommand_from debug' -l root -x -a '(fbird root list 2>/dev/null | cut -d" " -f1; __fish_complete_directories)'
complete -c fbird -n '__fish_seen_subcommand_from debug' -l env -x -d 'set NAME=VALUE'
complete -c fbird -n '__fish_seen_subcommand_from debug' -l unsetenv -x -a '(set -nx)'
complete -c fbird -n '__fish_seen_subcommand_from debug' -l chdir -x -a '(__fish_complete_directories)'
complete -c fbird -n '__fish_seen_subcommand_from debug' -l argv0 -x
complete -c fbird -n '__fish_seen_subcommand_from debug' -l view -x -a 'auto namespace in-process'
complete -c fbird -n '__fish_seen_subcommand_from debug' -l bind -x
complete -c fbird -n '__fish_seen_subcommand_from debug' -l read-only
complete -c fbird -n '__fish_seen_subcommand_from ps' -s a -l all -d 'of all users'
complete -c fbird -n '__fish_seen_subcommand_from ps' -s o -l format -x -a 'pid ppid pgid sid user uid personality root view threads time etime pcpu rss vsz state traced program command' -d 'these columns'
complete -c fbird -n '__fish_seen_subcommand_from ps' -l tree -d 'each below its parent'
complete -c fbird -n '__fish_seen_subcommand_from ps' -s p -l pid -x -a '(__fish_complete_pids)'
complete -c fbird -n '__fish_seen_subcommand_from ps' -l json -d 'as JSON'
complete -c fbird -n '__fish_seen_subcommand_from top' -s a -l all -d 'of all users'
complete -c fbird -n '__fish_seen_subcommand_from top' -s b -l batch -d 'without a terminal'
complete -c fbird -n '__fish_seen_subcommand_from top' -s d -l delay -x
complete -c fbird -n '__fish_seen_subcommand_from top' -s n -l iterations -x
complete -c fbird -n '__fish_seen_subcommand_from top' -s s -l sort -x -a 'cpu rss time pid'
