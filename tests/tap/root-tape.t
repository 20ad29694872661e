#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# fbird root add: dumps, tapes in SIMH's format and what old systems wrote on them, made here; and such
# that lie.
use strict;
use warnings;
use lib 'tests/lib';
use FbirdTest;
use File::Find;
use File::Temp qw(tempdir);
use JSON::PP;
use OldFs;
use Test::More;

my $dir = tempdir(CLEANUP => 1);
chmod 0755, $dir;
my $store = "$dir/store";
my $nothing = qr/\A\z/;

sub root {
	my ($args, $status, $out, $err, $name) = @_;
	my $r = run(cmd => [fbird(), 'root', @$args], dir => $dir, env => { FBIRD_ROOTS => $store }, limit => 30);
	ok(outcome($r) eq $status && $r->{out} =~ $out && $r->{err} =~ $err, $name)
		or do { diag("standard output:\n$r->{out}"); describe($r) };
	return $r;
}
sub put {
	my ($file, $bytes) = @_;
	open(my $out, '>:raw', "$dir/$file") or die "cannot write $dir/$file: $!";
	print $out $bytes;
	close $out;
}
sub tree { return "$store/$_[0]/tree" }
sub gone { root(['remove', $_[0]], 0, $nothing, $nothing, 'and away') }
sub listing {
	my ($top) = @_;
	my @found;
	find({ no_chdir => 1, wanted => sub {
		(my $name = $_) =~ s{^\Q$top\E/?}{} or return;
		push @found, -l $_ ? "$name -> " . readlink $_ : -d _ ? "$name/" : $name if length $name;
	} }, $top);
	return join ' ', sort @found;
}
sub text {
	my ($size, $hole) = @_;
	my $t = join('', map { sprintf "%015d\n", $_ } 0 .. $size / 16);
	substr($t, $hole, 2048) = "\0" x 2048 if defined $hole;
	return substr($t, 0, $size);
}

# ---- dumps -----------------------------------------------------------------------------
my %sizes = (
	v6 => [0, 512, 4096, 4097, 140000],
	v7 => [0, 511, 5120, 5121, 70656, 70657, [60000, 20480]],
	bsd29 => [0, 1023, 4096, 4097, 266240, 266241, [60000, 20480]],
	bsd211 => [0, 1023, 4096, 4097, 266240, 266241, [60000, 20480]],
);
for my $kind (sort keys %sizes) {
	my $fs = OldFs->new($kind, blocks => 9000, inodes => 300);
	my (%text, $n);
	$fs->dir($_) for qw(bin usr usr/lib);
	for my $s (@{ $sizes{$kind} }) {
		my ($size, $hole) = ref $s ? @$s : $s;
		$fs->file('bin/f' . ++$n, $text{"bin/f$n"} = text($size, $hole), mode => 0755, uid => 3, gid => 4, mtime => 70000000 + $n);
	}
	$fs->hard_link('usr/lib/again', 'bin/f2');
	$fs->special("tty");
	$fs->file("usr/n$_", '') for 1 .. 200;
	$fs->symlink('usr/where', '../bin') if $kind =~ /^bsd/;
	put('dump', $fs->dump);
	root(['add', 'old', 'dump'], 0, qr/\Aold: $kind\b/, qr/\Afbird: left out 1 device node[^\n]*\n\z/, "$kind: add");
	my $top = tree('old');
	is(listing($top), join(' ', sort 'bin/', 'usr/', 'usr/lib/', 'usr/lib/again', (map { "usr/n$_" } 1 .. 200), (map { "bin/f$_" } 1 .. $n),
		$kind =~ /^bsd/ ? 'usr/where -> ../bin' : ()), "$kind: every name");
	for my $f (sort keys %text) {
		my $got = slurp("$top/$f") // '';
		ok($got eq $text{$f}, "$kind: $f, of " . length($text{$f}) . ' bytes') or diag('it has ' . length($got));
	}
	my @st = stat("$top/bin/f2");
	is_deeply([@st[3, 9], $st[2] & 07777], [2, 70000002, 0755], "$kind: links, time and mode");
	gone('old');
}

