#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# fbird root add: disk images of the PDP-11 UNIXes, of seven layouts, as made by OldFs; and images
# that lie, of which nothing reaches what is outside of the root.
use strict;
use warnings;
use lib 'tests/lib';
use FbirdTest;
use File::Find;
use File::Path qw(make_path);
use File::Temp qw(tempdir);
use JSON::PP;
use OldFs;
use Test::More;

my $dir = tempdir(CLEANUP => 1);
chmod 0755, $dir;
my $store = "$dir/store";
my $nothing = qr/\A\z/;
my $sentence = qr/\Afbird: [^\n]*\n\z/;

sub root {
	my ($args, $status, $out, $err, $name) = @_;
	my $r = run(cmd => [fbird(), 'root', @$args], dir => $dir, env => { FBIRD_ROOTS => $store }, limit => 30);
	ok(outcome($r) eq $status && $r->{out} =~ $out && $r->{err} =~ $err, $name)
		or do { diag("standard output:\n$r->{out}"); describe($r) };
	return $r;
}

# put(FILE, [BLOCK => BYTES], ...): an image, with each at its block of 512
sub put {
	my ($file, @parts) = @_;
	open(my $out, '>:raw', "$dir/$file") or die "cannot write $dir/$file: $!";
	for my $p (@parts) {
		seek $out, $p->[0] * 512, 0;
		print $out $p->[1];
	}
	close $out;
}
sub image { my ($fs) = @_; put('disk', [0 => ref $fs ? $fs->bytes : $fs]) }
sub tree { return "$store/$_[0]/tree" }
sub gone { root(['remove', $_[0]], 0, $nothing, $nothing, 'and away') }
sub listing {
	my ($top) = @_;
	my @found;
	find({ no_chdir => 1, wanted => sub {
		(my $name = $_) =~ s{^\Q$top\E/?}{} or return;
		push @found, -l $_ ? "$name -> " . readlink $_ : -d _ ? "$name/" : -p _ ? "$name|" : $name if length $name;
	} }, $top);
	return join ' ', sort @found;
}

# Text in which no two blocks are the same; from HOLE on to the end but for the last block all NUL.
sub text {
	my ($size, $hole) = @_;
	my $t = join('', map { sprintf "%015d\n", $_ } 0 .. $size / 16);
	$t = substr($t, 0, $hole) . "\0" x (($size - $hole) & ~1023) . $t if defined $hole;
	return substr($t, 0, $size);
}

