#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# FreeBSD's own test suites, where FBIRD_FREEBSD_SUITES names a directory of them, built: what
# FreeBSD installs as /usr/tests, or any tree of directories whose Kyuafiles name programs.
# Every case is run in a directory of its own with a limit on its time, as root and as nobody
# (or as the caller), and how it ends is held against tests/field/freebsd-suites*.list.
#
#	FBIRD_SUITES_ROOT	the root they are run in, a name or a directory (the default one)
#	FBIRD_SUITES_OPTIONS	more options for `fbird run`
#	FBIRD_SUITES_ONLY	a regular expression for "suite/program:case"
#	FBIRD_SUITES_AS		"root" or "nobody": only as that user
#	FBIRD_SUITES_DAEMON	a command that runs in the root meanwhile; lib/libc/rpc wants
#				"/usr/sbin/rpcbind -d", which only root can run, and no other
#	FBIRD_SUITES_LIMIT	seconds for a case that does not ask for its own (60)
#	FBIRD_CONFORMANCE_SUITES=FILE	write down how each suite ended (docs/conformance/freebsd-suites.md)
use strict;
use warnings;
use lib 'tests/lib';
use Cwd ();
use FbirdTest;
use File::Temp qw(tempdir);
use Kyua;
use POSIX ();
use Test::More;

