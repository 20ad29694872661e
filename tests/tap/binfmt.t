#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# fbird binfmt against a real binfmt_misc, in a user namespace of the test's own, so that the
# machine's registrations are left alone (Linux 6.7 and later have one per namespace).
use strict;
use warnings;
use lib 'tests/lib';
use FbirdTest;
use Test::More;

my @inside = qw(unshare --user --map-root-user --mount sh -euc);
my $mount = 'mount -t binfmt_misc none /proc/sys/fs/binfmt_misc';
my $try = run(cmd => [@inside, $mount]);
plan skip_all => "this host has no binfmt_misc for user namespaces: $try->{err}" if outcome($try) ne '0';

sub inside {
	my ($script) = @_;
	return run(cmd => [@inside, "$mount; f=\$1; shift; $script", 'sh', fbird(), "$build/golden/hello"]);
}

sub is_run {
	my ($script, $out, $status, $name) = @_;
	my $r = inside($script);
	ok($r->{out} =~ $out && outcome($r) eq $status, $name) or describe($r);
}

is_run('"$f" binfmt --install; "$f" binfmt --status', qr/registered as fbird-freebsd:\n  enabled/, '0', 'registered');
is_run('"$f" binfmt --install; "$1"', qr/\Ahello from FreeBSD\n\z/, '42', 'a FreeBSD program is executed directly');
is_run('"$f" binfmt --install; cd "${1%/*}"; /usr/bin/env -i PATH=. hello',
	qr/\Ahello from FreeBSD\n\z/, '42', 'and by env, with its name');
is_run('"$f" binfmt --install; "$f" binfmt --remove; "$f" binfmt --status || test -z "$(ls /proc/sys/fs/binfmt_misc | grep fbird)"',
	qr/not registered/, '0', 'removed');
done_testing;