# Dumps that lie: [what, kind, change of the bytes, what is said]
sub small_dump {
	my ($kind) = @_;
	my $fs = OldFs->new($kind, blocks => 200, inodes => 64);
	$fs->dir('d');
	$fs->file('d/bad', text(9000));
	return ($fs, $fs->dump);
}
for my $lie (
	['that ends in a file', 'v7', sub { substr($_[1], 0, length($_[1]) - 3000) }, qr/ends before it/],
	['that ends in a file', 'v6', sub { substr($_[1], 0, length($_[1]) - 3000) }, qr/ends before it/],
	['whose header is spoilt', 'v7', sub { my $b = $_[1]; my $at = length($b) - 512 * 21; substr($b, $at + 100, 1) ^= "\1"; $b }, qr/inode number outside/],
	['with less than a size says', 'v7', sub { my $fs = shift; $fs->{path}{'d/bad'}{size} = 90000; $fs->dump }, qr/fewer blocks in the dump/],
	['with less than a size says', 'v6', sub { my $fs = shift; $fs->{path}{'d/bad'}{size} = 90000; $fs->dump }, qr/fewer blocks in the dump/],
	['without an inode', 'bsd29', sub { my $fs = shift; my $n = $fs->{path}{'d/bad'}{n}; delete $fs->{inode}{$n}; $fs->dump }, qr/inode number outside/],
) {
	my ($what, $kind, $change, $says) = @$lie;
	my ($fs, $bytes) = small_dump($kind);
	put('dump', $change->($fs, $bytes));
	root(['add', 'bad', 'dump'], 1, $nothing, $says, "refused: a dump of $kind $what");
	ok(!-e "$store/bad", 'and no root comes of it');
}

my $gap = OldFs->new('v7', inodes => 64);
$gap->file($_, $_) for qw(one two);
$gap->dump;
delete $gap->{inode}{ $gap->{path}{one}{n} };
put('dump', $gap->dump);
root(['add', 'bad', 'dump'], 1, $nothing, qr/an inode that is not in the dump/, 'an inode that was left out');
root(['add', '--salvage', 'bad', 'dump'], 0, qr/\Abad: v7\b/, qr/left out 1 damaged/, 'but salvaged');
is(listing(tree('bad')), 'two', 'is the other');
gone('bad');

# ---- tapes -----------------------------------------------------------------------------
# tape([RECORD, ...], ...): its files
sub tape {
	my $bytes = '';
	for my $file (@_) {
		$bytes .= pack('V a* V', length $_, length($_) % 2 ? "$_\0" : $_, length $_) for @$file;
		$bytes .= pack('V', 0);
	}
	return $bytes . pack('V', 0);
}
sub records { my ($bytes, $size) = @_; return [unpack("(a$size)*", $bytes)] }
sub tar { # of the Seventh Edition: NAME, TEXT
	my ($bytes, @files) = ('', @_);
	while (my ($name, $text) = splice @files, 0, 2) {
		my $head = pack('a100 a8 a8 a8 a12 a12 a8 a1 a100', $name, sprintf('%6o ', 0100755), sprintf('%6o ', 3), sprintf('%6o ', 4), sprintf('%11o ', length $text),
			sprintf('%11o ', 70000000), ' ' x 8, '', '');
		my $block = pack('a512', $head);
		substr($block, 148, 8) = sprintf("%6o\0 ", unpack('%32C*', $block));
		$bytes .= $block . $text . "\0" x (-length($text) % 512);
	}
	return $bytes . "\0" x 1024;
}
sub cpio { # binary, with the Sixth Edition's modes: [NAME, MODE, INODE, LINKS, TEXT]
	my $bytes = '';
	for my $f (@_, ['TRAILER!!!', 0, 0, 0, '']) {
		my ($name, $mode, $ino, $links, $text) = @$f;
		$bytes .= pack('v8 a4 v a4', 070707, 1, $ino, $mode, 0, 0, $links, 0, OldFs::me(70000000), length($name) + 1, OldFs::me(length $text));
		$bytes .= $_ . "\0" x (length($_) % 2) for "$name\0", $text;
	}
	return pack('a' . (length($bytes) + 511 & ~511), $bytes);
}
sub tp { # tp(ENTRIES, [NAME, TEXT], ...): 0: a DECtape, which does not say how many
	my ($entries, @files) = @_;
	my ($at, $directory, $content) = (1 + ($entries || 192) / 8, '', '');
	for my $f (@files) {
		my ($name, $text) = @$f;
		$directory .= OldFs::checked(pack('a32 v C C C C v a4 v a16 v', $name, 0100755, 3, 4, 0, length($text) >> 16, length($text) & 0xffff,
			OldFs::me(70000000), $at, '', 0), 62, 0);
		$content .= $text . "\0" x (-length($text) % 512);
		$at += int((length($text) + 511) / 512);
	}
	return pack('a510 v', '', $entries) . pack('a' . ($entries || 192) * 64, $directory) . $content;
}
sub small_fs {
	my ($kind, $file) = @_;
	my $fs = OldFs->new($kind, blocks => 64, inodes => 48);
	$fs->file($file, $file);
	return $fs;
}
my $disk = small_fs('v7', 'root')->bytes;
my $dump = small_fs('v7', 'dumped')->dump;
my $cpio = cpio(['.', 0140755, 1, 2, ''], ['bin', 0140755, 2, 2, ''], ['bin/a', 0100755, 3, 2, "linked\n"], ['bin/b', 0100755, 3, 2, "linked\n"], ['large', 0110644, 4, 1, text(5000)]);
my $tp = tp(496, ['bin/one', "one\n"], ['/etc/two', text(1000)], ['empty', '']);
put('tape', tape(records("boot" x 200, 512), records($disk, 5120), ['x' x 511], records($dump, 10240), records(tar('bin/three', "three\n"), 10240),
	records($cpio, 512), records($tp, 512)));