# ---- every layout ----------------------------------------------------------------------
# The sizes of files, chosen to reach every kind of address there is; a hole's start behind them.
my %sizes = (
	v1 => [0, 1, 4096, 4097, 65535],
	v5 => [0, 512, 4096, 4097, 917504, 917505, 1048576],
	v6 => [0, 512, 4096, 4097, 917504, 917505, 1100000],
	v7 => [0, 511, 5120, 5121, 70656, 70657, 400000, [9000000, 6000]],
	sysv => [0, 511, 5120, 5121, 70656, 70657],
	sysv2 => [0, 1023, 10240, 10241, 272384, 272385, [90000000, 3000]],
	bsd29 => [0, 1023, 4096, 4097, 266240, 266241, 400000],
	bsd211 => [0, 1023, 4096, 4097, 266240, 266241, [68000000, 3000]],
);
my %system = map { $_ => /^sysv/ ? 'sysv-pdp11' : $_ } keys %sizes;
my $long = 'abcdefghijklmnopqrstuvwxyz' x 2 . '0123456789!';
for my $kind (sort keys %sizes) {
	my $fs = OldFs->new($kind, blocks => $kind eq 'v1' ? 4864 : 9000, inodes => 192);
	my $room = $fs->{l}{name};
	my (%text, $n);
	$fs->dir($_) for qw(bin usr usr/lib dev tmp);
	for my $s (@{ $sizes{$kind} }) {
		my ($size, $hole) = ref $s ? @$s : $s;
		$fs->file('bin/f' . ++$n, $text{"bin/f$n"} = text($size, $hole), mode => 0755, uid => 3, gid => $kind eq 'v1' ? 0 : 4, mtime => 70000000 + $n);
	}
	$fs->file('bin/su', 'x', mode => 04755);
	$fs->file('usr/lib/' . substr($long, 0, $room), 'long');
	$fs->hard_link('usr/lib/again', 'bin/f2');
	# The First Edition's devices have inodes before the root's, and no type.
	$fs->special("dev/$_->[0]", type => $_->[1]) for $kind eq 'v1' ? () : (['tty', 'char'], ['rk0', 'block']);
	$fs->file("tmp/n$_", '') for 1 .. 120;
	$fs->symlink('usr/where', '../bin') if $kind =~ /^bsd/;
	$fs->node('usr/pipe', 'fifo') if $kind =~ /^(?:v7|sysv)/;
	image($fs);
	my $devices = $kind eq 'v1' ? $nothing : qr/\Afbird: left out 2 device nodes[^\n]*\n\z/;
	root(['add', ($kind eq 'v5' ? ('--personality', 'v5') : ()), 'old', 'disk'], 0, qr/\Aold: $system{$kind}(?:, the default for its system)?\n\z/, $devices, "$kind: add");
	my $top = tree('old');
	is(decode_json(slurp("$store/old/root.json"))->{personality}, $system{$kind}, "$kind: the description says so") ;
	my @names = ('bin/', 'dev/', 'tmp/', 'usr/', 'usr/lib/', (map { "tmp/n$_" } 1 .. 120), 'bin/su', (map { "bin/f$_" } 1 .. $n),
		'usr/lib/' . substr($long, 0, $room), 'usr/lib/again', $kind =~ /^bsd/ ? 'usr/where -> ../bin' : (), $kind =~ /^(?:v7|sysv)/ ? 'usr/pipe|' : ());
	is(listing($top), join(' ', sort @names), "$kind: every name");
	for my $f (sort keys %text) {
		my $got = slurp("$top/$f") // '';
		ok($got eq $text{$f}, "$kind: $f, of " . length($text{$f}) . ' bytes') or diag('it has ' . length($got));
	}
	my @st = stat("$top/bin/f2");
	is_deeply([$st[3], $st[1]], [2, (stat("$top/usr/lib/again"))[1]], "$kind: a hard link");
	is($st[9], 70000002, "$kind: its time");
	is(sprintf('%o', $st[2] & 07777), '755', "$kind: its mode");
	is_deeply([@st[4, 5]], $> == 0 ? [3, $kind eq 'v1' ? 0 : 4] : [$>, $) + 0], "$kind: its owner");
	# Those of another user's file would be set to the importer's.
	is(sprintf('%o', (stat("$top/bin/su"))[2] & 07777), $> == 0 ? '4755' : '755', "$kind: set-id bits");
	my ($sparse) = grep { ref } @{ $sizes{$kind} };
	ok((stat("$top/bin/f$n"))[12] < 2000, "$kind: holes stay holes") if $sparse;
	gone('old');
}

