#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
# The coverage pages say what the tables say, the links of the documents lead somewhere, and
# what a table calls FULL is named by a test.
use strict;
use warnings;
use lib 'tests/lib';
use FbirdTest;
use TestedCalls;
use File::Basename;
use Test::More;

for my $page (glob('docs/syscalls-*.md')) {
	my ($personality) = $page =~ /syscalls-([\w-]+)\.md$/;
	my $r = run(cmd => [fbird(), 'syscalls', $personality, '--markdown']);
	ok($r->{out} eq slurp($page), "$page is up to date") or diag("'make docs' writes it anew");
}
for my $page ('README.md', glob('docs/*.md')) {
	my $text = slurp($page);
	my @broken;
	while ($text =~ /\]\(([^)#:]+)(?:#[^)]*)?\)/g) {
		push @broken, $1 if !-e dirname($page) . "/$1";
	}
	is(join(' ', @broken), '', "the links of $page lead somewhere");
}
# Each system's programs and what they share; headers: where FreeBSD's and illumos's numbers are,
# the other constants go by name.
sub texts { return map { slurp($_) } map { glob } @_ }
my @native = ('tests/native/*.c', 'guest/feuerbird/*.c');
my @shared = glob('tests/guest/*.[ch]');
my %programs = (
	freebsd => ['tests/golden/*.{c,S}', 'tests/twin/*.c', @native, grep { !/linux|illumos/ } @shared],
	illumos => ['tests/golden-illumos/*.c', 'tests/twin/*.c', grep { !/linux|freebsd/ } @shared],
	linux => ['tests/twin/*.c', @native, grep { !/freebsd|illumos/ } @shared],
	feuerbird => [@native],
);
my %headers = (freebsd => join('', texts(grep { /\.h$/ && !/linux|illumos/ } @shared)),
	illumos => join('', texts(sort { ($a =~ /illumos/) <=> ($b =~ /illumos/) }
		grep { /\.h$/ && !/linux|freebsd/ } @shared)));
for my $personality (sort keys %programs) {
	my $rows = full_rows(slurp("personality/$personality/syscalls.def"));
	my $used = calls_used($personality, $headers{$personality}, texts(@{ $programs{$personality} }));
	ok(keys %$rows > 5, "$personality: the table was read");
	is(join(' ', unused($rows, $used)), '', "$personality: each FULL row is named by a test");
}

# The check itself: used and not only defined, in a comment or of another system.
my $table = join '', map { "SYS( $_, call$_, FULL, ERR, (), \"\")\n" } 1 .. 6;
$table .= "SYS(7, some, PARTIAL, ERR, (), \"\")\nPASS(8, host, FULL, ERR, (), \"\")\n";
my @texts = ("#define SYS_three 3\nsys(SYS_one); sys(SYS_three);",
	"/* SYS_two */ x(LINUX(2), FREEBSD(4));", "#define SYS_five 5\n", 'sys(SYS_call6);');
is(join(' ', unused(full_rows($table), calls_used('freebsd', "#define SYS_one\t1\n#define SYS_two 2\n", @texts))),
	'call2 call5 call6', 'a row that no program uses is noticed');
is(join(' ', unused(full_rows($table), calls_used('linux', undef, @texts))),
	'call1 call3 call4 call5', 'where constants go by name, too');
done_testing();
