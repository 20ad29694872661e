#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# fbird binfmt against a real binfmt_misc, in a user namespace of the test's own, so that the
# machine's registrations are left alone (Linux 6.7 and later have one per namespace).
use strict;
use warnings;
use lib 'tests/lib';
use FbirdTest;
use File::Copy qw(copy);
use File::Path qw(make_path);
use File::Temp qw(tempdir);
use Test::More;

my @inside = qw(unshare --user --map-root-user --mount sh -euc);
my $mount = 'mount -t binfmt_misc none /proc/sys/fs/binfmt_misc';
my $try = run(cmd => [@inside, $mount]);
plan skip_all => "this host has no binfmt_misc for user namespaces: $try->{err}" if outcome($try) ne '0';

# A program that wants a dynamic linker, and a root that has it: hello plays the part.
my $dir = tempdir(CLEANUP => 1);
make_path("$dir/tree/libexec", "$dir/tree/bin");
copy("$build/golden/hello", "$dir/tree/libexec/ld-test.so.1") or BAIL_OUT('make guests first');
chmod 0755, "$dir/tree/libexec/ld-test.so.1";
open(my $source, '>', "$dir/dynamic.c") or die "$dir/dynamic.c: $!";
print $source "int _start(void);\nint _start(void)\n{\n\treturn 0;\n}\n";
close $source;
system(qw(clang --target=x86_64-unknown-freebsd14 -nostdlib -fPIE -pie -fuse-ld=lld),
	'-Wl,--dynamic-linker=/libexec/ld-test.so.1', '-o', "$dir/dynamic", "$dir/dynamic.c") == 0 or BAIL_OUT('clang cannot link');

sub inside {
	my ($script) = @_;
	return run(cmd => [@inside, "$mount; f=\$1; shift; $script", 'sh', fbird(), "$build/golden/hello", "$dir/dynamic", "$dir/tree"],
		env => { FBIRD_ROOTS => "$dir/store" });
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
is_run('"$f" binfmt --install; "$2"', qr/\A\z/, '126', 'a dynamic program without a root is told what it lacks');
is_run('"$f" root add one "$3" --personality freebsd >/dev/null; "$f" binfmt --install; "$2"', qr/\Ahello from FreeBSD\n\z/, '42',
	'and with one finds its dynamic linker there');
is_run('"$f" binfmt --install; "$f" binfmt --remove; "$f" binfmt --status || test -z "$(ls /proc/sys/fs/binfmt_misc | grep fbird)"',
	qr/not registered/, '0', 'removed');
done_testing;
