#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# fbird info: what it says of good files, of broken ones, and with which exit status.
use strict;
use warnings;
use lib 'tests/lib';
use FbirdTest;
use File::Temp qw(tempdir);
use Test::More;

my $dir = tempdir(CLEANUP => 1);

sub info {
	my ($names, $status, $out, $err, $name, %more) = @_;
	my $r = run(cmd => [fbird(), 'info', @$names], dir => $dir, %more);
	my $good = outcome($r) eq $status && $r->{err} =~ $err;
	$good &&= $r->{out} =~ $_ for @$out;
	ok($good, $name) or do { diag("standard output:\n$r->{out}"); describe($r) };
	return $r;
}

sub file {
	my ($name, $bytes) = @_;
	open(my $o, '>:raw', "$dir/$name") or die "$name: $!";
	print $o $bytes;
	close $o;
	return $name;
}

# elf(e_type, e_machine, EI_OSABI, [type, flags, offset, vaddr, filesz, memsz, align]...)
sub elf {
	my ($type, $machine, $osabi, @segments) = @_;
	my $header = pack('a4 C5 x7 v2 V Q< Q< Q< V v6', "\177ELF", 2, 1, 1, $osabi, 0, $type, $machine, 1,
		0x400200, 64, 0, 0, 64, 56, scalar @segments, 64, 0, 0);
	$header .= pack('V2 Q<6', @$_[0 .. 3], $_->[3], @$_[4 .. 6]) for @segments;
	return $header . ("\0" x (0x200 - length $header));
}
my @text = (1, 5, 0, 0x400000, 0x300, 0x300, 0x1000);
my $note = pack('V3 a8 V', 8, 4, 1, 'FreeBSD', 1400097);
my $interp = "/libexec/ld-elf.so.1\0";
my $nothing = qr/\A\z/;
my $sentence = qr/\Afbird: .*\n\z/;

file('static', elf(2, 62, 9, [@text], [4, 4, 0x200, 0x400200, 24, 24, 4], [0x6474e551, 6, 0, 0, 0, 0, 0])
	. $note . ("\0" x 0x100));
info(['./static'], 0, [
	qr{\A\./static: ELF, 64 bits, x86-64, executable at a fixed address\n},
	qr/^  system +freebsd$/m, qr/^  because +a FreeBSD ABI note, osreldate 1400097 \(note\)$/m,
	qr/^  made for +FreeBSD 14\.0 or later$/m, qr/^  entry point +0x400200$/m,
	qr/^  segments +0x400000 +to 0x400300 +r-x /m, qr/^  interpreter +none: it is static$/m,
	qr/^  stack +not executable$/m], $nothing, 'a static FreeBSD program');
info(['static'], 0, [qr/\Astatic: ELF/], $nothing, 'a name of this directory');
file('dynamic', elf(2, 62, 0, [@text], [3, 4, 0x200, 0x400200, length $interp, length $interp, 1])
	. $interp . ("\0" x 0x100));
info(['./dynamic'], 0, [
	qr{because +its interpreter is /libexec/ld-elf\.so\.1 \(interpreter\)$}m,
	qr{^  interpreter +/libexec/ld-elf\.so\.1$}m, qr/^  stack +it does not say/m],
	$nothing, 'a dynamic one, told by its interpreter');
file('hint', elf(2, 62, 0, [@text]) . ("\0" x 0x100));
info(['./hint'], 0, [qr/linux/, qr/Linux is assumed \(fallback\)/], $nothing, 'a file without any hint');
info([fbird()], 0, [qr/linux/, qr/^  library +libc\./m], $nothing, 'fbird itself');
info(['sh'], 0, [qr{\A/.*/sh: ELF}], $nothing, 'a name found in PATH');
file('script', "#!/usr/bin/env -S perl -w\n");
info(['./script'], 0, [qr/script/, qr{interpreter +/usr/bin/env$}m, qr/argument +-S perl -w$/m],
	$nothing, 'a script');
info(['./static', './hint'], 0, [qr/static: ELF.*hint: ELF/s], $nothing, 'two at once');

# ---- what cannot be run -------------------------------------------------------------
my $cannot = sub { qr/\Afbird: \S+ cannot be run: .*$_[0].*\n\z/ };
file('arm', elf(2, 183, 0, [@text]) . ("\0" x 0x100));
info(['./arm'], 126, [qr/AArch64/], $cannot->('AArch64'), 'another processor');
file('cut', substr(elf(2, 62, 9, [@text]), 0, 0x180));
info(['./cut'], 126, [qr/freebsd/], $cannot->('past the end of the file'), 'a truncated program');
file('tiny', "\177ELF\2\1\1");
info(['./tiny'], 126, [qr/truncated/], $cannot->('bytes'), 'a truncated header');
file('empty', '');
info(['./empty'], 126, [qr/empty file/], $cannot->('no bytes'), 'an empty file');
file('text', "hello\n");
info(['./text'], 126, [qr/unknown/], $cannot->('no format known'), 'text');
file('noname', "#!\n");
info(['./noname'], 126, [qr/script/], $cannot->('names no interpreter'), 'a script without interpreter');
info(['.'], 126, [$nothing], qr/it is a directory/, 'a directory');
info(['/dev/null'], 126, [$nothing], $sentence, 'a device');
info(['./nowhere'], 127, [$nothing], $sentence, 'no such file');
info(['./nowhere', './hint'], 127, [qr/hint: ELF/], $sentence, 'the first failure is the status');
file('rude', "#!/bin/\033[2Jsh\n");
info(['./rude'], 0, [qr{/bin/\?\[2Jsh}], $nothing, 'control characters do not reach the terminal');
info([], 2, [$nothing], qr/no program given/, 'no program');

done_testing();
