#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# Every program of the research systems' trees (FBIRD_V1_ROOT, FBIRD_V7_ROOT and the like name them) is
# started once under each of the PDP-11's engines: without arguments, with nothing to read, for LIMIT
# seconds. It has to end by itself, by no signal, with no call missing, and the same way under both;
# what may end otherwise is in tests/field/research/every.list, with the reason.
#
# They run as tests/lib/ResearchTree.pm says, and what they change in the tree is thrown away.
#
# FBIRD_CONFORMANCE_EVERY=FILE writes down how each ended; FBIRD_EVERY=PATTERN picks programs.
use strict;
use warnings;
use lib 'tests/lib';
use FbirdTest;
use File::Find qw(find);
use File::Temp qw(tempdir);
use POSIX ();
use ResearchTree;
use Test::More;

my $limit = 4; # several sleep for five seconds
my @systems = grep { $ENV{'FBIRD_' . uc($_) . '_ROOT'} } qw(v1 v4 v5 v6 pwb v7 bsd29 bsd211 sys3);
plan(skip_all => 'FBIRD_V7_ROOT and its like name no trees of research systems') if !@systems;

# The first process of the namespace: it says how the program ended, which is not its own end.
my $first = 'open(my $f, ">", shift) or die $!; system { $ARGV[0] } @ARGV; print $f $?;';
my @alone = alone() or plan(skip_all => 'this host gives no process namespace');
my @folders = qw(bin sbin etc lib usr/bin usr/sbin usr/games usr/ucb usr/local usr/lib usr/libexec usr/jack usr/ken usr/fort usr/c);

# `SYSTEM PATH END reason`; END is "skip", "waits", "varies", "says", "missing" or what ended() gives.
my %listed;
for (split /\n/, slurp('tests/field/research/every.list')) {
	next if /^#|^\s*$/;
	my ($system, $path, $end, $why) = split ' ', $_, 4;
	BAIL_OUT("every.list: no reason: $_") if !$why;
	$listed{$system}{$path} = { end => $end, why => $why };
}

# What a program or a script is by its first bytes; tables of fonts and terminals are also 0407.
sub kind {
	my ($file) = @_;
	open(my $in, '<:raw', $file) or return '';
	my $n = read($in, my $head, 256) or return '';
	my $magic = $n >= 2 ? unpack('v', $head) : 0;

	return 'program' if grep { $magic == $_ } 0405, 0407, 0410, 0411, 0430, 0431;
	return $head =~ /[^\t\n\f\r -~]/ ? '' : 'script';
}

sub programs {
	my ($root) = @_;
	my @found;

	for my $folder (grep { -d "$root/$_" } @folders) {
		find({ no_chdir => 1, wanted => sub {
			$File::Find::prune = 1, return if m{/usr/lib/(?:font|term|tabset|learn/\w+)$};
			return if -l || !-f _ || !((stat _)[2] & 0111);
			my $kind = kind($_) or return;
			push @found, [substr($_, length $root), $kind];
		} }, "$root/$folder");
	}
	return sort { $a->[0] cmp $b->[0] } @found;
}

sub ended {
	my ($r) = @_;
	return 'waits' if $r->{timeout};
	return "fbird-$r->{status}" if !defined $r->{wait} || $r->{wait} eq '';
	return $r->{wait} & 127 ? 'signal-' . ($r->{wait} & 127) : 'exit-' . ($r->{wait} >> 8);
}

# The first thing it said that does not depend on the run.
sub first_line {
	my ($r) = @_;
	my $line = (grep { /\S/ } split /\n/, "$r->{out}\n$r->{err}")[0] // '';

	$line =~ s/\Q$r->{dir}\E/DIR/g;
	$line =~ s/[^ -~]+/ /g;
	$line =~ s/\d+(?:\.\d+){3}/ADDRESS/g;
	$line =~ s/^\s+|\s+$//g;
	return substr($line, 0, 64);
}