plan(skip_all => 'FBIRD_FREEBSD_SUITES names no directory of test suites') if !length($ENV{FBIRD_FREEBSD_SUITES} // '');
my $suites = Cwd::abs_path($ENV{FBIRD_FREEBSD_SUITES}) // BAIL_OUT("there is no $ENV{FBIRD_FREEBSD_SUITES}");
my $root = $ENV{FBIRD_SUITES_ROOT} // '';
my $only = qr/$ENV{FBIRD_SUITES_ONLY}/ if length($ENV{FBIRD_SUITES_ONLY} // '');
my $there = '/tests'; # where the suites are in the root's view
my @options = ('--bind', "$suites:$there:ro", split ' ', $ENV{FBIRD_SUITES_OPTIONS} // '');
unshift @options, '--root', $root if length $root;
# Where the runner looks for what a case says it needs; without it everything is there.
my ($tree) = length $root && !-d $root ? `@{[fbird()]} root show $root` =~ /^tree\s+(.*)$/m : ();
$tree = length $root && -d $root ? Cwd::abs_path($root) : $tree // '';

# ---- what is expected ------------------------------------------------------------------
# One line a case: "suite/program:case", who, how it ends, why; between tabs. A "*" stands for
# anything, and the first line that fits counts. Who is "root", "nobody" or "*", and what must be
# so besides, behind commas: "lacks=PATH" of the root, "no-ipv4", "no-ipv6", "online" and
# "contained" of the machine.
my @expected;
for my $line (map { split /\n/, slurp($_) } sort glob 'tests/field/freebsd-suites*.list') {
	next if $line =~ /^(#|$)/;
	my ($case, $who, $how, $why) = split /\t+/, $line, 4;
	BAIL_OUT("a line without a reason: $line") if !length($why // '');
	my $pattern = join '.*', map { quotemeta } split /\*/, $case, -1;
	push @expected, { case => qr/\A$pattern\z/, who => $who, how => $how, why => $why, wild => scalar($case =~ /\*/) };
}

my %machine = (
	# getaddrinfo(3) with AI_ADDRCONFIG does not count the loopback's addresses.
	'no-ipv4' => (slurp('/proc/net/route') // '') !~ /^\S+\t[0-9A-F]{8}\t/m,
	'no-ipv6' => (slurp('/proc/net/if_inet6') // '') !~ /^(?!0{31}1 |fe80)/m,
	# There is a way to name servers, a default route.
	online => !!((slurp('/proc/net/route') // '') =~ /^\S+\t0{8}\t/m),
	# CAP_SYS_RESOURCE is not root's in a container.
	'contained' => (slurp('/proc/self/status') // '') =~ /^CapEff:\s*[0-9a-f]*([0-9a-f]{8})$/m && !(hex($1) >> 24 & 1),
);
sub concerns {
	my ($given, $who) = @_;
	my ($user, @conditions) = split /,/, $given;
	for my $c (@conditions) {
		BAIL_OUT("a line with the condition '$c'") if $c !~ /\Alacks=/ && !exists $machine{$c};
		next if $c =~ /\Alacks=(.*)/ ? length $tree && !-e "$tree$1" : $machine{$c};
		return 0;
	}
	return $user eq '*' || $user eq $who;
}

sub expectation {
	my ($name, $who) = @_;
	for my $e (@expected) {
		return $e if $name =~ $e->{case} && concerns($e->{who}, $who);
	}
	return undef;
}

# ---- running ---------------------------------------------------------------------------
sub runner {
	my ($fbird, @prefix) = @_;
	return sub {
		my ($command, $program, $seconds, $dir) = @_;
		my $home = "$there/$program->{suite}";
		my @words = map { $_ eq '%SRCDIR%' ? $home : $_ } @$command;
		$words[0] =~ s{^\.}{$home};
		$dir //= tempdir(CLEANUP => 1);
		return run(cmd => [@prefix, $fbird, 'run', @options, '--env', 'PATH=/sbin:/bin:/usr/sbin:/usr/bin', '--env', 'TZ=UTC',
				'--env', '__RUNNING_INSIDE_ATF_RUN=internal-yes-value', '--unsetenv', 'LANG', '--', @words],
			dir => $dir, limit => $seconds, env => { LOGNAME => @prefix || $> ? 'nobody' : 'root' });
	};
}

my (%report, @order, @notable);
sub one_program {
	my ($program, $me, $with) = @_;
	my $full = "$program->{suite}/$program->{name}";
	my (@wrong, $count);
	for my $case (kyua_cases($with, $program)) {
		next if $only && "$full:$case->{name}" !~ $only;
		for my $result (kyua_run($with, $program, $case, $tree, $me)) {
			my ($part, $how, $words, $r) = @$result;
			my $name = length $part ? "$full:$part" : $full;
			my $e = expectation($name, $me);
			my $want = $e ? $e->{how} : 'passed';
			$count++;
			push @order, $program->{suite} if !$report{ $program->{suite} };
			$report{ $program->{suite} }{$me}{$how}++;
			# A failure that FreeBSD expects of itself needs no line of ours.
			my $good = $how =~ /\A(?:$want)\z/ || !$e && $how eq 'expected' || $e && $e->{wild} && $how eq 'passed';
			push @notable, [$program->{suite}, $name, $me, $how, $e ? $e->{why} : $words] if $how !~ /passed|expected/;
			next if $good;
			push @wrong, "$name: $how instead of $want" . (length $words ? " ($words)" : '');
			# What it wrote is shown once: the cases of a TAP program are one run.
			push @wrong, map { "  $_" } grep { length } map { split /\n/, substr($_, -1500) } $r->{out}, $r->{err}
				if $r && $how ne 'passed' && !$r->{shown}++;
		}
	}
	return if !$count;
	ok(!@wrong, "$full as $me: $count cases") or diag(join("\n", @wrong));
}

my @programs = kyua_programs($suites, '');
BAIL_OUT("no Kyuafile below $suites names a program") if !@programs;
# What a case leaves behind by a fixed name (message queues) is in root's way less than in others'.
my @users = ([$> == 0 ? 'root' : 'nobody', runner(fbird())]);
if (my ($fbird, @prefix) = nobodys_fbird()) {
	unshift @users, ['nobody', runner($fbird, @prefix)];
}
my $daemon = fork // die "fork: $!" if length($ENV{FBIRD_SUITES_DAEMON} // '');
if (defined $daemon && $daemon == 0) {
	open(STDIN, '<', '/dev/null');
	open(STDOUT, '>', '/dev/null');
	open(STDERR, '>&', \*STDOUT);
	exec(fbird(), 'run', @options, '--', split ' ', $ENV{FBIRD_SUITES_DAEMON}) or POSIX::_exit(98);
}
sleep 2 if defined $daemon; # until it listens
for my $user (@users) {
	my ($me, $with) = @$user;
	next if $me ne ($ENV{FBIRD_SUITES_AS} // $me);
	one_program($_, $me, $with) for @programs;
}

kill 'TERM', $daemon if defined $daemon;

# ---- the report ------------------------------------------------------------------------
sub cell {
	my ($text) = @_;
	return $text =~ s/\|/\\|/gr =~ s/\s+/ /gr;
}

my @kinds = qw(passed expected skipped failed broken timeout);
my @written = ("\n| Suite | As | Cases | ", join(' | ', @kinds), " |\n|---|---|", '---|' x (@kinds + 1), "\n");
my %all;
for my $suite (@order) {
	for my $me (sort keys %{ $report{$suite} }) {
		my %n = map { $_ => $report{$suite}{$me}{$_} // 0 } @kinds;
		my $sum = 0;
		$sum += $n{$_}, $all{$me}{$_} += $n{$_} for @kinds;
		push @written, "| $suite | $me | $sum | ", join(' | ', map { $n{$_} } @kinds), " |\n";
	}
}
for my $me (sort keys %all) {
	my $sum = 0;
	$sum += $_ for values %{ $all{$me} };
	push @written, "| all | $me | $sum | ", join(' | ', map { $all{$me}{$_} } @kinds), " |\n";
	diag("as $me: $sum cases, " . join(', ', map { "$all{$me}{$_} $_" } grep { $all{$me}{$_} } @kinds));
}
if (length($ENV{FBIRD_CONFORMANCE_SUITES} // '')) {
	my ($last, %seen) = ('');
	for my $n (@notable) {
		my ($suite, $name, $me, $how, $why) = @$n;
		push @{ $seen{"$suite\t$name\t$how\t$why"} }, $me;
	}
	for my $key (sort keys %seen) {
		my ($suite, $name, $how, $why) = split /\t/, $key, 4;
		push @written, "\n## $suite\n\n| Case | As | How it ended | Why |\n|---|---|---|---|\n" if $suite ne $last;
		$last = $suite;
		push @written, '| ' . join(' | ', map { cell($_) } substr($name, length($suite) + 1), join(', ', @{ $seen{$key} }), $how, $why) . " |\n";
	}
	open(my $out, '>', $ENV{FBIRD_CONFORMANCE_SUITES}) or die "$ENV{FBIRD_CONFORMANCE_SUITES}: $!";
	print $out slurp('tests/field/freebsd-suites.md'), @written;
	close $out;
}
done_testing;
