# SPDX-License-Identifier: BSD-2-Clause
#
# FbirdTest: what the test runners share: running a program with a limit on its time and
# everything it says caught, and showing what differed.
package FbirdTest;
use strict;
use warnings;
use Cwd qw(abs_path);
use Exporter 'import';
use File::Basename qw(dirname);
use File::Temp qw(tempdir);
use POSIX qw(:sys_wait_h setsid);
use Test::More;
use Time::HiRes qw(time sleep);

our @EXPORT = qw($build fbird run cost median outcome slurp same_text describe unprivileged nobodys_fbird freebsd_version);

# The products under test; absolute, because every program runs in a directory of its own.
our $build = abs_path($ENV{B} // 'build') or BAIL_OUT('there is no build directory');
# Another build of it may be tried with the same programs.
our $fbird = abs_path($ENV{FBIRD} // "$build/bin/fbird") // BAIL_OUT("there is no fbird to test");
my $wordy = 1 << 28; # bytes of output
our @as_user; # a command prefix that drops root's rights

sub fbird { return $fbird }

sub slurp {
	my ($file) = @_;
	open(my $in, '<:raw', $file) or return undef;
	local $/;
	return scalar(<$in>) // '';
}

# run(cmd => [...], in => TEXT, env => {...}, dir => DIR, limit => SECONDS)
# gives { out, err, status, signal, timeout, seconds }.
sub run {
	my (%o) = @_;
	my $scratch = tempdir(CLEANUP => 1);
	my $dir = $o{dir} // tempdir(CLEANUP => 1);
	my $limit = $o{limit} // 20;

	chmod 0777, $dir if !$o{dir};
	open(my $in, '>:raw', "$scratch/in") or die "cannot write $scratch/in: $!";
	print $in $o{in} // '';
	close $in;
	my $start = time;
	my $pid = fork // die "fork: $!";
	if ($pid == 0) {
		setsid();
		# What a caller's shell ignores, as of jobs in the background, a test does not.
		$SIG{$_} = 'DEFAULT' for qw(HUP INT QUIT PIPE TERM CHLD);
		chdir $dir or POSIX::_exit(99);
		open(STDIN, '<', "$scratch/in") or POSIX::_exit(99);
		open(STDOUT, '>', "$scratch/out") or POSIX::_exit(99);
		open(STDERR, '>', "$scratch/err") or POSIX::_exit(99);
		# Nothing of the caller's reaches a test: variables as given, no descriptor past 2.
		my %env = (PATH => $ENV{PATH}, HOME => $dir, LANG => 'C', TMPDIR => $dir, %{ $o{env} // {} });
		%ENV = %env;
		opendir(my $open, '/proc/self/fd');
		POSIX::close($_) for grep { /^\d+$/ && $_ > 2 } readdir $open;
		exec { $o{cmd}[0] } @{ $o{cmd} } or POSIX::_exit(98);
	}
	my ($timeout, $wait) = (0, undef);
	while (waitpid($pid, WNOHANG) == 0) {
		# One that writes and writes ends as one that takes too long does.
		if (time - $start > $limit || ((-s "$scratch/out") // 0) + ((-s "$scratch/err") // 0) > $wordy) {
			$timeout = 1;
			kill 'KILL', -$pid;
			waitpid($pid, 0);
			last;
		}
		sleep(time - $start < 0.5 ? 0.002 : 0.05);
	}
	$wait = $?;
	kill 'KILL', -$pid; # what it left behind
	return {
		out => slurp("$scratch/out"), err => slurp("$scratch/err"),
		status => $wait >> 8, signal => $wait & 127, timeout => $timeout,
		seconds => time - $start,
	};
}

# Seconds by the clock and of processor time, of a command and all it waited for, for benches. The times
# of perlfunc(1) are in hundredths of a second; wait4(2) tells microseconds.
sub cost {
	my (@cmd) = @_;
	my ($status, $usage) = (pack('i', 0), "\0" x 144);
	my $begin = time;
	my $pid = fork // die "fork: $!";
	if ($pid == 0) {
		exec { $cmd[0] } @cmd or POSIX::_exit(98);
	}
	syscall(61, $pid, $status, 0, $usage) == $pid or die "wait4: $!";
	my $wall = time - $begin;
	die "$cmd[0] failed\n" if unpack('i', $status) != 0;
	my @t = unpack('q4', $usage);
	return ($wall, $t[0] + $t[2] + ($t[1] + $t[3]) / 1e6);
}

sub median {
	my @sorted = sort { $a <=> $b } @_;
	return $sorted[$#sorted / 2];
}

# How a run ended, as the .status files write it: "0", "3", "SIG11", "TIMEOUT".
sub outcome {
	my ($r) = @_;
	return 'TIMEOUT' if $r->{timeout};
	return $r->{signal} ? "SIG$r->{signal}" : "$r->{status}";
}

sub describe {
	my ($r) = @_;
	diag(sprintf('ended: %s after %.2f s', outcome($r), $r->{seconds}));
	diag("standard error:\n$r->{err}") if length $r->{err};
}

# Compares two texts and shows where they part.
sub same_text {
	my ($got, $want) = @_;
	return 1 if $got eq $want;
	my @got = split /\n/, $got, -1;
	my @want = split /\n/, $want, -1;
	for my $i (0 .. ($#got > $#want ? $#got : $#want)) {
		my ($g, $w) = ($got[$i] // '(nothing)', $want[$i] // '(nothing)');
		next if $g eq $w;
		diag('first difference in line ' . ($i + 1) . ':');
		diag("  expected: $w");
		diag("  got:      $g");
		last;
	}
	diag("all of what it wrote:\n" . substr($got, 0, 4000)) if length $got;
	return 0;
}

# The prefix that runs a command as nobody, and () when that cannot be done here.
sub unprivileged {
	return () if $> != 0;
	my $tool = (grep { -x "$_/setpriv" } split /:/, $ENV{PATH})[0] // return ();
	return ("$tool/setpriv", '--reuid=65534', '--regid=65534', '--clear-groups', '--no-new-privs');
}

# The path of an fbird that nobody may read, and the prefix that runs it as nobody; () as above.
sub nobodys_fbird {
	my @drop = unprivileged() or return ();
	my $copy = tempdir(CLEANUP => 1);
	chmod 0755, $copy;
	my $products = dirname(dirname($fbird));
	system('cp', '-rL', "$products/bin", "$products/lib", $copy) == 0 or return ();
	return ("$copy/bin/fbird", @drop);
}

# What a FreeBSD tree says it is.
sub freebsd_version {
	my ($root) = @_;
	return (slurp("$root/bin/freebsd-version") // '') =~ /USERLAND_VERSION="([^"]*)"/ ? $1 : 'of unknown version';
}

1;