# ---- where on a disk -------------------------------------------------------------------
sub small {
	my ($kind, $file) = @_;
	my $fs = OldFs->new($kind, blocks => 64, inodes => 48);
	$fs->file($file, $file);
	$fs->dir('usr') if $file eq 'root';
	return $fs->bytes;
}
put('disk', [0 => small('v7', 'root')], [44 * 418 => small('v7', 'second')]);
root(['add', 'old', 'disk'], 0, qr/\Aold: v7\b/, qr{\Afbird: disk holds a file system of the Seventh Edition at block 18392, too; '--mount disk\@18392:/DIRECTORY' adds it\n\z}, 'two file systems');
is(listing(tree('old')), 'root usr/', 'the first is the root');
gone('old');
root(['add', '--mount', 'disk@18392:/usr', 'old', 'disk'], 0, qr/\Aold: v7\b/, $nothing, 'both');
is(listing(tree('old')), 'root usr/ usr/second', 'in their places');
gone('old');
root(['add', '--offset', '18392', 'old', 'disk'], 0, qr/\Aold: v7\b/, qr/\A(?:fbird: disk holds .* at block 0, too.*\n)?\z/, '--offset');
is(listing(tree('old')), 'second', 'takes that one');
gone('old');
root(['add', '--offset', '18393', 'old', 'disk'], 1, $nothing, qr/at that block\n\z/, '--offset of nothing');
put('disk', [25 * 200 => small('v7', 'root')]);
root(['add', 'old', 'disk'], 0, qr/\Aold: v7\b/, $nothing, 'where a drive has it');
is(listing(tree('old')), 'root usr/', 'it is found');
gone('old');
put('other', [0 => small('v6', 'source')]);
put('disk', [0 => small('v6', 'root')]);
root(['add', '--mount', 'other:usr/source', 'old', 'disk'], 0, qr/\Aold: v6\b/, $nothing, 'two disks');
is(listing(tree('old')), 'root usr/ usr/source/ usr/source/source', 'the other in a directory that is made for it');
gone('old');
# 2.11BSD's label: its partition b begins where no drive's does.
my $label = pack('a512', pack('v2 a104 v2 a2 v3', 0x8256, 0x4557, '', 0x8256, 0x4557, '', 2, 1024, 1024) . pack('v2 v2 a4', 0, 100, 0, 0, '') . pack('v2 v2 a4', 0, 100, 0, 777, ''));
put('disk', [1 => $label], [777 => small('bsd211', 'root')]);
root(['add', 'old', 'disk'], 0, qr/\Aold: bsd211\b/, $nothing, 'where a label has it');
is(listing(tree('old')), 'root usr/', 'it is found');
gone('old');

# ---- which system a root is of ---------------------------------------------------------
# Call 35 is ftime in the Seventh Edition, with an address behind it, and sleep in the Sixth, with
# nothing: there the branch that is the address is taken. Nothing else in the program tells.
my @code = (012700, 0, 0104443, 000406, 012700, 1, 0104404, 34, 3, 000405, 012700, 1, 0104404, 38, 3, 005000, 0104401);
my $which = pack('v8 v17 a4 a4', 0407, 42, 0, 512, 0, 0, 0, 1, @code, "v7\n", "v6\n");
for my $as (['v7', 'v7'], ['v6', 'v6'], ['v7', 'v6', '--personality', 'v6'], ['v6', 'v7', '--personality', 'v7']) {
	my ($kind, $is, @say) = @$as;
	my $fs = OldFs->new($kind);
	$fs->dir('bin');
	$fs->file('bin/sh', $which, mode => 0755);
	image($fs);
	root(['add', @say, 'old', 'disk'], 0, qr/\Aold: $is\b/, $nothing, "a root of $kind" . (@say ? ", said to be $is" : ''));
	my $r = run(cmd => [fbird(), 'run', '--root', 'old', '/bin/sh'], dir => $dir, env => { FBIRD_ROOTS => $store });
	is(outcome($r) . " $r->{out}", "0 $is\n", 'its programs are run so') or describe($r);
	gone('old');
}

sub aout { return pack('v*', 0407, 2 * @_, 0, 0, 0, 0, 0, 1, @_) }

