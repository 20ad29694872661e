#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# Perl's own tests (t/ and lib/ of its source) by the perl of each FreeBSD tree of
# FBIRD_FREEBSD_ROOT (several between colons) that has the version of FBIRD_PERL_SOURCE, a tree of
# Perl's source. They expect to be run where Perl was built: the sources' place, with what the
# build adds to lib/ taken from the installed one. FBIRD_CONFORMANCE_PERL=FILE writes down how
# they ended.
use strict;
use warnings;
use lib 'tests/lib';
use Cwd ();
use FbirdTest;
use File::Temp qw(tempdir);
use Test::More;

# What the build makes and does not install.
my %known = (
	'op/goto_xs.t' => 'it wants XS::APItest, which only a build has',
	're/uniprops.t' => 'it wants lib/unicore/TestProp.pl, which only a build has',
);

my $source = Cwd::abs_path($ENV{FBIRD_PERL_SOURCE} // '') // '';
plan(skip_all => 'FBIRD_PERL_SOURCE names no tree of Perl\'s source') if !-f "$source/t/TEST";
my %number = slurp("$source/patchlevel.h") =~ /^#define PERL_(\w*VERSION)\s+(\d+)/mg;
my $wanted = "5.$number{VERSION}.$number{SUBVERSION}";

sub perl {
	my ($root, @arguments) = @_;
	return run(cmd => [fbird(), 'run', '--root', $root, '/usr/local/bin/perl', @arguments], env => { LC_ALL => 'C' });
}

my @roots = grep { -f "$_/usr/local/bin/perl" && perl($_, '-e', 'printf "%vd", $^V')->{out} eq $wanted }
	map { Cwd::abs_path($_) // () } split /:/, $ENV{FBIRD_FREEBSD_ROOT} // '';
plan(skip_all => "FBIRD_FREEBSD_ROOT names no FreeBSD tree with perl $wanted") if !@roots;

# With a terminal, because op/stat.t looks at one.
sub tests {
	my ($root, $place, @scripts) = @_;
	my $command = join ' ', map { quotemeta } fbird(), 'run', '--root', $root, './perl', 'TEST', @scripts;
	my $r = run(cmd => ['script', '-qec', "cd '$place/t' && env -u LANG -u LC_ALL $command", '/dev/null'], limit => 1800);
	$r->{out} =~ s/\r//g;
	return $r;
}

my $report = '';
for my $root (@roots) {
	my $place = tempdir(CLEANUP => 1);
	my $shared = perl($root, '-MConfig', '-e', 'print $Config{privlibexp}')->{out};
	my $own = perl($root, '-MConfig', '-e', 'print $Config{archlibexp}')->{out};
	system("cp -r '$source/.' '$place' && cp -rL '$root$own/.' '$place/lib' && cp -rnL '$root$shared/.' '$place/lib'"
		. " && ln -sf /usr/local/bin/perl '$place/perl' && ln -sf /usr/local/bin/perl '$place/t/perl'") == 0
		or BAIL_OUT("cannot lay out Perl's tests in $place");
	my @scripts = map { s{^\Q$place\E/(?:t/)?}{}r } map { glob "$place/$_/*.t" } map({ "t/$_" } qw(base cmd comp io op uni mro re run lib)), 'lib', 'lib/*';
	s{^(?=lib/)}{../} for grep { !-f "$place/t/$_" } @scripts;

	my $r = tests($root, $place, @scripts);
	my ($ran, $tests) = $r->{out} =~ /scripts=(\d+)\s+tests=(\d+)/;
	my @failed = $r->{out} =~ /^\t(\S+\.t)$/mg;
	my @skipped = map { s/^t\///r } $r->{out} =~ /^(\S+) \.+ skipped$/mg;
	my $passed = @scripts - @failed - @skipped;
	is($ran // 0, $passed, "$root: what did not fail or skip itself ran") or describe($r);
	cmp_ok($passed, '>', 500, "$root: most of Perl's scripts pass");
	is(join(' ', grep { !$known{$_} } @failed), '', "$root: none fails without a reason") or describe($r);
	$report .= "\n## Perl $wanted on FreeBSD " . freebsd_version($root) . "\n\n| How they ended | Scripts |\n|---|---|\n"
		. "| passed | $passed, with " . ($tests // 0) . " tests |\n"
		. join('', map { "| failed | $_: $known{$_} |\n" } grep { $known{$_} } @failed)
		. '| skipped by themselves | ' . join(', ', @skipped) . " |\n";
}
if (my $file = $ENV{FBIRD_CONFORMANCE_PERL}) {
	open(my $out, '>', $file) or BAIL_OUT("cannot write $file: $!");
	print $out "# Perl's own tests\n\nWritten by `FBIRD_FREEBSD_ROOT=DIR[:DIR...] FBIRD_PERL_SOURCE=DIR FBIRD_CONFORMANCE_PERL=docs/conformance/freebsd-perl.md make field`:\n"
		. "`./perl TEST` over `t` and `lib` of Perl's source, by the perl of the tree (tests/field/freebsd-perl.t).\n$report";
	close $out;
}
done_testing;
