#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# A Go program that serves HTTP over TCP, IPv6 and unix sockets, builds pipelines, takes
# signals, runs ten thousand goroutines on files, locks and maps (tests/field/go): built for
# FreeBSD and for Linux it prints the same, run after run.
use strict;
use warnings;
use lib 'tests/lib';
use Field;
use FbirdTest;
use File::Temp qw(tempdir);
use Test::More;

need('no go command', scalar grep { -x "$_/go" } split /:/, $ENV{PATH});
chomp(my $source = `pwd`);
my $place = tempdir(CLEANUP => 1);
my %common = (GOCACHE => "$build/gocache", GOFLAGS => '', GO111MODULE => 'off', CGO_ENABLED => 0,
	HOME => $ENV{HOME} // '/', TMPDIR => '/tmp');
for my $system (qw(linux freebsd)) {
	my $r = run(cmd => ['go', 'build', '-o', "$place/$system", 'main.go'],
		dir => "$source/tests/field/go",
		env => { %common, GOOS => $system }, limit => 600);
	is(outcome($r), '0', "built for $system") or describe($r);
}
my $native = run(cmd => ["$place/linux"], limit => 120);
is(outcome($native), '0', 'on Linux') or describe($native);
unlike($native->{out}, qr/FAILED/, 'and nothing fails there') or diag($native->{out});
for my $again (1 .. ($ENV{FIELD_TIMES} // 3)) {
	my $r = run(cmd => [fbird(), 'run', "$place/freebsd"], limit => 120);
	is(outcome($r), '0', "as FreeBSD's, run $again") or describe($r);
	is($r->{out}, $native->{out}, 'the same words');
}
done_testing;
