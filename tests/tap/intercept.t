#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# Each way of catching a guest's calls (FBIRD_INTERCEPT, fbird-run(1)): some of the golden
# programs by each, and programs that execute others of both systems.
use strict;
use warnings;
use lib 'tests/lib';
use FbirdTest;
use Test::More;

my @programs = qw(hello frame jit jump_to_call registers hammer fork_threads threads umtx_wait
	kqueue_signal stack_overflow);

sub same {
	my ($method, $name, $out, $status, @args) = @_;
	my $r = run(cmd => [fbird(), 'run', @args], env => { FBIRD_INTERCEPT => $method });
	# A host need not have them all; that it lacks one is a sentence and not a failure.
	return ok(1, "$method: not on this host") if $r->{status} == 126 && $r->{err} =~ /FBIRD_INTERCEPT/;
	ok($r->{out} eq $out && outcome($r) eq $status && $r->{err} eq '', "$method: $name")
		or describe($r);
}

for my $method (qw(inclusive exclusive seccomp nonsense)) {
	for my $name ($method eq 'nonsense' ? 'hello' : @programs) {
		my $status = slurp("tests/golden/$name.status") // '0';
		chomp $status;
		same($method, $name, slurp("tests/golden/$name.out"), $status, "$build/golden/$name");
	}
	my $hello = slurp('tests/golden/hello.out');
	my $status = slurp('tests/golden/hello.status') // '0';
	chomp $status;
	# The shell is a Linux program, and so is env; each execve is a new runtime or none.
	same($method, 'a shell executes FreeBSD and Linux programs', "$hello$hello" . "ok\n", $status,
		'--personality', 'linux', '/bin/sh', '-c',
		"$build/golden/hello; env -i PATH=\$PATH $build/golden/hello; s=\$?; echo ok | cat; exit \$s");
}

# What the first image finds out about the machine, later ones are told (exo_machine_told): with
# either answer calls and what interrupts them are the same.
for my $known (0, 1) {
	for my $name (qw(hello signal_restart fork_threads)) {
		my $status = slurp("tests/golden/$name.status") // '0';
		chomp $status;
		my $r = run(cmd => ["$build/lib/fbird/fbird-rt", "FBIRD1;machine=$known", "$build/golden/$name", $name]);
		ok($r->{out} eq slurp("tests/golden/$name.out") && outcome($r) eq $status, "machine=$known: $name")
			or describe($r);
	}
}
done_testing;
