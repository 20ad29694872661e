#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# FBIRD_LOG: what the runtime tells of its own doings, by room and level (fbird-run(1)).
use strict;
use warnings;
use lib 'tests/lib';
use FbirdTest;
use Test::More;


# logged(FBIRD_LOG, STATUS, WORDS of fbird run...): the lines, without process and newline.
sub logged {
	my ($log, $status, @words) = @_;
	my $r = run(cmd => [fbird(), 'run', @words], env => { FBIRD_LOG => $log });
	is(outcome($r), $status, "FBIRD_LOG=$log: the program ends as it does") or describe($r);
	return [map { s/^fbird\[\d+\] //r } split /\n/, $r->{err}];
}

sub has {
	my ($lines, $pattern, $name) = @_;
	ok((grep { /$pattern/ } @$lines), $name) or diag(join("\n", @$lines));
}

sub only {
	my ($lines, $rooms, $name) = @_;
	ok(@$lines > 0 && !(grep { !/^(?:$rooms): / } @$lines), $name) or diag(join("\n", @$lines));
}

is_deeply(logged('warn', 0, "$build/golden/unknown_requests"), [
	'personality: ioctl 20005a7a is not known',
	'personality: socket option 23163 of level 17 is not known',
	'personality: sysctl 23164.23165, of 2 numbers, is not known',
	'personality: sysctl no.such.name is not known',
], 'what FreeBSD\'s program asks for and is not known');
is_deeply(logged('warn', 0, "$build/golden-illumos/unknown_requests"), [
	'personality: ioctl 5a7a is not known',
	'personality: socket option 23163 of level 17 is not known',
], 'what illumos\'s program asks for and is not known');
has(logged('warn:personality', 'SIG31', "$build/golden/missing_call"), qr/^personality: call 60000 is missing$/,
	'a call that is missing');
is_deeply(logged('warn:core', 0, "$build/golden/unknown_requests"), [], 'another room keeps quiet');
is_deeply(logged('off', 0, "$build/golden/unknown_requests"), [], 'off');
is_deeply(logged('', 0, "$build/golden/unknown_requests"), [], 'nothing');
is_deeply(logged('warn,off:personality', 0, "$build/golden/unknown_requests"), [], 'but for a room');

for my $system (qw(freebsd illumos)) {
	my $lines = logged('info', 5, "$build/twin/traced.$system");
	has($lines, qr/^rt: \S+ runs as $system: /, "$system: what it runs as, and why");
	has($lines, qr/^exo: calls are caught by \w/, "$system: how calls are caught");
	has($lines, qr/^core: a fork, .*: \d+$/, "$system: a fork");
	has($lines, qr/^core: the host's signal 10, /, "$system: a signal");
	has($lines, qr/^core: the process exits with $_$/, "$system: an exit with $_") for 7, 5;
	ok(!(grep { /^loader: the program is at/ } @$lines), "$system: nothing of the next level");
}

my $lines = logged('debug', 0, "$build/golden/hammer");
has($lines, qr/^loader: the program is at [0-9a-f]+ to [0-9a-f]+/, 'where the program is');
has($lines, qr/^exo: the call at [0-9a-f]+ (?:is made cheap|stays one that traps)$/, 'a call site');
only(logged('debug:loader', 0, "$build/golden/hammer"), 'loader', 'one room alone');
only(logged('debug:exo,debug:loader', 0, "$build/golden/hammer"), 'loader|exo', 'two rooms');

my $r = run(cmd => [fbird(), 'run', "$build/golden/unknown_requests"], env => { FBIRD_LOG => 'warn,loud:exo' });
like($r->{err}, qr/\Afbird: FBIRD_LOG: 'loud:exo' is not LEVEL or LEVEL:ROOM; [^\n]*\n.*sysctl no\.such\.name/s,
	'what makes no sense is told, and the rest holds');
is(outcome($r), '0', 'and the program runs');

done_testing();
