#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# Any bytes may be called a program of the PDP-11 and run: it ends, is ended by a signal of its
# own, or has to be stopped; the runtime has no accident. Each runs among processes of its own,
# for it may send any signal to any number, and without rights beyond ours.
use strict;
use warnings;
use lib 'tests/lib';
use FbirdTest;
use File::Temp qw(tempdir);
use Test::More;

my $count = $ENV{PDP11_PROGRAMS} // 120;
my $seed = $ENV{PDP11_SEED} // 1970;
my @alone = qw(unshare --user --map-current-user --pid --fork --kill-child);
my $try = run(cmd => [@alone, 'true']);
my @as = unprivileged();
my $dir = tempdir(CLEANUP => 1);
my (%ended, @bad);

# A process that may signal all others has to be alone, or a user of its own.
BAIL_OUT("neither namespaces nor another user to run anything as: $try->{err}") if outcome($try) ne '0' && !@as;
@alone = @as if outcome($try) ne '0';
chmod 0777, $dir;
srand $seed;
for my $n (1 .. $count) {
	my $magic = (0407, 0410, 0411, 0405, 0430, 0431)[rand 6];
	my $size = 2 * int rand 0x2000;
	my @code = map { rand() < 0.3 ? (0012700 + int(rand 8), int rand 65536) : int rand 65536 } 1 .. $size / 2;
	my $text = pack('v*', @code[0 .. $size / 2 - 1]);
	my $file = "$dir/p$n";
	my ($t, $d) = $magic == 0407 ? ($size, 0) : ($size / 2 & ~1, $size - ($size / 2 & ~1));

	open(my $o, '>:raw', $file) or die "cannot write $file: $!";
	print $o pack('v8', $magic, rand() < 0.9 ? ($t, $d) : (int rand 65536, int rand 65536), int rand 4096, 0, 2 * int rand 64, 0, 1), $text;
	close $o;
	chmod 0755, $file;
	for my $engine ('', 'interp') {
		my $r = run(cmd => [@alone, 'timeout', '-s', 'KILL', '1', fbird(), 'run', '--personality', (qw(v7 v6 v1 bsd211))[$n % 4], $file],
			dir => $dir, env => { FBIRD_PDP11 => $engine });
		my $how = outcome($r);

		$ended{$how}++;
		push @bad, "program $n ($engine): $how: $r->{err}" if $r->{err} =~ /bug of FeuerBird/ || ($how eq '126' && $r->{err} !~ /\Afbird: /);
	}
	unlink $file;
}
is(scalar @bad, 0, "$count programs of anything, by both engines") or diag(join "\n", @bad[0 .. ($#bad > 4 ? 4 : $#bad)]);
cmp_ok(scalar(grep { !/^126$/ } keys %ended), '>=', 3, 'they ended in several ways: ' . join(', ', map {"$_ ($ended{$_})"} sort keys %ended));
note("PDP11_SEED=$seed");
done_testing;