# File systems of one kind are of several systems; what only one of them has of calls tells.
my @crt0 = (0170011, 010600, 011046, 005720, 010066);
my @csv = (010446, 010346, 010246, 005746, 0110);
my @rsave = (010446, 010346, 010246, 0162006, 0110);
for my $as (['v6', 'v6', @crt0, @csv], ['v6', 'v5', @crt0, @rsave], ['v6', 'pwb', @crt0, 0104433], ['v7', 'v7', @crt0, @rsave],
	['v7', 'sysv-pdp11', 0170011, 016600, 2, 005060, 0177776, 0104476, 0104477]) {
	my ($kind, $is, @words) = (@$as, (0) x 5);
	my $fs = OldFs->new($kind);
	$fs->dir('bin');
	$fs->file('bin/sh', aout(@words), mode => 0755);
	image($fs);
	root(['add', 'old', 'disk'], 0, qr/\Aold: $is\b/, $nothing, "a root of $kind with a shell of $is");
	gone('old');
}
my @v7 = (0170011, 016600, 2, 005060, 0177776, (0) x 5);
make_path("$dir/plain/bin");
put('plain/bin/sh', [0 => aout(@v7)]);
put('plain/bin/ls', [0 => aout(@v7, 0104472, 0104472, (0) x 5)]);
root(['add', 'old', 'plain'], 0, qr/\Aold: bsd29\b/, $nothing, "a directory whose shell may be the Seventh Edition's, with an ls of 2.9BSD");
gone('old');

# ---- what makes no sense ---------------------------------------------------------------
put('text', [0 => "no image\n" x 1000]);
root(['add', '--offset', $_, 'old', 'disk'], 2, $nothing, $sentence, "no block: '$_'") for 'x', '-1', '', '99999999999999999999';
root(['add', '--mount', $_, 'old', 'disk'], 2, $nothing, $sentence, "no mount: '$_'") for 'x', ':/usr', 'disk:', 'disk:/';
root(['add', '--mount', 'nowhere:/usr', 'old', 'disk'], 1, $nothing, qr/nowhere/, 'a mount that is not there');
root(['add', '--mount', 'text:/usr', 'old', 'disk'], 1, $nothing, qr/text.*no file system/, 'a mount that is none');
root(['add', '--mount', 'disk:../usr', 'old', 'disk'], 1, $nothing, qr/lead out/, 'a mount upwards');
root(['add', '--salvage', 'old', 'text'], 1, $nothing, qr/no file system/, 'nothing to salvage');
root(['add', (map { ('--mount', 'disk:/x') } 1 .. 9), 'old', 'disk'], 2, $nothing, $sentence, 'too many mounts');

