#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# fbird debug on Go's programs for FreeBSD, illumos and Linux: Go's lines and stacks, of all threads
# and through a call, breakpoints, a watchpoint, steps, calls by name.
use strict;
use warnings;
use lib 'tests/lib';
use FbirdTest;
use File::Temp qw(tempdir);
use Test::More;

for my $tool ('gdb', 'go') {
	plan skip_all => "no $tool here" if !grep { -x "$_/$tool" } split /:/, $ENV{PATH};
}
my $dir = tempdir(CLEANUP => 1);
my $source = "$ENV{PWD}/tests/debug/threads.go";
my $text = slurp($source);
sub line { my ($what) = @_; return ($text =~ /\A(.*?)^\Q$what\E/ms ? 1 + ($1 =~ tr/\n//) : -1) }

for my $system ('freebsd', 'illumos', 'linux') {
	my $program = "$dir/$system";
	my $made = run(cmd => ['go', 'build', '-o', $program, $source], dir => $dir, limit => 300,
		env => { GOOS => $system, GOCACHE => "$build/gocache", GOFLAGS => '', GO111MODULE => 'off', CGO_ENABLED => 0, HOME => $dir });
	is(outcome($made), '0', "$system: built") or do { describe($made); next };
	my @as = $system eq 'linux' ? ('--personality', 'linux') : ();
	my $debug = sub {
		my ($options, $commands) = @_;
		return run(cmd => [fbird(), 'debug', '--batch', @as, @$options, (map { ('-ex', $_) } @$commands), $program], dir => $dir, limit => 120);
	};
	my $has = sub {
		my ($r, $want, $name) = @_;
		ok($r->{out} =~ $want, "$system: $name") or do { diag($r->{out}); describe($r) };
	};
	my ($main, $work) = (line('func main()'), line('func work('));
	for my $how (['with Python'], ['without', '--no-python']) {
		my ($name, @o) = @$how;
		my $r = $debug->([@o], ['break main.main', 'continue', 'bt', 'next', 'next', 'next', 'info line', 'break main.deeper if n == 0', 'continue', 'bt', 'finish', 'print main.total', 'delete', 'continue']);
		$has->($r, qr/hit Breakpoint \d+, main\.main \(\) at \Q$source\E:$main\n(?:.*\n)*#0 +main\.main \(\) at \Q$source\E:$main\n#1 .*runtime\.main .*proc\.go:\d+\n/, "$name: a breakpoint at main.main, with Go's lines");
		$has->($r, qr/^#0 +main\.deeper \(n=0.*\n(?:#[123] .*main\.deeper \(.*threads\.go:\d+\n){3}#4 .*main\.main \(\) at/m, 'a condition of Go\'s, and a stack');
		$has->($r, qr/^\$1 = 10\n/m, 'data');
		$has->($r, qr/^total 13 open \/nonexistent: no such file or directory\n(?:.*\n)*.*exited normally\]$/m, 'to the end');
		# Each worker has a thread of its own, which the breakpoint finds.
		$r = $debug->([@o], ['break main.work', ('continue', 'info threads', 'bt 1') x 4, 'delete', 'continue']);
		my %seen = map { $_ => 1 } $r->{out} =~ /hit Breakpoint \d+, main\.work \(n=(\d)/g;
		is(join(' ', sort keys %seen), '1 2 3 4', "$system: $name: all four goroutines come by a breakpoint") or diag($r->{out});
		$has->($r, qr/^\* \d+ +LWP \d+ "$system" +main\.work \(n=\d/m, 'the thread of one');
		$r = $debug->([@o], ['break main.main', 'continue', 'delete', 'watch main.total', ('continue') x 4, 'delete', 'continue']);
		my @new = $r->{out} =~ /^New value = (\d+)$/mg;
		ok(@new == 4 && $new[3] == 10, "$system: $name: a hardware watchpoint across threads") or diag("@new\n$r->{out}");
		# Calls by name, and signals: the language is Go's by then.
		my @open = $system eq 'freebsd' ? 'open' : 'openat';
		$r = $debug->([@o], ['break main.deeper', 'break main.main', 'continue', "fbird-catch-return @open", 'fbird-condition $bpnum result == 2 || result == -2', 'fbird-catch-signal SIGURG', 'delete $bpnum', 'fbird-signals', 'continue', 'continue']);
		$has->($r, qr/^$open[0] fails: ENOENT, number 2 \(No such file or directory\)\n  called from \S/m, 'a call that fails, with a condition');
		$has->($r, qr/^SIGURG +SIGURG +\d+\n(?:.*\n)*.*hit Breakpoint \d+, main\.deeper/m, 'and on');
	}
	# Its symbols taken away, there is Go's own table: names, stacks and lines.
	my $stripped = "$dir/$system.stripped";
	$made = run(cmd => ['go', 'build', '-ldflags=-s -w', '-o', $stripped, $source], dir => $dir, limit => 300,
		env => { GOOS => $system, GOCACHE => "$build/gocache", GOFLAGS => '', GO111MODULE => 'off', CGO_ENABLED => 0, HOME => $dir });
	is(outcome($made), '0', "$system: built without symbols") or describe($made);
	unlike(`readelf -S $stripped`, qr/\.symtab|\.debug_frame/, "$system: there are none");
	for my $o ([], ['--no-python']) {
		my $call = line("\tfmt.Println(\"total\"");
		my @commands = ('break main.deeper', 'ignore $bpnum 3', 'continue', 'bt', 'next', 'delete', 'break os.(*File).Write', 'continue', 'bt', 'delete', 'continue');
		my $r = run(cmd => [fbird(), 'debug', '--batch', @as, @$o, (map { ('-ex', $_) } @commands), $stripped], dir => $dir, limit => 60);
		my $deeper = qr/.*main\.deeper \(\) at \Q$source\E:\d+\n/;
		$has->($r, qr/^#0 $deeper#1 $deeper#2 $deeper#3 $deeper#4 .* main\.main \(\) at \Q$source\E:$call\n#5 .* runtime\.main \(\) at \S+proc\.go:\d+\n#6 .* runtime\.goexit \(\)/m, 'a stack by Go\'s own table, with lines');
		my $first = line("\tif n == 0 {");
		$has->($r, qr/^$first\t/m, 'a step by lines');
		$has->($r, qr/^#0 .* os\.\(\*File\)\.Write \(\).*\n(?:#.*\n)*#\d+ .* fmt\.Fprintln \(\) .*\n(?:#.*\n)*#\d+ .* main\.main \(\) /m, 'a method\'s');
		$has->($r, qr/^total 13 .*\n(?:.*\n)*.*exited normally/m, 'to the end');
	}
	my $r = $debug->([], ['break main.main', 'continue', 'fbird-catch ' . ($system eq 'freebsd' ? 'open' : 'openat'), 'continue', 'bt']);
	# The other systems have a library between, or Go makes the call on a stack of its own.
	$has->($r, $system eq 'illumos' ? qr/^#0 .*<call openat> .*\n#1 .* open \(.*libc.*\n#2 .*asmsysvicall6 /m : qr/^#0 .*<call open(?:at)?> .*\n(?:#.*\n)*#\d+ .*os\.Open .*\n#\d+ +main\.main \(\) at \Q$source\E/m, 'a stack from a call to main');
	$r = $debug->([], ['break main.work', 'continue', 'continue', 'thread apply all bt']);
	my @threads = $r->{out} =~ /^Thread \d+ \(LWP \d+ .*\n(?:#\d+ .*\n)+/mg;
	my @placed = grep { /\.(?:go|s|c):\d+/ } @threads; # one that has just begun has no lines yet
	ok(@threads >= 3 && @placed >= 2, "$system: stacks of all threads, with lines") or diag(scalar(@threads), ' ', scalar(@placed), "\n$r->{out}");
}
done_testing;
