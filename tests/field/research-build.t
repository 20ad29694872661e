#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# The Seventh Edition compiles itself: in a copy of FBIRD_V7_ROOT its own cc, as, ld, ar, make, yacc
# and lex build the commands and libraries of its usr/src by its own recipes (usr/src/cmd/cmake, the
# makefiles' `cmp`, compall and mklib). A command has to come out as the tree's own binary, byte for
# byte, and so do the members of the libraries. Some of what was built then runs on inputs, beside
# the tree's own: tests/field/research/build.list, in which $B is the folder of the one or the other.
#
# FBIRD_CONFORMANCE_BUILD=FILE writes down what became of each.
use strict;
use warnings;
use lib 'tests/lib';
use FbirdTest;
use ResearchTree;
use Test::More;

my $tree = $ENV{FBIRD_V7_ROOT};
plan(skip_all => 'FBIRD_V7_ROOT names no tree of the Seventh Edition with its sources') if !$tree || !-d "$tree/usr/src/cmd";

my @alone = alone() or plan(skip_all => 'this host gives no process namespace');
my $scratch = copy_of_tree($tree);
my $root = "$scratch/root";
my $folder = '/tmp/run'; # where what was built runs
my %rows;

# What `text` says to the system's shell in a folder of the tree.
sub shell {
	my ($where, $text, $limit) = @_;
	return run(cmd => [@alone, unprivileged(), fbird(), qw(run --missing --root), $root, '--bind', "$scratch/tmp:/tmp",
			'--bind', "$scratch/none:/compat/linux", '--chdir', $where, '/bin/sh', '-c', $text],
		dir => "$scratch/none", limit => $limit // 60, env => { PATH => ":/bin:/usr/bin:$ENV{PATH}", TZ => 'GMT0', TERM => 'dumb' });
}

# One result: a row of the report and a line of TAP; `why` is empty when it is as it should.
sub result {
	my ($section, $name, $good, $bad, $r) = @_;

	ok(!$bad, "$section: $name") or do { diag($bad); describe($r) if $r; diag($r->{out}) if $r; };
	push @{ $rows{$section} }, "| $name | " . ($bad ? "**$bad**" : $good) . " |\n";
}

# The recipe of each single file: where its binary belongs is what cmake sets D to.
sub recipes {
	my %belongs;

	for (split /\n/, slurp("$root/usr/src/cmd/cmake")) {
		my ($name, $how) = /^\t(\w+)\)\s*(.*;;)/ or next;
		$belongs{$name} = $how =~ /; D=(\S+)/ ? $1 : '/bin';
	}
	return %belongs;
}

sub build_commands {
	my %belongs = recipes();

	for my $file (sort map { s{.*/}{}r } glob("$root/usr/src/cmd/*.[csy]")) {
		my $name = $file =~ s/\.[csy]$//r;
		my $r = shell('/usr/src/cmd', "sh cmake $file");
		my $made = slurp("$root/usr/src/cmd/$name");

		if (!$belongs{$name}) {
			$r = shell('/usr/src/cmd', "cc -n -s -O $file -o $name");
			$made = slurp("$root/usr/src/cmd/$name");
			result('Commands of one file', $file, 'compiled; cmake has no recipe for it', defined $made ? '' : 'not compiled', $r);
			next;
		}
		my $own = slurp("$tree$belongs{$name}/$name");
		my $bad = !defined $made ? 'not compiled' : defined $own && $own ne $made ? 'not as the tree has it' : '';
		result('Commands of one file', $file, defined $own ? "$belongs{$name}/$name" : "compiled; the tree has no $belongs{$name}/$name", $bad, $r);
	}
}

sub build_folders {
	for my $folder (sort map { m{([^/]+)/makefile$} } glob("$root/usr/src/cmd/*/makefile")) {
		my $r = shell("/usr/src/cmd/$folder", 'make cmp </dev/null; echo "[$?]"', 120);
		my @same = $r->{out} =~ m{^cmp \S+ (/\S+)$}mg;
		my $bad = $r->{out} =~ /\n?\[0\]\n\z/ ? '' : 'make failed';
		my ($apart) = $r->{out} =~ m{^(\S+ \S+ differ:.*)}m;

		$bad ||= $apart // '';
		if (!@same && !$bad) {
			push @{ $rows{'Commands of a folder'} }, "| $folder | the makefile builds nothing: \"" . (split /\n/, $r->{out})[0] . "\" |\n";
			next;
		}
		result('Commands of a folder', $folder, join(', ', @same), $bad, $r);
	}
}