# ---- images that lie -------------------------------------------------------------------
make_path("$dir/outside");
# [what, kind, a change of the file system, what is said]
my $sane = sub { $_[0]->file('zz', 'sane') };
my @lies = (
	['a block behind the end', 'v6', sub { $_[0]{path}{bad}{addr} = [400] }, 'outside of the file system'],
	['a block among the inodes', 'v7', sub { $_[0]{path}{bad}{addr} = [3] }, 'outside of the file system'],
	['a table behind the end', 'v6', sub { @{ $_[0]{path}{bad} }{qw(large size addr)} = (1, 5000, [65535]) }, 'outside of the file system'],
	['a table of nonsense', 'bsd211', sub { @{ $_[0]{path}{bad} }{qw(size addr)} = (50000, [0, 0, 0, 0, 300]) }, 'outside of the file system'],
	['more bytes than addresses', 'v6', sub { $_[0]{path}{bad}{size} = 70000 }, 'more bytes than addresses'],
	['a size below zero', 'v7', sub { $_[0]{path}{bad}{size} = 1 << 31 }, 'below zero'],
	['more than tables can tell', 'v7', sub { $_[0]{path}{bad}{size} = (1 << 31) - 1 }, 'no file can have'],
	['a name with a slash', 'v7', sub { $_[0]->entry('', '../outside/x', $_[0]{path}{bad}{n}) }, 'no name that a file can have'],
	['an absolute name', 'bsd211', sub { $_[0]->entry('', "/tmp/x", $_[0]{path}{bad}{n}) }, 'no name that a file can have'],
	['no name', 'v6', sub { $_[0]->entry('', '', $_[0]{path}{bad}{n}) }, 'no name that a file can have'],
	['an inode behind the last', 'v6', sub { $_[0]->entry('', 'x', 60000) }, 'inode number outside'],
	['an inode that is free', 'v7', sub { $_[0]->entry('', 'x', 95) }, 'that is free'],
	['a directory in itself', 'v6', sub { $_[0]->dir('d'); $_[0]->entry('d', 'd', $_[0]{path}{d}{n}) }, 'two names'],
	['the root in a directory', 'v7', sub { $_[0]->dir('d'); $_[0]->entry('d', 'r', 2) }, 'two names'],
	['a directory with two names', 'bsd29', sub { $_[0]->dir('d'); $_[0]->dir('e'); $_[0]->entry('d', 'x', $_[0]{path}{e}{n}) }, 'two names'],
	['one table in the place of many', 'v7', sub {
		my $t = $_[0]->table((50) x 128);
		@{ $_[0]{path}{bad} }{qw(size addr)} = (8000000, [(50) x 10, $t, $_[0]->table(($t) x 128)]);
	}, 'more blocks in files'],
	['one block in many files', 'v6', sub { my $fs = shift; $fs->file("x$_", '', size => 4096, addr => [(50) x 8]) for 1 .. 60 }, 'more blocks in files'],
	['a directory larger than the disk', 'v7', sub { my $d = $_[0]->dir('d'); @$d{qw(keep size addr)} = (1, 1 << 30, [50]) }, 'damaged'],
	['records of no length', 'bsd211', sub { $_[0]->dir('d', type => 'dir', keep => 1, size => 512, addr => [$_[0]->block(pack('v3', 5, 0, 1))]) }, 'do not add up'],
	['records across the block', 'bsd211', sub { $_[0]->dir('d', keep => 1, size => 512, addr => [$_[0]->block(pack('v3a4', 5, 600, 1, 'x'))]) }, 'do not add up'],
	['a name longer than its record', 'bsd211', sub { $_[0]->dir('d', keep => 1, size => 512, addr => [$_[0]->block(pack('v3a4', 5, 12, 50, 'x'))]) }, 'do not add up'],
	['a name of 500 bytes', 'bsd211', sub { $_[0]->dir('d', keep => 1, size => 512, addr => [$_[0]->block(pack('v3a500', 5, 512, 500, 'x' x 500))]) }, 'do not add up'],
	['a name with a NUL', 'bsd211', sub { $_[0]->entry('', "a\0b", $_[0]{path}{bad}{n}) }, 'a name that does not end'],
	['a link of no length', 'bsd29', sub { $_[0]->symlink('l', '') }, 'no sensible length'],
	['a link without an end', 'bsd29', sub { $_[0]->symlink('l', 'x' x 3000) }, 'no sensible length'],
);
for my $lie (@lies) {
	my ($what, $kind, $change, $says) = @$lie;
	my $fs = OldFs->new($kind, inodes => 192);
	$fs->file('bad', 'content');
	$change->($fs);
	$fs->file('zz', 'sane');
	image($fs);
	root(['add', 'bad', 'disk'], 1, $nothing, qr/\Afbird: cannot import disk: its [^\n]*\Q$says\E[^\n]*--salvage[^\n]*\n\z/, "refused: $what");
	ok(!-e "$store/bad", 'and no root comes of it');
	root(['add', '--salvage', 'bad', 'disk'], 0, qr/\Abad: $kind/, qr/\Afbird: left out \d+ damaged entries of disk\n\z/, 'but salvaged');
	is(slurp(tree('bad') . '/zz'), 'sane', 'is what was sane') if $what !~ /one block|a name with a NUL|one table/;
	gone('bad');
}

