#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# fbird trace: one program's golden trace on each system; on Linux call by call what strace says; the
# formats, filters, summaries; children; and what goes wrong: outputs that cannot be written, readers
# that are killed, guests that write nonsense into the memory they are traced into.
use strict;
use warnings;
use lib 'tests/lib';
use FbirdTest;
use Cwd;
use File::Temp qw(tempdir);
use JSON::PP;
use Test::More;
use Time::HiRes qw(sleep time);

my $dir = tempdir(CLEANUP => 1);
chmod 0755, $dir;
my $r;

sub write_file { open(my $o, '>', $_[0]) or die; print $o $_[1]; close $o }

sub trace {
	my ($args, %more) = @_;
	return run(cmd => [fbird(), 'trace', @$args], limit => 60, %more);
}

# What differs from run to run.
sub plain {
	my ($text) = @_;
	my %pids;
	my $n = 0;
	$text =~ s{^(\d+) }{'P' . ($pids{$1} //= ++$n) . ' '}gme;
	$text =~ s/\b(\d{2,})\b/exists $pids{$1} ? "P$pids{$1}" : $1/ge;
	$text =~ s/0x[0-9a-f]{5,}/0xX/g;
	$text =~ s/ +=/ =/g;
	$text =~ s{=== \S+/}{=== };
	$text =~ s/si_uid=\d+/si_uid=U/g;
	return $text;
}

# Processes one after the other: which of two comes first is up to the machine.
sub each_process {
	my ($text) = @_;
	my %lines;
	/^(P\d+) / and $lines{$1} .= "$_\n" for split /\n/, $text;
	return join('', map { $lines{$_} } sort keys %lines);
}

# ---- a golden trace for each system ---------------------------------------------------------
for my $system ('linux', 'freebsd', 'illumos') {
	my $r = trace(['-f', '-o', "$dir/$system", "$build/twin/traced.$system"], dir => $dir);
	ok(outcome($r) eq '5' && $r->{err} eq '', "$system: the trace ends as the program does") or describe($r);
	ok($r->{out} !~ /^FAILED/m, "$system: the program is not disturbed") or diag($r->{out});
	my ($got, $expected) = map { each_process($_) } plain(slurp("$dir/$system")), slurp("tests/trace/traced.$system");
	ok(same_text($got, $expected), "$system: its trace is as it should be");
}

# Programs of the PDP-11's systems. What differs: processes, users, dates and the size of a directory.
sub plain_old {
	my ($text) = @_;
	$text = plain($text);
	$text =~ s/^((?:fork|wait4?|getpid|kill).*)$/$1 =~ s{\b\d{3,}\b|ppid \K\d+}{N}gr/gme;
	$text =~ s/si_pid=\K\d+/N/g;
	$text =~ s/^get[ug]id\(\) = \K\d+/N/gm;
	$text =~ s/\be?[ug]id \K\d+/N/g;
	$text =~ s/time\(\) = \K\d+|ftime\(\K.*?(?=, timezone)|_time=\K\d+/N/g;
	$text =~ s/DIR\|0755, (?:st_)?size=\K\d+/N/g;
	return $text;
}
for my $system ('v6', 'v7', 'bsd211') {
	my $made = run(cmd => [getcwd() . '/tests/tools/pdp11-as', '-m', '0407', '-u', $system eq 'v6' ? 'v6' : 'v7', '-o', "$dir/old.$system",
		getcwd() . "/tests/trace/traced.$system.s"]);
	is($made->{err}, '', "$system: its program is assembled");
	my $r = trace(['-o', "$dir/$system", '--personality', $system, "$dir/old.$system"], dir => $dir, env => { TZ => 'UTC' });
	ok(outcome($r) eq '3' && $r->{out} eq "hello\n" && $r->{err} eq '', "$system: it runs") or describe($r);
	ok(same_text(plain_old(slurp("$dir/$system")), slurp("tests/trace/traced.$system")), "$system: its trace is as it should be");
}
# The others by programs that the suite has anyway.
for (['v1', '-m 0405 -u v1', 'research/old.v1'], ['v2', '-m 0405 -u v1', 'research/old.v1'], ['v5', '-m 0407 -u v6', 'trace/traced.v6'],
	['pwb', '-m 0407 -u v6', 'trace/traced.v6'], ['bsd29', '-m 0407 -u v7', 'trace/traced.v7'],
	['sysv-pdp11', '-m 0407 -u sysv-pdp11', 'research/files.sysv-pdp11', 'research/print']) {
	my ($system, $how, @sources) = @$_;
	my $made = run(cmd => [getcwd() . '/tests/tools/pdp11-as', split(/ /, $how), '-o', "$dir/old.$system", map { getcwd() . "/tests/$_.s" } @sources]);
	is($made->{err}, '', "$system: its program is assembled");
	mkdir "$dir/in.$system";
	trace(['-o', "$dir/$system", '--personality', $system, "$dir/old.$system"], dir => "$dir/in.$system", env => { TZ => 'UTC' });
	ok(same_text(plain_old(slurp("$dir/$system")), slurp("tests/trace/traced.$system")), "$system: its trace is as it should be");
}
mkdir "$dir/in.feuerbird";
system('cp', "$build/native/linux_calls", "$dir/in.feuerbird") == 0 or die;
trace(['-e', '!write', '-o', "$dir/feuerbird", './linux_calls'], dir => "$dir/in.feuerbird");
# Processes and what the machine has.
sub plain_native {
	my ($text) = @_;
	$text =~ s/\b(?:wait4?|kill)\(\K\d+|si_pid=\K\d+/N/g;
	$text =~ s/\b(?:getpid|v?fork|wait4?|clone)\(.*\) += \K\d+/N/g;
	return plain($text);
}
ok(same_text(plain_native(slurp("$dir/feuerbird")), slurp('tests/trace/traced.feuerbird')),
	'feuerbird: its trace is as it should be');
# Structures of the systems, line by line, * for what differs.
sub like_lines {
	my ($got, $wanted) = @_;
	my @got = split /\n/, $got;
	for my $line (@$wanted) {
		my $as = join '.*?', map { quotemeta } split /\*/, $line, -1;
		shift @got while @got && $got[0] !~ /^$as$/;
		return $line unless @got;
	}
	return undef;
}
for my $part (split /^(?=# )/m, slurp('tests/trace/structures')) {
	my ($head, @lines) = split /\n/, $part;
	next unless $head =~ m{^# (golden\S*/\S+) (\S+)$};
	my ($program, $calls) = ($1, $2);
	mkdir "$dir/in." . $program =~ s{/}{.}r;
	trace(['-s', '64', '-e', $calls, '-o', "$dir/structures", "$build/$program"], dir => "$dir/in." . $program =~ s{/}{.}r);
	my $missing = like_lines(slurp("$dir/structures") =~ s/ += / = /gr, \@lines);
	ok(!defined $missing && @lines > 0, "$program: $calls") or diag("not there, or not where it should be: $missing\n" . substr(slurp("$dir/structures"), 0, 3000));
}
$r = trace(['--format', 'json', '-o', "$dir/json", '--personality', 'v7', "$dir/old.v7"], dir => $dir);
my %old = map { $_->{call} => $_ } grep { $_->{call} } map { decode_json($_) } split /\n/, slurp("$dir/json");
is_deeply([@{ $old{pipe} }{qw(result fd)}, $old{lseek}{result}], [5, 6, 98304], 'as JSON the second register of a result, and one of two words');

# ---- as strace has it -----------------------------------------------------------------------
# Not compared: calls that each run makes with other numbers, and signals that the host drops, or ends the
# process by, without asking us.
sub comparable {
	my ($text) = @_;
	my @lines;
	my %pids;
	for (split /\n/, $text) {
		s/^(\d+) +//;
		next if /^(?:execve|getrandom|rt_sigreturn|arch_prctl|kill)|^===|^--- SIG(?:CHLD|TERM)|^\+\+\+|^strace/;
		s/0x[0-9a-f]+/0xX/g;
		s/ +=/ =/;
		s/^((?:set_tid_address|get[pt]id|getppid|v?fork|clone3?|wait4)\(.*\) = )\d+/${1}N/;
		s/^((?:wait4|tgkill|tkill)\()\d+/${1}N/;
		s/\b\d{4,}\b/N/g; # processes, and sizes of what another run has elsewhere
		s{ ?/\* (?!\d+ entr).* \*/}{}g;
		s/\d+/N/g if /^(?:sysinfo|f?statfs)\(/; # what others do meanwhile
		s/\w+ or (?=TC)//; # requests of other devices
		push @lines, $_;
	}
	return join("\n", @lines) . "\n";
}
# What structures are like: a program of our own, part by part.
system('gcc', '-Wall', '-O1', '-o', "$dir/shown", 'tests/trace/shown.c') == 0 or die;
mkdir "$dir/shown.dir";
write_file("$dir/shown.dir/$_", '') for 'one', 'two';
write_file("$dir/shown.file", "abcdefg789\n");
for my $cmd ((map { ["$dir/shown", $_] } 'files', 'systems', 'sockets', 'events', 'signals', 'terminals', 'locks'), ['/bin/ls', '-l', '/etc'],
	['/bin/cat', '/etc/passwd'], ['/bin/sh', '-c', 'echo a; x=$(echo b); echo $x | cat; exit 3'],
	["$build/twin/traced.linux"], ['/bin/ls', '/'], ['/bin/sh', '-c', 'kill -TERM $$']) {
	my $strace = run(cmd => ['strace', '-o', "$dir/strace", @$cmd], dir => $dir, limit => 60);
	my $ours = trace(['-o', "$dir/ours", @$cmd], dir => $dir);
	ok($strace->{out} eq $ours->{out} && outcome($strace) eq outcome($ours), "'@$cmd' does the same under strace and us")
		or do { describe($strace); describe($ours) };
	ok(same_text(comparable(slurp("$dir/ours")), comparable(slurp("$dir/strace"))), 'and its calls are those strace tells of, one by one');
}

# ---- formats --------------------------------------------------------------------------------
my $program = "$build/twin/traced.freebsd";
$r = trace(['-f', '--format', 'json', '-o', "$dir/json", $program], dir => $dir);
my @events = map { decode_json($_) } split /\n/, slurp("$dir/json");
my ($open) = grep { ($_->{call} // '') eq 'openat' && $_->{result} != -1 } @events;
is_deeply([@$open{qw(abi nr result)}, $open->{args}{path}, $open->{args}{flag}],
	['freebsd', 499, 3, '"traced.file"', 'O_RDWR|O_CREAT|O_TRUNC|O_CLOEXEC'], 'a call as JSON');
my ($failed) = grep { ($_->{error} // '') eq 'EFAULT' } @events;
is_deeply([@$failed{qw(call errno result)}], ['write', 14, -1], 'a call that failed');
ok((grep { $_->{event} eq 'signal' && $_->{signal} eq 'SIGUSR1' } @events) == 1, 'a signal as JSON');
ok((grep { $_->{event} eq 'end' && $_->{status} == 5 } @events) == 1, 'the end as JSON');
ok(!(grep { exists $_->{time} && abs($_->{time} - time) > 100 } @events), 'its times are of today');
trace(['-f', '--format', 'perfetto', '-o', "$dir/perfetto", $program], dir => $dir);
my $perfetto = decode_json(slurp("$dir/perfetto"));
my @x = grep { $_->{ph} eq 'X' } @{ $perfetto->{traceEvents} };
ok(@x > 40 && !grep({ !defined $_->{ts} || !defined $_->{dur} || !defined $_->{pid} || !defined $_->{tid} || !defined $_->{name} } @x),
	'the file for Perfetto has complete events');
trace(['--format', 'csv', '-o', "$dir/csv", $program], dir => $dir);
my @lines = split /\r\n/, slurp("$dir/csv");
is($lines[0], 'time,pid,tid,abi,event,name,arguments,result,duration', 'CSV has a header');
ok(!(grep { !/^[\d.]+,\d+,\d+,\w+,\w+,\w*,"(?:[^"]|"")*","(?:[^"]|"")*",[\d.]*$/s } @lines[1 .. $#lines]), 'and lines of nine values');

# ---- options --------------------------------------------------------------------------------
sub lines {
	my (@args) = @_;
	my $r = trace([@args, '-o', "$dir/out", $program], dir => $dir);
	return slurp("$dir/out");
}
my $text = lines('-q', '-e', 'mkdir,rmdir');
ok($text =~ /\Amkdir\(.*\nrmdir\(.*\n\z/, '-e names calls') or diag($text);
$text = lines('-q', '-e', 'trace=memory');
ok($text =~ /^mmap/m && $text =~ /^munmap/m && $text !~ /^(?!mmap|munmap|mprotect)/m, '-e trace=memory') or diag($text);
$text = lines('-q', '-e', '!memory,desc,file');
ok($text =~ /^getpid/m && $text !~ /^(?:mmap|write|open)/m, '-e !: all but these') or diag($text);
$text = lines('-q', '-e', '/^(un)?link');
ok($text =~ /\A(?:unlink\(.*\n){2}\z/, '-e /REGEX') or diag($text);
ok(lines('-q', '-T', '-e', 'nanosleep') =~ /= 0 <0\.00[1-9]\d{3}>\n\z/, '-T');
ok(lines('-q', '-t', '-e', 'getpid') =~ /\A\d\d:\d\d:\d\d getpid/, '-t');
ok(lines('-q', '-ttt', '-e', 'getpid') =~ /\A\d{10,}\.\d{6} getpid/, '-ttt');
ok(lines('-q', '-r', '-e', 'getpid') =~ /\A +0\.\d{6} getpid/, '-r');
ok(lines('-q', '-s', '3', '-e', 'write') =~ /write\(3, "abc"\.\.\., 48\)/, '-s');
$text = lines('-y', '-q', '-e', 'fstat,read,mkdir');
ok($text =~ m{\Aread\(3<$dir/traced\.file>, .*\n.*\nfstat\(3<$dir/traced\.file>, .*\nmkdir}, '-y: what is behind descriptors, by calls that are not shown') or diag($text);
$r = trace(['-f', '-y', '-q', '-e', 'read', '-o', "$dir/y", '/bin/sh', '-c', 'cd /etc; cat <passwd >/dev/null; exec 7<group; cat <&7 >/dev/null'], dir => $dir);
ok(slurp("$dir/y") =~ m{read\(0</etc/passwd>, "root} && slurp("$dir/y") =~ m{read\(0</etc/group>, "root}, '-y: through directories, copies and children') or diag(slurp("$dir/y"));
# Each reads what it was given before it was there: by fork and by vfork, behind pipes, from copies that exec closes or not.
write_file("$dir/y.sh", <<'SH');
cd /etc
exec 7</etc/passwd 8>/dev/null
for i in 1 2 3 4 5 6 7 8; do
	cat <group >/dev/null
	cat <&7 | cat | cat >/dev/null
	( cd .. ; cat <./etc//passwd >&8 )
done
SH
for my $run (1 .. 5) {
	my %read;
	trace(['-f', '-y', '-q', '-e', 'read', '-o', "$dir/y", '/bin/sh', "$dir/y.sh"], dir => $dir);
	$read{$_}++ for slurp("$dir/y") =~ /read\(0<?(.*?)[>,]/g;
	my $files = $read{'/etc/group'} // 0;
	ok($files == 16 && $read{'/etc/passwd'} >= 24 && $read{pipe} >= 16 && keys %read == 3, "-y: a shell and its children, $run")
		or diag(explain \%read);
}
$r = trace(['-y', '-q', '-e', 'write,read,dup,fstat', '-o', "$dir/y", '--personality', 'v7', "$dir/old.v7"], dir => $dir);
ok(slurp("$dir/y") =~ m{write\(3<$dir/traced\.file>, .*fstat\(3<$dir/traced\.file>.*dup\(3<$dir/traced\.file>\) += 4<$dir/traced\.file>\ndup\(1<\S+>\|0100, 12.*\) += 12<.*write\(6<pipe>, .*\nread\(5<pipe>}s,
	'-y: a program of the Seventh Edition') or diag(slurp("$dir/y"));
$r = trace(['-y', '-q', '-e', 'openat', '-o', "$dir/y", '--chdir', '/etc', '/bin/cat', 'passwd'], dir => $dir);
ok(slurp("$dir/y") =~ m{openat\(AT_FDCWD</etc>, "passwd".* = 3</etc/passwd>}, '-y: from the directory it was told to begin in') or diag(slurp("$dir/y"));
for my $format ('strace', 'json', 'csv', 'perfetto') {
	ok(length lines('--format', $format, '-e', 'none') < 2000, "$format: nothing asked, nothing told");
}
$r = trace(['-c', $program], dir => $dir);
ok(outcome($r) eq '5' && $r->{err} =~ /^\s*[\d.]+\s+[\d.]+\s+\d+\s+2\s+1 read$|\s+3\s+1\s+read$/m
	&& $r->{err} =~ /^100\.00\s.*total$/m, '-c adds up') or describe($r);
for (['-e', 'nosuchcall'], ['--format', 'xml'], ['-s', 'many'], ['-e', 'signal=none'], []) {
	my $r = run(cmd => [fbird(), 'trace', @$_, @$_ ? $program : ()], dir => $dir);
	ok(outcome($r) eq '2' && $r->{err} =~ /\Afbird: [^\n]+\n\z/, "'@$_' is refused in a sentence") or describe($r);
}
$r = run(cmd => [fbird(), 'ptrace', '-P', 'bsd', '-e', 'trace=file', $program], dir => $dir);
ok(outcome($r) eq '5' && $r->{err} =~ /openat\(.*readlink\(/s, 'fbird ptrace -P bsd') or describe($r);
$r = trace(['/nowhere/program']);
ok(outcome($r) eq '127' && $r->{err} =~ /cannot find the program/, 'a program that is not there') or describe($r);

# ---- processes and threads ------------------------------------------------------------------
$r = trace(['-f', '-o', "$dir/f", '/bin/sh', '-c', 'for i in 1 2 3 4 5; do /bin/true; done; exec /bin/echo done'], dir => $dir);
$text = slurp("$dir/f");
is(scalar(() = $text =~ m{=== /bin/true}g), 5, '-f: each child');
is(scalar(() = $text =~ /execve\(.* = 0$/mg), 6, 'and their beginnings');
ok($text =~ /\+\+\+ exited with 0 \+\+\+\n\z/, 'and the end');
$r = trace(['-o', "$dir/f", '/bin/sh', '-c', '/bin/true; exec /bin/echo done'], dir => $dir);
ok(slurp("$dir/f") !~ m{=== /bin/true}, 'without -f not');
$r = trace(['-c', '-f', '/bin/sh', '-c', 'for i in 1 2 3 4 5 6 7 8; do /bin/true & done; wait'], dir => $dir);
ok(outcome($r) eq '0' && $r->{err} =~ /\s9\s+set_tid_address$/m, '-c -f counts in all of them') or describe($r);
$r = trace(['-o', "$dir/f", '/bin/sh', '-c', 'kill -SEGV $$'], dir => $dir);
ok(outcome($r) eq 'SIG11' && slurp("$dir/f") =~ /\+\+\+ killed by SIGSEGV/, 'it ends by the same signal') or describe($r);

# ---- what goes wrong ------------------------------------------------------------------------
$r = trace(['-o', "$dir/no/such", $program], dir => $dir);
ok(outcome($r) eq '1' && $r->{err} =~ m{\Afbird: cannot open .*/no/such: No such file}, 'an output that cannot be made') or describe($r);
$r = trace(['-o', '/dev/full', '/bin/sh', '-c', 'ls / >/dev/null; echo on; exit 6'], dir => $dir);
ok(outcome($r) eq '6' && $r->{out} eq "on\n" && $r->{err} =~ /\Afbird: cannot write the trace to \/dev\/full: No space left on device; the program goes on without one\n\z/,
	'a full disk: said once, and the program goes on') or describe($r);
my @busy = ('/bin/sh', '-c', 'i=0; while [ $i -lt 3000 ]; do i=$((i+1)); [ -e /nowhere ]; done; echo on; exit 6');
for my $format ('json', 'csv', 'perfetto') {
	$r = trace(['--format', $format, '-o', '/dev/full', @busy], dir => $dir);
	ok(outcome($r) eq '6' && $r->{out} eq "on\n" && $r->{err} =~ /\Afbird: cannot write the trace to [^\n]+ goes on without one\n\z/, "a full disk, as $format") or describe($r);
}
$r = trace(['-c', '-o', '/dev/full', @busy], dir => $dir);
ok(outcome($r) eq '6' && $r->{out} eq "on\n" && $r->{err} eq "fbird: cannot write the summary: No space left on device\n", 'a full disk, with -c') or describe($r);
# A disk that fills in the middle of it keeps what it has.
SKIP: {
	mkdir "$dir/tiny";
	skip 'no file system can be mounted', 2 unless system("mount -t tmpfs -o size=64k none $dir/tiny 2>/dev/null") == 0;
	$r = trace(['-o', "$dir/tiny/trace", @busy], dir => $dir);
	my $size = -s "$dir/tiny/trace";
	system('umount', "$dir/tiny");
	ok(outcome($r) eq '6' && $r->{out} eq "on\n" && $r->{err} =~ /\Afbird: cannot write the trace to \S+: No space left on device; [^\n]+\n\z/, 'a disk that fills up') or describe($r);
	is($size, 65536, 'and has all it has room for');
}
# A pipe whose reader has enough.
system('mkfifo', "$dir/fifo") == 0 or die;
{
	my $pid = fork();
	exec('/bin/sh', '-c', "head -c 100 '$dir/fifo' >/dev/null") if $pid == 0;
	$r = trace(['-o', "$dir/fifo", @busy], dir => $dir);
	waitpid $pid, 0;
	ok(outcome($r) eq '6' && $r->{out} eq "on\n" && $r->{err} =~ /\Afbird: cannot write the trace to \S+: Broken pipe; [^\n]+\n\z/, 'a pipe that is closed') or describe($r);
	$r = run(cmd => ['/bin/sh', '-c', '{ "$@" 3>&1 >&4; echo $? >&4; } 2>&1 4>out | head -c 100 >/dev/null', 'sh', fbird(), 'trace', @busy], dir => $dir, limit => 60);
	is(slurp("$dir/out"), "on\n6\n", 'and one that the standard error is');
}
# The reader is killed while the guest fills its ring: the guest goes on and ends.
{
	unlink "$dir/ended";
	my $pid = fork();
	if ($pid == 0) {
		open(STDOUT, '>', '/dev/null');
		open(STDERR, '>', '/dev/null');
		exec(fbird(), 'trace', '-o', '/dev/null', '/bin/sh', '-c',
			"i=0; while [ \$i -lt 60000 ]; do i=\$((i+1)); [ -e /nowhere ]; done; echo yes >$dir/ended");
	}
	sleep 0.3;
	kill 'KILL', $pid;
	waitpid $pid, 0;
	my $until = time + 30;
	sleep 0.1 while !-s "$dir/ended" && time < $until;
	is(slurp("$dir/ended") // '', "yes\n", 'the reader is killed: the program goes on to its end');
}
# A million events take no memory beyond the rings, and none is lost.
write_file("$dir/many.c", "#include <unistd.h>\n#include <sys/syscall.h>\nint main(void) { for (int i = 0; i < 1000000; i++) syscall(SYS_getppid); return 0; }\n");
system('gcc', '-O1', '-o', "$dir/many", "$dir/many.c") == 0 or die;
{
	my $pid = fork();
	exec(fbird(), 'trace', '-e', 'getppid', '-o', "$dir/many.out", "$dir/many") if $pid == 0;
	my $most = 0;
	until (waitpid($pid, 1) > 0) {
		# Until it executes, it is as large as we are.
		$most = $1 > $most ? $1 : $most if (slurp("/proc/$pid/status") // '') =~ /^Name:\s+fbird\n.*VmRSS:\s+(\d+)/ms;
		sleep 0.02;
	}
	is(scalar(() = slurp("$dir/many.out") =~ /^getppid/mg), 1000000, 'each of a million calls is told');
	ok($most > 0 && $most < 16384, "and the reader stays small ($most KiB)");
	unlink "$dir/many.out";
}
# Threads that come and go, many more than there are rings, and many at once: none is lost.
write_file("$dir/threads.c", <<'C');
#include <pthread.h>
#include <unistd.h>
#include <sys/syscall.h>
static pthread_barrier_t all;
static void *body(void *together)
{
	for (int i = 0; i < 20; i++)
		syscall(SYS_getppid);
	if (together)
		pthread_barrier_wait(&all);
	return NULL;
}
int main(void)
{
	pthread_t t[300];

	for (int i = 0; i < 2000; i++)
		if (pthread_create(t, NULL, body, NULL) || pthread_join(*t, NULL))
			return 1;
	pthread_barrier_init(&all, NULL, 300);
	for (int i = 0; i < 300; i++)
		if (pthread_create(&t[i], NULL, body, &all))
			return 2;
	for (int i = 0; i < 300; i++)
		pthread_join(t[i], NULL);
	return 0;
}
C
system('gcc', '-O1', '-o', "$dir/threads", "$dir/threads.c", '-pthread') == 0 or die;
$r = trace(['-e', 'getppid', '-o', "$dir/threads.out", "$dir/threads"], dir => $dir);
ok(outcome($r) eq '0' && $r->{err} eq '', '2,000 threads one after the other, and 300 at once') or describe($r);
is(scalar(() = slurp("$dir/threads.out") =~ /^getppid/mg), 46000, 'and each call of theirs is told');
$r = trace(['-c', "$dir/threads"], dir => $dir);
ok($r->{err} =~ /\s46000\s+getppid$/m, 'and counted') or describe($r);

# A bug of the runtime's own, which a guest can make by writing where it lives: the report.
write_file("$dir/crash.c", <<'C');
#include <stdlib.h>
#include <unistd.h>
#include <sys/syscall.h>
int main(int argc, char **argv)
{
	for (int i = 0; i < 70; i++)
		syscall(SYS_getpgid, i);
	*(volatile unsigned long *)strtoul(argv[1], 0, 16) = 0x1234560;
	return (int)syscall(SYS_getuid) + argc;
}
C
system('gcc', '-O1', '-o', "$dir/crash", "$dir/crash.c") == 0 or die;
# The first thread's block, and in it (exo/exo.h, core/thread.h) the table of calls and the process.
my ($block) = `nm $build/lib/fbird/fbird-rt` =~ /^(\w+) . exo_first_block$/m;
no warnings 'portable';
my $thread = hex($block) + 0xc000 - 0x800;
$r = run(cmd => [fbird(), 'run', '--personality', 'linux', "$dir/crash", sprintf('%x', $thread + 24)], dir => $dir);
ok(outcome($r) eq 'SIG11' && $r->{err} =~ /signal 11 inside the runtime.*bug of FeuerBird\n  rax .*\n  r8 .*\nits call is getuid of linux\n.*\nthe program is \S*crash\n/,
	'a crash inside the runtime names the call and the program') or describe($r);
$r = trace(['-e', 'getpgid,getuid', '-o', "$dir/crashed", "$dir/crash", sprintf('%x', $thread + 24 + 416)], dir => $dir);
ok(outcome($r) eq 'SIG11' && $r->{err} =~ /its last calls.*:\n(?:  getpgid 121 .*\n){63,64}/, 'and, traced, the last 64 calls') or describe($r);
system('gcc', '-O1', '-o', "$dir/scribble", 'tests/trace/scribble.c') == 0 or die;
for my $seed (1 .. 12) {
	my $r = trace(['-o', "$dir/nonsense", "$dir/scribble", $seed], dir => $dir);
	# What it wrote may hit what its own thread needs; what must not be is that the reader breaks.
	ok(outcome($r) =~ /^(?:4|SIG11|SIG7|126)$/ && $r->{err} !~ /Sanitizer|assert|overflow|fatal/i, "nonsense in the rings, $seed: " . outcome($r))
		or describe($r);
}
done_testing();
