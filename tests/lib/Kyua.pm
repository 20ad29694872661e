# SPDX-License-Identifier: BSD-2-Clause
#
# Kyua: FreeBSD's own test programs, as kyua(1) finds and runs them. A directory's Kyuafile
# names its programs and directories (kyuafile(5)); a program speaks ATF (atf-test-program(1)),
# TAP, or only ends with a status ("plain").
package Kyua;
use strict;
use warnings;
use Exporter 'import';
use FbirdTest;
use File::Temp qw(tempdir);

our @EXPORT = qw(kyua_programs kyua_cases kyua_run);

my $limit = $ENV{FBIRD_SUITES_LIMIT} // 60; # seconds, for a case that does not ask for its own
my $usual = 300;                            # what ATF writes down when nothing was asked for

# The programs below a directory: { suite, name, kind, timeout, required_user, ... }
sub kyua_programs {
	my ($top, $suite) = @_;
	my $file = length $suite ? "$top/$suite/Kyuafile" : "$top/Kyuafile";
	my $text = slurp($file);
	my @found;
	if (!defined $text) {
		return map { kyua_programs($top, $_) }
			map { length $suite ? "$suite/$_" : $_ } sort grep { -d (length $suite ? "$top/$suite/$_" : "$top/$_") } names("$top/$suite");
	}
	$text =~ s/^\s*--.*$//mg;
	while ($text =~ /\b(?:(atf|plain|tap)_test_program\s*\{(.*?)\}|include\s*\(\s*['"](.*?)\/Kyuafile['"]\s*\))/sg) {
		my ($kind, $words, $below) = ($1, $2, $3);
		if (defined $below) {
			push @found, kyua_programs($top, length $suite ? "$suite/$below" : $below);
			next;
		}
		my %o = (kind => $kind, suite => $suite);
		$o{$1} = $2 // $3 while $words =~ /(\w+)\s*=\s*(?:["']([^"']*)["']|(\w+))/g;
		push @found, \%o if defined $o{name};
	}
	return @found;
}

sub names {
	my ($dir) = @_;
	opendir(my $in, $dir) or return ();
	return grep { !/^\./ } readdir $in;
}

# The cases of a program: { name, and its properties }. What cannot be listed is one case
# that says why.
sub kyua_cases {
	my ($with, $program) = @_;
	my %given = map { s/^required_/require./r => $program->{$_} } grep { /^required_|^timeout$/ } keys %$program;
	return ({ name => '', %given }) if $program->{kind} ne 'atf';
	my $r = $with->(["./$program->{name}", '-l'], $program, 30);
	my @cases;
	for my $block (split /\n\n+/, $r->{out} =~ s/\A.*?\n\n//sr) {
		my %case = (%given, $block =~ /^([\w.-]+): *(.*)$/mg);
		$case{timeout} = $program->{timeout} if $program->{timeout};
		push @cases, { %case, name => $case{ident} } if defined $case{ident};
	}
	return @cases if outcome($r) eq '0' && @cases;
	return ({ name => '', cannot => 'cannot be listed: ' . outcome($r) . ' ' . substr($r->{err} || $r->{out}, 0, 300) });
}

# What keeps a case from being run at all, as kyua decides it from the properties.
sub wanting {
	my ($case, $root, $me) = @_;
	my $user = $case->{'require.user'} // '';
	return "for $user" if $user eq 'root' && $me ne 'root' || $user eq 'unprivileged' && $me eq 'root';
	my @path = qw(/sbin /bin /usr/sbin /usr/bin /usr/local/sbin /usr/local/bin);
	for my $p (split ' ', ($case->{'require.progs'} // '') . ' ' . ($case->{'require.programs'} // '')) {
		return "there is no $p" if length $root && !grep { -e "$root$_" } $p =~ m{^/} ? $p : map { "$_/$p" } @path;
	}
	for my $f (split ' ', $case->{'require.files'} // '') {
		return "there is no $f" if length $root && !-e "$root$f" && $f !~ m{^/dev/};
	}
	return 'it wants settings of the machine: ' . $case->{'require.config'}
		if length($case->{'require.config'} // '') && $case->{'require.config'} !~ /^\s*unprivileged-user\s*$/;
	return undef;
}

# kyua_run($with, $program, $case, $root, $me) gives a list of [name, outcome, words, run]:
# passed, expected (a failure FreeBSD itself has), skipped, failed, broken (no result, or one
# that its end contradicts) and timeout. $with->(command, program, seconds, directory) runs it.
sub kyua_run {
	my ($with, $program, $case, $root, $me) = @_;
	return ([$case->{name}, 'broken', $case->{cannot}]) if $case->{cannot};
	my $lacks = wanting($case, $root, $me);
	return $lacks =~ /^for/ ? () : ([$case->{name}, 'skipped', $lacks]) if defined $lacks;
	my $seconds = $case->{timeout} && $case->{timeout} != $usual ? $case->{timeout} : $limit;
	my $place = tempdir(CLEANUP => 1);
	mkdir "$place/work";
	chmod 0777, $place, "$place/work";
	my @result = $program->{kind} eq 'atf' ? run_atf($with, $program, $case, $seconds, $place)
		: $program->{kind} eq 'tap' ? run_tap($with, $program, $seconds, $place)
		: run_plain($with, $program, $seconds, $place);
	# What a test made unremovable or unreadable goes too.
	system('chmod', '-R', 'u+rwX', $place);
	return @result;
}

sub run_atf {
	my ($with, $program, $case, $seconds, $place) = @_;
	my @command = ("./$program->{name}", '-r', "$place/result", '-s', '%SRCDIR%', '-v', 'unprivileged-user=nobody');
	my $r = $with->([@command, $case->{name}], $program, $seconds, "$place/work");
	my $said = slurp("$place/result") // '';
	$with->([@command, "$case->{name}:cleanup"], $program, $seconds, "$place/work")
		if ($case->{'has.cleanup'} // '') eq 'true';
	my ($how, $number, $why) = $said =~ /\A(\w+)(?:\((\d+)\))?(?::\s*(.*))?/s;
	$why = ($why // '') =~ s/\s+/ /gr =~ s/ \z//r;
	my $end = outcome($r);
	my $result =
		$end eq 'TIMEOUT' ? ($said =~ /^expected_timeout/ ? 'expected' : 'timeout')
		: !defined $how ? 'broken'
		: $how eq 'passed' || $how eq 'skipped' ? ($end eq '0' ? $how : 'broken')
		: $how eq 'failed' ? 'failed'
		: $how eq 'expected_failure' ? ($end eq '0' ? 'expected' : 'broken')
		: $how eq 'expected_death' ? 'expected'
		: $how eq 'expected_exit' ? ($end =~ /^\d+$/ && (!defined $number || $end == $number) ? 'expected' : 'broken')
		: $how eq 'expected_signal' ? ($end =~ /^SIG(\d+)/ && (!defined $number || $1 == $number) ? 'expected' : 'broken')
		: 'broken';
	$why = "ended with $end" . (length $why ? ", $why" : '') if $result eq 'broken';
	return ([$case->{name}, $result, $why, $r]);
}

sub run_tap {
	my ($with, $program, $seconds, $place) = @_;
	my $r = $with->(["./$program->{name}"], $program, $seconds, "$place/work");
	my ($plan) = $r->{out} =~ /^1\.\.(\d+)/m;
	my @results;
	return (['', 'skipped', $1, $r]) if $r->{out} =~ /^1\.\.0\s*#\s*skip\w*\s*(.*)/mi;
	while ($r->{out} =~ /^(not )?ok\b[ \t]*(\d+)?[ \t]*-?[ \t]*([^#\n]*?)[ \t]*(?:#[ \t]*(?:(todo|skip)\S*)?[ \t]*(.*))?$/mgi) {
		my ($not, $number, $name, $mark, $why) = ($1, $2 // @results + 1, $3, lc($4 // ''), $5);
		my $how = $mark eq 'skip' ? 'skipped' : !$not ? 'passed' : $mark eq 'todo' ? 'expected' : 'failed';
		push @results, [$number, $how, $why // $name, $r];
	}
	my $end = outcome($r);
	push @results, ['', $end eq 'TIMEOUT' ? 'timeout' : 'broken', "ended with $end after " . @results . ' of ' . ($plan // '?'), $r]
		if !defined $plan || $plan != @results || $end ne '0' && !grep { $_->[1] eq 'failed' } @results;
	return @results;
}

sub run_plain {
	my ($with, $program, $seconds, $place) = @_;
	my $r = $with->(["./$program->{name}"], $program, $seconds, "$place/work");
	my $end = outcome($r);
	my ($last) = "$r->{err}\n$r->{out}" =~ /([^\n]+)\n*\z/;
	return (['', $end eq '0' ? 'passed' : $end eq 'TIMEOUT' ? 'timeout' : $end =~ /^SIG/ ? 'broken' : 'failed',
		$end eq '0' ? '' : "ended with $end: " . ($last // ''), $r]);
}

1;
