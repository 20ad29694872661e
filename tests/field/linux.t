#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# This machine's own programs, dynamically linked, threaded, written in five languages, run
# through the gateway with --personality linux: what they write and how they end is what
# they write and how they end by themselves.
use strict;
use warnings;
use lib 'tests/lib';
use FbirdTest;
use File::Temp qw(tempdir);
use Test::More;

my $dir = tempdir(CLEANUP => 1);
open(my $c, '>', "$dir/hello.c") or die;
print $c "#include <stdio.h>\nint main(void) { printf(\"compiled\\n\"); return 3; }\n";
close $c;

my @cases = (
	['a listing', 'ls', '-l', '/usr/bin/env', '/etc/passwd'],
	['a pipeline', 'sh', '-c', 'seq 1 1000 | sort -rn | head -n 3 | tr "\n" " "; echo; exit 7'],
	['its own name', 'readlink', '/proc/self/exe'],
	['traps and waits', 'bash', '-c', 'trap "echo caught" USR1; (sleep 0.1; kill -USR1 $$) & wait $!; sleep 0.2 & wait; echo done'],
	['death by a signal', 'sh', '-c', 'kill -TERM $$'],
	['a subshell that dies', 'bash', '-c', '(kill -SEGV $BASHPID) 2>/dev/null; echo $?; ulimit -n >/dev/null; times >/dev/null'],
	['environment', 'env', '-i', 'A=b', 'env'],
	['perl: fork, pipes, sockets', 'perl', '-MSocket', '-e',
		'socketpair(A, B, AF_UNIX, SOCK_STREAM, 0); if (!fork) { syswrite A, "child\n"; exit 4 } sysread B, $x, 10; wait; print $x, $? >> 8, "\n"; $SIG{ALRM} = sub { print "alarm\n" }; alarm 1; select undef, undef, undef, 3; print -d "/proc/self" ? "ok\n" : "no\n"; print `echo nested`'],
	['a compiler and its passes', 'gcc', '-O1', '-o', "$dir/hello", "$dir/hello.c"],
	['what it compiled', "$dir/hello"],
	['git', 'sh', '-c', 'git init -q r && cd r && git -c user.name=a -c user.email=a@b commit -q --allow-empty -m one && git log --format=%s && rm -rf ../r'],
	['node: threads and timers', 'node', '-e',
		'const w=require("worker_threads");const n=new w.Worker("require(\"worker_threads\").parentPort.postMessage(6*7)",{eval:true});n.on("message",m=>setTimeout(()=>console.log(m, require("child_process").execSync("echo child").toString()),20))'],
	['go: its version', 'go', 'version'],
	['dd', 'sh', '-c', 'dd if=/dev/zero bs=64k count=64 2>/dev/null | sha256sum'],
	['find', 'find', '/usr/include/linux', '-name', 'f*.h', '-newermt', '1990-01-01'],
	['xargs in parallel', 'sh', '-c', 'seq 1 40 | xargs -P 4 -n 5 echo | sort'],
	['a coprocess on a fifo', 'sh', '-c', 'mkfifo f; cat f & echo through >f; wait; rm f'],
	['a limit on time', 'timeout', '0.2', 'sleep', '5'],
	['make', 'sh', '-c', 'printf "a: b c\n\t@echo a\nb c:\n\t@echo x\n" | make -s -j2 -f -'],
);

for my $case (@cases) {
	my ($name, @cmd) = @$case;
	SKIP: {
		skip("no $cmd[0]", 1) if $cmd[0] !~ m{/} && !grep { -x "$_/$cmd[0]" } split /:/, $ENV{PATH};
		my $want = run(cmd => \@cmd, limit => 60);
		my $got = run(cmd => [fbird(), 'run', '--personality', 'linux', @cmd], limit => 60);
		ok(same_text($got->{out}, $want->{out}) && outcome($got) eq outcome($want), "$name: @cmd[0 .. ($#cmd > 1 ? 1 : $#cmd)]")
			or do { diag('by itself it ends with ' . outcome($want)); describe($got) };
	}
}
done_testing();
