#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# Rust for illumos: a program of threads, files, processes, sockets, panics and much-used crates
# (tokio, rayon, regex, serde) says word for word what its Linux build says, as root and as nobody. Its standard
# library is built for illumos from Debian's source of it, and linked with fbird cc.
use strict;
use warnings;
use lib 'tests/lib';
use Field;
use FbirdTest;
use File::Path qw(make_path);
use Test::More;

my $place = "$build/fixtures/rust";
my $said = `tests/tools/rust.sh $place 2>&1`;
need("no Rust: $said", $? == 0);

my $linker = "$place/illumos-cc";
write_file($linker, "#!/bin/sh\nexec " . fbird() . " cc --target illumos \"\$@\"\n");
chmod 0755, $linker;
make_path("$place/home", "$place/program/src");
write_file("$place/program/$_", slurp("tests/field/rust/$_")) for 'Cargo.toml', 'src/main.rs';
write_file("$place/home/config.toml", <<"T");
[source.crates-io]
replace-with = "debian"
[source.debian]
directory = "$place/root/usr/share/cargo/registry"
[target.x86_64-unknown-illumos]
linker = "$linker"
rustflags = ["--sysroot", "$place/illumos"]
T

my $bin = "$place/root/usr/bin";
for my $target ('x86_64-unknown-illumos', 'x86_64-unknown-linux-gnu') {
	my $r = run(cmd => ["$bin/cargo", 'build', '-q', '--offline', '--target', $target, '--target-dir', "$place/target"],
		dir => "$place/program", limit => 300,
		env => { CARGO_HOME => "$place/home", RUSTC => "$bin/rustc", LD_LIBRARY_PATH => "$place/root/usr/lib/x86_64-linux-gnu" });
	ok(outcome($r) eq '0', "the program is built for $target") or describe($r);
}

my ($illumos, $linux) = map { "$place/target/x86_64-unknown-$_/debug/everyday" } 'illumos', 'linux-gnu';
my @users = (['root', fbird()]);
if (my ($nobodys, @drop) = nobodys_fbird()) {
	push @users, ['nobody', $nobodys, @drop];
}
for (@users) {
	my ($user, $fbird, @drop) = @$_;
	my $want = run(cmd => [@drop, $linux, 'an', 'argument'], limit => 60);
	my $got = run(cmd => [@drop, $fbird, 'run', $illumos, 'an', 'argument'], limit => 60);
	ok(outcome($want) eq '3' && $want->{out} =~ /^async file true$/m, "$user: the Linux build runs") or describe($want);
	is(outcome($got), outcome($want), "$user: the build for illumos ends the same way") or describe($got);
	ok(same_text($got->{out}, $want->{out}), "$user: and says the same");
	is($got->{err}, $want->{err}, "$user: and its panics are told at the same places");
}
# fbird debug, where the language gdb reads is Rust.
SKIP: {
	skip 'no gdb here', 6 if !grep { -x "$_/gdb" } split /:/, $ENV{PATH};
	for my $plain ([], ['--no-python']) {
		my @commands = ('break everyday::threads', 'continue', 'next', 'bt 2', 'fbird-catch nosuchcall', 'fbird-catch write', 'fbird-condition $bpnum arg0 == 1', 'continue', 'bt',
			'delete', 'fbird-catch-return write', 'fbird-condition $bpnum result > 10', 'fbird-catch-signal SIGUSR1', 'continue');
		my $r = run(cmd => [fbird(), 'debug', '--batch', @$plain, (map { ('-ex', $_) } @commands), $illumos], limit => 120);
		my $name = @$plain ? 'without Python' : 'with Python';
		ok($r->{out} =~ /hit Breakpoint \d+, everyday::threads|Breakpoint \d+, everyday::threads \(\) at src\/main\.rs:(?:.*\n)*#0 +everyday::threads \(\) at src\/main\.rs:\d+\n#1 .* everyday::main \(\) at /, "$name: gdb stops in it, with its lines") or do { diag($r->{out}); describe($r) };
		ok($r->{out} =~ /illumos has no call 'nosuchcall'(?:.*\n)*write \(0x1, 0x\w+, 0x12\)\n  called from write (?:.*\n)*write = 18\n/, "$name: calls by name, with conditions") or do { diag($r->{out}); describe($r) };
		ok(@$plain || $r->{out} =~ /^#0 .*<call write> .*\n(?:#.*\n)*#\d+ .* everyday::threads \(\) at src\/main\.rs/m, "$name: the stack from there") or do { diag($r->{out}); describe($r) };
	}
}
done_testing();