sub start {
	my ($root, $program, $kind, $engine) = @_;
	my $dir = tempdir(CLEANUP => 1);
	my @what = $kind eq 'script' ? ('/bin/sh', $program) : ($program);
	# In one order, for programs that print it.
	my @env = ('env', '-i', "HOME=$dir/work", "PATH=:/bin:/usr/bin:/usr/ucb:$ENV{PATH}", qw(TZ=GMT0 TERM=dumb USER=nobody),
		"FBIRD_PDP11=$engine");
	my $r;

	mkdir "$dir/$_", 0777 for qw(tmp none work);
	chmod 0777, $dir, map { "$dir/$_" } qw(tmp none work);
	$r = run(cmd => [@alone, unprivileged(), $^X, '-e', $first, "$dir/end", @env, fbird(), qw(run --missing --overlay --root), $root,
			'--bind', "$dir/tmp:/tmp", '--bind', "$dir/none:/compat/linux", '--chdir', '/tmp', '--', @what],
		dir => "$dir/work", limit => $limit);
	# Of what writes for ever the two ends will do; in lines it would take gigabytes.
	for (@$r{qw(out err)}) {
		substr($_, 1 << 18, -(1 << 18)) = "\n" if length > 1 << 20;
	}
	$r->{wait} = slurp("$dir/end");
	$r->{dir} = "$dir/work";
	return { end => ended($r), line => first_line($r), said => join("\n", grep { /fbird|FeuerBird/ } split /\n/, "$r->{err}\n$r->{out}"),
		seconds => $r->{seconds} };
}

# Both engines at once; the reference in a process of its own.
sub both {
	my @what = @_;
	my (@r, $reader);

	my $pid = open($reader, '-|') // die "fork: $!";
	if ($pid == 0) {
		my $r = start(@what, 'interp');
		print join("\0", %$r);
		close STDOUT;
		File::Temp::cleanup();
		POSIX::_exit(0);
	}
	push @r, start(@what, 'transl');
	{ local $/; push @r, { split /\0/, <$reader>, -1 }; }
	close $reader;
	return @r;
}

sub judge {
	my ($expected, $new, $ref) = @_;
	my $want = $expected->{end} // '';

	return $new->{said} =~ / is missing; asked/ ? '' : "$new->{end}, and misses no call" if $want eq 'missing';
	return "says: $new->{said}" if $new->{said} ne '' && $want !~ /^(?:varies|exit-126)$/;
	return "the interpreter says: $ref->{said}" if $ref->{said} ne '' && $want !~ /^(?:varies|exit-126)$/;
	return '' if $want eq 'varies';
	return "$new->{end}, but $ref->{end} under the interpreter" if $new->{end} ne $ref->{end};
	return $new->{end} eq $want ? '' : "$new->{end}, but $want is expected" if $want ne '' && $want ne 'says';
	return $new->{end} if $new->{end} !~ /^exit/;
	return "'$new->{line}', but '$ref->{line}' under the interpreter" if $new->{line} ne $ref->{line} && $want ne 'says';
	return '';
}

my $report = '';
umask 022;
for my $system (@systems) {
	my $copy = copy_of_tree($ENV{'FBIRD_' . uc($system) . '_ROOT'});
	my ($good, @rows) = (0);

	for (programs("$copy/root")) {
		my ($path, $kind) = @$_;
		my $expected = $listed{$system}{$path} // {};

		next if $ENV{FBIRD_EVERY} && "$system:$path" !~ /$ENV{FBIRD_EVERY}/;
		if (($expected->{end} // '') eq 'skip') {
			push @rows, "| $path | not started | $expected->{why} |\n";
			next;
		}
		my ($new, $ref) = both("$copy/root", $path, $kind);
		my $wrong = judge($expected, $new, $ref);

		# A host that was busy elsewhere for seconds is told from a program that hangs by trying it again.
		if ($wrong ne '' && "$new->{end} $ref->{end}" =~ /waits/) {
			diag("$system: $path: $wrong; once more");
			($new, $ref) = both("$copy/root", $path, $kind);
			$wrong = judge($expected, $new, $ref);
		}
		my $says = $expected->{why} // '';
		my $line = $new->{line} =~ s/\|/\\|/gr;

		ok($wrong eq '', "$system: $path: $new->{end}") or diag("$system: $path: $wrong; '$new->{line}'");
		$good += $wrong eq '';
		$wrong =~ s/[\n|]/ /g;
		push @rows, "| $path | " . ($wrong ne '' ? "**$wrong**" : $new->{end} =~ s/-/ /r) . " | " . ($line ne '' ? "`$line`" : '')
			. ($says ne '' ? " ($says)" : '') . " |\n";
	}
	$report .= "\n## $system: $good of " . @rows . "\n\n| Program | Ended | First line |\n|---|---|---|\n" . join('', @rows);
}
if (my $file = $ENV{FBIRD_CONFORMANCE_EVERY}) {
	open(my $out, '>', $file) or BAIL_OUT("cannot write $file: $!");
	print $out "# Research UNIX: every program\n\nWritten by `FBIRD_V7_ROOT=DIR ... FBIRD_CONFORMANCE_EVERY=FILE make field`\n"
		. "(tests/field/research-every.t): each program started without arguments and with nothing to read, under the\n"
		. "translator and the interpreter, which have to end the same.\n$report";
	close $out;
}
done_testing();