my $told = join '', map { qr/fbird: file $_->[0] of the tape tape holds $_->[1], too; '--mount tape\@$_->[0]:\/DIRECTORY' adds it\n/ } [3, 'a file system'], [4, 'an archive'], [5, 'an archive'], [6, 'an archive of tp'];
root(['add', 'old', 'tape'], 0, qr/\Aold: v7\b/, qr/\A$told\z/, 'a tape of many files');
is(listing(tree('old')), 'root', 'the first that is anything is the root');
gone('old');
root(['add', '--mount', 'tape@3:/dump', '--mount', 'tape@4:/a/tar', '--mount', 'tape@5:/cpio', '--mount', 'tape@6:/tp', 'old', 'tape'], 0, qr/\Aold: v7\b/, $nothing, 'all of it');
my $top = tree('old');
is(listing($top), 'a/ a/tar/ a/tar/bin/ a/tar/bin/three cpio/ cpio/bin/ cpio/bin/a cpio/bin/b cpio/large dump/ dump/dumped root tp/ tp/bin/ tp/bin/one tp/empty tp/etc/ tp/etc/two', 'each in its place');
is(slurp("$top/cpio/bin/a") . slurp("$top/cpio/bin/b") . slurp("$top/a/tar/bin/three"), "linked\nlinked\nthree\n", 'with its content');
is((stat("$top/cpio/bin/a"))[1], (stat("$top/cpio/bin/b"))[1], 'a hard link is one');
ok(slurp("$top/cpio/large") eq text(5000), "a large file of the Sixth Edition's modes is a file");
ok(slurp("$top/tp/etc/two") eq text(1000), 'tp: content');
is_deeply([(stat("$top/tp/bin/one"))[9], (stat _)[2] & 07777], [70000000, 0755], 'tp: time and mode');
gone('old');
root(['add', '--offset', '6', '--personality', 'v6', 'old', 'tape'], 0, qr/\Aold: v6\b/, qr/file 1 of the tape/, '--offset is the number of a file');
is(listing(tree('old')), 'bin/ bin/one empty etc/ etc/two', 'that one');
gone('old');
root(['add', '--offset', $_, 'old', 'tape'], 1, $nothing, qr/\Afbird: cannot import tape: its file $_ holds nothing that is known\n\z/, "no file $_") for 0, 2, 7, 4000000000;
put('tape', tape(['boot' x 200], ['x']));
root(['add', 'old', 'tape'], 1, $nothing, qr/\Afbird: cannot import tape: no file of the tape holds anything that is known\n\z/, 'a tape of nothing');
put('tape', tape(records($disk, 512)));
root(['add', '--mount', 'tape:../up', 'old', 'tape'], 1, $nothing, qr/lead out/, 'a mount upwards');

