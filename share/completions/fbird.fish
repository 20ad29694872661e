# SPDX-License-Identifier: BSD-2-Clause
# fish completion for fbird(1)
set -l commands run root info syscalls binfmt cc help
complete -c fbird -n "not __fish_seen_subcommand_from $commands" -f
complete -c fbird -n "not __fish_seen_subcommand_from $commands" -a run -d 'run a program'
complete -c fbird -n "not __fish_seen_subcommand_from $commands" -a root -d 'keep the trees of other systems'
complete -c fbird -n "not __fish_seen_subcommand_from $commands" -a info -d 'say what a program is, and why'
complete -c fbird -n "not __fish_seen_subcommand_from $commands" -a syscalls -d 'print a table of system calls'
complete -c fbird -n "not __fish_seen_subcommand_from $commands" -a binfmt -d 'let the kernel start FreeBSD programs'
complete -c fbird -n "not __fish_seen_subcommand_from $commands" -a cc -d 'compile a C program for another system'
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
