#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# Doors and pipes with a name in the file system (fattach): within a program, between programs that
# were started apart, what is left when the server, the name or the keeper goes away.
use strict;
use warnings;
use lib 'tests/lib';
use FbirdTest;
use Cwd qw(getcwd);
use File::Temp qw(tempdir);
use Test::More;

my $dir = tempdir(CLEANUP => 1);
my $root = getcwd();
my $program = "$dir/names";
my $name = "$dir/door";
my $built = run(cmd => [fbird(), 'cc', '--target', 'illumos', '-O1', '-o', $program, "$root/tests/guest/illumos_names.c"]);
ok(-x $program, 'the program is built') or describe($built);

sub spew {
	open(my $out, '>', $name) or die "cannot write $name: $!\n";
	print $out 'covered';
	close $out;
}
sub covered { open(my $in, '<', $name) or return ''; local $/; return <$in> // ''; }
sub aside { return -e "$dir/.fattach-door.door"; }
sub until_it { my ($what) = @_; my $n = 0; select(undef, undef, undef, 0.01) while !$what->() && $n++ < 300; return $what->(); }
sub call { return run(cmd => [fbird(), 'run', $program, 'call', $name])->{out}; }

my $r = run(cmd => [fbird(), 'run', $program, 'test', "$dir/test"]);
my @lines = split /\n/, $r->{out};
is($lines[-1] // '', 'done', 'it ends') or describe($r);
ok(!(grep { /^not ok/ } @lines), 'everything is as it should be') or describe($r);

# A server, in a process of its own, until it is told to end.
sub serve {
	pipe(my $read, my $go) or die;
	pipe(my $said, my $write) or die;
	my $pid = fork();
	if (!$pid) {
		close $go;
		open STDIN, '<&', $read;
		open STDOUT, '>&', $write;
		exec fbird(), 'run', $program, 'serve', $name, @_;
		exit 127;
	}
	close $_ for $read, $write;
	my $line = readline $said;
	return ($pid, $go, $line // '');
}

spew();
my ($pid, $go, $said) = serve('detach');
is($said, "serving\n", 'a server');
ok(-S $name, 'the name is a socket on the host');
ok(aside(), 'what it covers lies aside');
like(call(), qr/^\d+ got hello$/, 'another program calls');
like(call(), qr/^\d+ got hello$/, 'and once more');
close $go;
waitpid $pid, 0;
is(covered(), 'covered', 'the server takes its name away: the file is back');
ok(!aside(), 'and nothing aside');

($pid, $go, $said) = serve();
close $go;
waitpid $pid, 0;
is(call(), "error 9\n", 'of a server that is gone the door is EBADF');
unlink $name;
ok(until_it(sub { !aside() }), 'a name that is removed is removed altogether');

# Whoever kills the keeper has the file back at the next look.
spew();
($pid, $go, $said) = serve();
my @keepers = grep { my $c = eval { local (@ARGV, $/) = ("/proc/$_/cmdline"); <> } // ''; $c =~ /^fbird-contracts\0/ && -o "/proc/$_" }
	map { m{(\d+)$} } glob('/proc/[0-9]*');
my @mine = grep { my $pid = $_; grep { (readlink($_) // '') eq $dir } glob("/proc/$pid/fd/*") } @keepers;
is(scalar @mine, 1, 'one keeper has the directory open');
kill 'KILL', @mine;
until_it(sub { !grep { -e "/proc/$_/fd/0" } @mine });
ok(aside(), 'it is gone, and the name looks as before');
call();
is(covered(), 'covered', 'the next to open it finds the file');
close $go;
waitpid $pid, 0;
done_testing();