# tp without a container: a DECtape.
put('tp', tp(0, ['bin/one', "one\n"]));
root(['add', '--personality', 'v6', 'old', 'tp'], 0, qr/\Aold: v6\b/, $nothing, 'a DECtape');
is(listing(tree('old')), 'bin/ bin/one', 'it is read');
gone('old');

# ---- tapes that lie --------------------------------------------------------------------
mkdir "$dir/outside";
for my $lie (
	['a name upwards', tp(496, ['../outside/x', 'x'])],
	['a file behind the end', do { my $t = tp(496, ['x', 'x' x 600]); substr($t, 0, length($t) - 1000) }],
	['a size of 16 MiB', do { my $t = tp(496, ['x', 'x']); substr($t, 512 + 37, 3) = "\xff\xff\xff"; substr($t, 512, 64) = OldFs::checked(substr($t, 512, 64), 62, 0); $t }],
	['upwards in tar', tar('../outside/x', 'x')],
	['upwards in cpio', cpio(['../outside/x', 0100644, 1, 1, 'x'])],
	['absolute in tar', tar("$dir/outside/x", 'x')],
) {
	put('tape', tape(records($lie->[1], 512)));
	put('other', tape(records($disk, 512)));
	root(['add', '--personality', 'v6', 'bad', 'tape'], 1, $nothing, qr/\Afbird: cannot import/, "refused: $lie->[0]");
	my $r = run(cmd => [fbird(), 'root', 'add', '--mount', 'tape:/usr', 'bad', 'other'], dir => $dir, env => { FBIRD_ROOTS => $store });
	like(outcome($r), qr/\A[01]\z/, 'as a mount, too') or describe($r);
	system('rm', '-rf', "$store/bad");
	is(listing("$dir/outside"), '', 'nothing is outside');
}
# A directory of the root may be a link; what is mounted there stays inside.
my $trap = OldFs->new('bsd211');
$trap->symlink('usr', "$dir/outside");
put('disk', $trap->bytes);
put('tape', tape(records(tar('x', 'x'), 512)));
root(['add', '--mount', 'tape:/usr', 'odd', 'disk'], 1, $nothing, qr/a link to nowhere/, 'a mount where a link is');
is(listing("$dir/outside"), '', 'nothing is outside');

# Bytes changed at random, records and dumps and directories.
srand(1979);
for my $what (['a tape', tape(records($disk, 5120), records($dump, 10240), records($tp, 512))], ['a dump of v7', (small_dump('v7'))[1]], ['a dump of v6', (small_dump('v6'))[1]],
	['a dump of 2.11BSD', (small_dump('bsd211'))[1]], ['tp', $tp]) {
	my @bad;
	for my $turn (1 .. 20) {
		my $bytes = $what->[1];
		substr($bytes, int(rand(length $bytes)), 1, chr(int(rand(256)))) for 1 .. 1 + $turn * 4;
		put('tape', $bytes);
		my $r = run(cmd => [fbird(), 'root', 'add', ($turn % 2 ? '--salvage' : ()), '--personality', 'x', 'odd', 'tape'], dir => $dir, env => { FBIRD_ROOTS => $store });
		push @bad, "$turn: " . outcome($r) . " $r->{err}" if outcome($r) !~ /\A[01]\z/ || (outcome($r) eq '1' && $r->{err} !~ /^fbird: /);
		system('chmod', '-R', 'u+rwx', "$store/odd") if -d "$store/odd" && $> != 0;
		system('rm', '-rf', "$store/odd");
	}
	is(join("\n", @bad), '', "$what->[0]: 20 with bytes changed at random");
}
is(listing("$dir/outside"), '', 'nothing was ever written outside');
is(join(' ', glob("$store/.new*")), '', 'failures leave nothing behind');

done_testing;