# Names given twice, and links out of the tree: what they lead to is inside.
for my $odd (
	['a link, then a directory', sub { my $fs = shift; $fs->symlink('l', "$dir/outside"); $fs->dir('d'); $fs->file('d/x', 'x'); $fs->entry('', 'l', $fs->{path}{d}{n}) }],
	['a link, then a file', sub { my $fs = shift; $fs->symlink('l', "$dir/outside/x"); $fs->file('f', 'x'); $fs->entry('', 'l', $fs->{path}{f}{n}) }],
	['a directory, then a link', sub { my $fs = shift; $fs->dir('d'); $fs->file('d/x', 'x'); $fs->symlink('e', "$dir/outside"); $fs->entry('', 'd', $fs->{path}{e}{n}) }],
	['links upwards', sub { my $fs = shift; $fs->symlink('l', '../' x 20 . "$dir/outside"); $fs->hard_link('m', 'l') }],
) {
	my $fs = OldFs->new('bsd211', inodes => 96);
	$odd->[1]->($fs);
	image($fs);
	my $r = run(cmd => [fbird(), 'root', 'add', 'odd', 'disk'], dir => $dir, env => { FBIRD_ROOTS => $store });
	like(outcome($r), qr/\A[01]\z/, "kept inside: $odd->[0]") or describe($r);
	system('rm', '-rf', "$store/odd");
	is(listing("$dir/outside"), '', 'nothing is outside');
}
# A mount over a link stays inside, too.
my $trap = OldFs->new('bsd211');
$trap->symlink('usr', "$dir/outside");
put('disk', [0 => $trap->bytes]);
put('other', [0 => small('bsd211', 'file')]);
root(['add', '--mount', 'other:/usr', 'odd', 'disk'], 0, qr/\Aodd: /, $nothing, 'a mount where a link is');
is(listing("$dir/outside"), '', 'nothing is outside');
gone('odd');

put('disk', [0 => substr(small('v6', 'root'), 0, 6 * 512)]);
root(['add', 'bad', 'disk'], 1, $nothing, $sentence, 'an image cut short');
my $deep = OldFs->new('v7', blocks => 4000, inodes => 800);
my $path = '';
$deep->dir($path = length $path ? "$path/abcdefghijklmn" : 'abcdefghijklmn') for 1 .. 400;
image($deep);
root(['add', 'bad', 'disk'], 1, $nothing, $sentence, 'deeper than a path may be');
my $big = OldFs->new('v7', blocks => 8000);
$big->file('big', text(3 << 20));
image($big);
root(['add', '--limit', '2', 'bad', 'disk'], 1, $nothing, qr/more than 2 MiB/, 'the limit holds');

# Bytes changed at random, where they matter most.
srand(1979);
for my $kind (sort keys %sizes) {
	my $fs = OldFs->new($kind, blocks => 128, inodes => 96);
	$fs->dir('d');
	$fs->file("d/f$_", text(700 * $_)) for 1 .. 9;
	$fs->dir("d/e$_") for 1 .. 5;
	my $whole = $fs->bytes;
	my $used = $fs->{next} * $fs->{l}{size};
	my @bad;
	for my $turn (1 .. 20) {
		my $image = $whole;
		substr($image, int(rand($used)), 1, chr(int(rand(256)))) for 1 .. 1 + $turn * 4;
		image($image);
		my $r = run(cmd => [fbird(), 'root', 'add', ($turn % 2 ? '--salvage' : ()), '--personality', 'x', 'odd', 'disk'], dir => $dir, env => { FBIRD_ROOTS => $store });
		push @bad, "$turn: " . outcome($r) . " $r->{err}" if outcome($r) !~ /\A[01]\z/ || (outcome($r) eq '1' && $r->{err} !~ /\Afbird: /);
		system('chmod', '-R', 'u+rwx', "$store/odd") if -d "$store/odd" && $> != 0;
		system('rm', '-rf', "$store/odd");
	}
	is(join("\n", @bad), '', "$kind: 20 images with bytes changed at random");
}
is(listing("$dir/outside"), '', 'nothing was ever written outside');
is(join(' ', glob("$store/.new*")), '', 'failures leave nothing behind');

done_testing;