# The members of an archive (ar.h of the Seventh Edition); a library may also be one object.
sub members {
	my $ar = slurp($_[0]) // return;
	my ($at, %m) = (2);

	return { 'the object' => $ar } if length $ar < 2 || unpack('v', $ar) != 0177545;
	while ($at + 26 <= length $ar) {
		my ($name, $high, $low) = unpack('Z14 x8 v v', substr($ar, $at, 26));
		my $size = $high << 16 | $low;
		$m{$name} = substr($ar, $at + 26, $size) if $name ne '__.SYMDEF';
		$at += 26 + $size + ($size & 1);
	}
	return \%m;
}

# A library that is older than the tree's compiler may be another compiler's work in places.
sub build_libraries {
	my $compiler = (stat("$tree/lib/c1"))[9];

	for my $library (sort map { m{([^/]+)/compall$} } glob("$root/usr/src/lib*/compall")) {
		my ($own) = map { "$_/$library.a" } grep { -e "$tree/$_/$library.a" } qw(lib usr/lib);
		my $r = shell("/usr/src/$library", "sh compall; sh mklib", 180);
		my $to = "$root/usr/src/$library/$library.a";

		# The floating point simulator is put into the C library.
		($own, $to) = ('lib/libc.a', "$root/lib/libc.a") if !$own && !-e $to && slurp("$root/usr/src/$library/mklib") =~ m{/lib/libc\.a};
		my ($made, $want) = (members($to), $own ? members("$tree/$own") : undef);
		my @apart = !$made || !$want ? () : grep { !defined $made->{$_} || defined $want->{$_} && $made->{$_} ne $want->{$_} } sort keys %{ { %$made, %$want } };
		my $old = @apart && !grep({ !$made->{$_} } @apart) && (stat("$tree/$own"))[9] < $compiler;
		my @new = !$made || !$want ? () : grep { !defined $want->{$_} } sort keys %$made;
		my $good = !$want ? 'built' : "members of /$own: " . keys(%$want)
			. ($old ? '; other code in ' . join(', ', @apart) . ', as the tree has it from before its compiler' : '')
			. (@new ? "; @new, which the tree has not" : '');

		result('Libraries', $library, $good, !$made ? 'not built' : @apart && !$old ? "apart: @apart" : '', $r);
	}
}

# $B is a folder with all that was built, then one with the tree's own.
sub compare_runs {
	my %folder = (ed => '', awk => 'awk', sed => 'sed', sh => 'sh', dc => 'dc', make => 'make', m4 => 'm4', tbl => 'tbl', ratfor => 'ratfor', eqn => 'eqn',
		tar => 'tar', nroff => 'troff', lex => 'lex', yacc => 'yacc');

	for (qw(made own)) {
		mkdir "$root/$_";
		chmod 0777, "$root/$_";
	}
	for (grep { $folder{$_} } sort keys %folder) {
		shell("/usr/src/cmd/$folder{$_}", "make $_; cp $_ /made", 120);
	}
	shell('/', 'cp /bin/* /own');
	for (glob("$root/usr/src/cmd/*")) {
		system('cp', $_, "$root/made") if -f $_ && -x _ && !/cmake$|makeall$/;
	}
	for (split /^== /m, slurp('tests/field/research/build.list')) {
		my ($name, $text) = /^(.+)\n((?s:.*))/ or next;
		my %r;

		for my $b (qw(made own)) {
			system('rm', '-rf', "$scratch/tmp/run");
			mkdir "$scratch/tmp/run";
			chmod 0777, "$scratch/tmp/run";
			$r{$b} = shell($folder, "B=/$b; export B\n$text");
		}
		my $bad = !-e "$root/made/$name" ? 'was not built' : $r{own}{out} eq '' ? 'says nothing'
			: $r{made}{out} ne $r{own}{out} || $r{made}{err} ne $r{own}{err} ? 'runs otherwise than the tree\'s own' : '';
		result('What was built, run beside the tree\'s own', $name, 'the same output', $bad, $r{made});
	}
}

umask 022;
build_commands();
compare_runs();
build_folders();
build_libraries();
if (my $file = $ENV{FBIRD_CONFORMANCE_BUILD}) {
	open(my $out, '>', $file) or BAIL_OUT("cannot write $file: $!");
	print $out "# The Seventh Edition compiles itself\n\nWritten by `FBIRD_V7_ROOT=DIR FBIRD_CONFORMANCE_BUILD=FILE make field`\n"
		. "(tests/field/research-build.t): built from the tree's usr/src by its own compiler and recipes under the translator.\n"
		. "A path is that of the binary in the tree which the result equals, byte for byte.\n";
	for (sort keys %rows) {
		my $bad = grep { /\*\*/ } @{ $rows{$_} };
		print $out "\n## $_: " . (@{ $rows{$_} } - $bad) . ' of ' . @{ $rows{$_} } . "\n\n| Built | Result |\n|---|---|\n" . join('', @{ $rows{$_} });
	}
	close $out;
}
done_testing();
