#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# fbird root: roots from directories, archives and images, whole or not at all, and nothing
# outside of them whatever an archive says.
use strict;
use warnings;
use lib 'tests/lib';
use Digest::SHA qw(sha256_hex);
use FbirdTest;
use File::Find;
use File::Path qw(make_path);
use File::Temp qw(tempdir);
use JSON::PP;
use Tar;
use Test::More;

my $dir = tempdir(CLEANUP => 1);
chmod 0755, $dir;
my $store = "$dir/store";
my %env = (FBIRD_ROOTS => $store);
my $nothing = qr/\A\z/;
my $sentence = qr/\Afbird: .*\n\z/;
my $program = slurp("$build/golden/hello") or BAIL_OUT('make guests first');
my @as = unprivileged();

# root([ARGS], STATUS, OUT, ERR, NAME, as => [...]): fbird root ARGS
sub root {
	my ($args, $status, $out, $err, $name, %more) = @_;
	my $r = run(cmd => [@{ $more{as} // [] }, fbird(), 'root', @$args], dir => $dir, env => { %env, %{ $more{env} // {} } });
	ok(outcome($r) eq $status && $r->{out} =~ $out && $r->{err} =~ $err, $name)
		or do { diag("standard output:\n$r->{out}"); describe($r) };
	return $r;
}

sub file {
	my ($path, $text, $mode) = @_;
	(my $folder = $path) =~ s{/[^/]*$}{};
	make_path($folder);
	open(my $o, '>:raw', $path) or die "cannot write $path: $!";
	print $o $text;
	close $o;
	chmod $mode // 0644, $path;
}

sub listing { # every name below, with what it is
	my ($top) = @_;
	my @found;
	find({ no_chdir => 1, wanted => sub {
		(my $name = $_) =~ s{^\Q$top\E/?}{} or return;
		push @found, -l $_ ? "$name -> " . readlink $_ : -d $_ ? "$name/" : $name if length $name;
	} }, $top);
	return join ' ', sort @found;
}
sub tree { return "$store/$_[0]/tree" }
sub left_behind { return join ' ', map { s{.*/}{}r } glob("$store/.new* $store/.gone*") }

# ---- from a directory ------------------------------------------------------------------
my $version = qq(#!/bin/sh\nUSERLAND_VERSION="14.3-RELEASE-p2"\n);
file("$dir/src/bin/sh", $program, 0755);
file("$dir/src/bin/freebsd-version", $version, 0555);
file("$dir/src/etc/motd", "hello\n", 0640);
link("$dir/src/bin/sh", "$dir/src/bin/twin");
symlink('/bin/sh', "$dir/src/absolute");
symlink('../../../../etc/motd', "$dir/src/upward");
make_path("$dir/src/var/empty");
utime 1e9, 1e9, "$dir/src/etc/motd", "$dir/src/var/empty";
chmod 0555, "$dir/src/var/empty";

root(['list'], 0, $nothing, $nothing, 'an empty store lists nothing');
root(['add', 'one', 'src'], 0, qr/\Aone: freebsd 14.3-RELEASE-p2, the default for its system\n\z/, $nothing, 'add from a directory');
is(listing(tree('one')), listing("$dir/src"), 'it has every name of the directory');
is((stat(tree('one') . '/bin/sh'))[3], 2, 'hard links stay hard links');
is((stat(_))[1], (stat(tree('one') . '/bin/twin'))[1], 'to the same file');
is(slurp(tree('one') . '/bin/sh'), $program, 'with its content');
is(sprintf('%o', (stat(tree('one') . '/etc/motd'))[2] & 07777), '640', 'modes are kept');
is((stat(_))[9], 1e9, 'and times');
is(sprintf('%o', (stat(tree('one') . '/var/empty'))[2] & 07777), '555', 'also of a directory nobody may write');
is((stat(_))[9], 1e9, 'and its time');
my $about = decode_json(slurp("$store/one/root.json"));
is($about->{personality}, 'freebsd', 'the description names the system');
root(['list'], 0, qr/\Aone +freebsd +14.3-RELEASE-p2 +default\n\z/, $nothing, 'list');
root(['show', 'one'], 0, qr{^system +freebsd\n.*^tree +\Q$store\E/one/tree$}ms, $nothing, 'show');
root(['add', 'one', 'src'], 1, $nothing, qr/already/, 'a name is given once');
root(['add', 'two', 'src'], 0, qr/\Atwo: freebsd 14.3-RELEASE-p2\n\z/, $nothing, 'the second is not the default');
root(['default', 'two'], 0, $nothing, $nothing, 'default');
root(['list'], 0, qr/\Aone .*[^t]\ntwo .* default\n\z/, $nothing, 'and list shows it');
root(['remove', 'two'], 0, $nothing, $nothing, 'remove');
ok(!-e "$store/two", 'the root is gone');
root(['list'], 0, qr/\Aone +freebsd +\S+\n\z/, $nothing, 'and no other took its place');
root(['default', 'two'], 1, $nothing, $sentence, 'what is gone is no default');
root(['default', 'one'], 0, $nothing, $nothing, 'but one may be chosen');

# ---- what makes no sense ---------------------------------------------------------------
root([], 2, $nothing, $sentence, 'no action');
root(['dance'], 2, $nothing, $sentence, 'an unknown action');
root(['add', 'x'], 2, $nothing, $sentence, 'add without a source');
root(['add', $_, 'src'], 2, $nothing, $sentence, "a root cannot be called '$_'") for '', '.hidden', 'a/b', '..', 'a b', 'x' x 65;
root(['add', 'x', 'nowhere'], 1, $nothing, qr/nowhere/, 'a source that is not there');
root(['add', 'x', '/dev/null'], 1, $nothing, $sentence, 'a device is no source');
root(['add', 'x', 'src/etc/motd'], 1, $nothing, $sentence, 'a text is no source');
root(['add', 'x', 'src/etc'], 1, $nothing, qr/--personality/, 'a tree that says nothing');
root(['add', '--personality', 'freebsd', 'x', 'src/etc'], 0, qr/\Ax: freebsd\n/, $nothing, 'unless it is told');
root(['remove', 'x'], 0, $nothing, $nothing, 'and away');
root(['show', '../store/one'], 1, $nothing, $sentence, 'no path is a name');
root(['remove', '..'], 1, $nothing, $sentence, 'nor to remove');
root(['add', 'x', $dir], 1, $nothing, qr/the roots themselves are in it/, 'a source with the store in it');
root(['list'], 1, $nothing, qr/absolute/, 'a store that is no absolute path', env => { FBIRD_ROOTS => 'here' });
is(left_behind(), '', 'failures leave nothing behind');

# ---- archives --------------------------------------------------------------------------
my @good = (
	entry('./', type => 5), entry('./bin/', type => 5), entry('./bin/sh', data => $program, mode => 0755),
	entry('./bin/again', type => 1, link => './bin/sh'), entry('./lib', type => 2, link => 'usr/lib'),
	entry('./usr/lib/', type => 5, mode => 0555), entry('./usr/lib/inside', data => 'x'),
	entry('./lib/through', data => "through\n"), entry('./pipe', type => 6), entry('./null', type => 3),
);
my $want = 'bin/ bin/again bin/sh lib -> usr/lib pipe usr/ usr/lib/ usr/lib/inside usr/lib/through';
tar("$dir/good.tar", @good);
system("cd $dir && gzip -k good.tar && xz -k good.tar && zstd -q -k good.tar 2>/dev/null");
for my $kind (grep { -e "$dir/good.tar$_" } '', '.gz', '.xz', '.zst') {
	root(['add', 'tar', "good.tar$kind"], 0, qr/\Atar: freebsd 14.0\n\z/, qr/left out 1 device nodes/, "add from a tar$kind");
	is(listing(tree('tar')), $want, 'with all that was in it');
	is((stat(tree('tar') . '/bin/again'))[3], 2, 'and its hard links');
	root(['remove', 'tar'], 0, $nothing, $nothing, 'and away');
}
SKIP: {
	skip('cannot become another user here', 3) if !@as;
	my $mine = tempdir(DIR => $dir, CLEANUP => 1);
	chmod 0777, $mine;
	root(['add', 'tar', "$dir/good.tar"], 0, qr/\Atar: freebsd 14.0, the default/, qr/device nodes/, 'add as a user without rights',
		as => \@as, env => { FBIRD_ROOTS => "$mine/s" });
	is(listing("$mine/s/tar/tree"), $want, 'with all that was in it');
	root(['remove', 'tar'], 0, $nothing, $nothing, 'remove, past directories nobody may write', as => \@as, env => { FBIRD_ROOTS => "$mine/s" });
	is(listing("$mine/s"), '.default-freebsd -> tar', 'nothing is left');
}

# ---- hostile ones ----------------------------------------------------------------------
make_path("$dir/outside");
my @before = (entry('bin/sh', data => $program, mode => 0755));
my %hostile = (
	'a name with ..' => [entry('a/../../../outside/x', data => 'x')],
	'a name that is ..' => [entry('..', type => 5, mode => 0777)],
	'an absolute name' => [entry("$dir/outside/x", data => 'x')],
	'a hard link to an absolute name' => [entry('passwd', type => 1, link => '/etc/passwd')],
	'a hard link upwards' => [entry('passwd', type => 1, link => '../../../../../../../etc/passwd')],
	'a loop of links' => [entry('a', type => 2, link => 'b'), entry('b', type => 2, link => 'a'), entry('a/x', data => 'x')],
	'a file through an absolute link to nowhere' => [entry('l', type => 2, link => "$dir/outside"), entry('l/x', data => 'x')],
	'a file through a link upwards' => [entry('l', type => 2, link => '../' x 20 . "$dir/outside"), entry('l/x', data => 'x')],
	'a file through a file' => [entry('f', data => 'x'), entry('f/x', data => 'x')],
	'an archive cut short' => [substr(entry('long', data => 'x' x 4096), 0, 1024)],
);
for my $what (sort keys %hostile) {
	tar("$dir/bad.tar", @before, @{ $hostile{$what} });
	truncate("$dir/bad.tar", (-s "$dir/bad.tar") - 1024) if $what =~ /short/;
	root(['add', 'bad', 'bad.tar'], 1, $nothing, $sentence, "refused: $what");
	ok(!-e "$store/bad", 'and no root comes of it');
}
# What is wrong with the compression is said, and not what its loss does to the archive within.
tar("$dir/packed.tar", @before, map { entry("f$_", data => join('', map { chr(int(rand(256))) } 1 .. 100000)) } 1 .. 20);
for my $kind (qw(gzip xz)) {
	system("cd $dir && $kind -kf packed.tar") == 0 or next;
	my $packed = "$dir/packed.tar." . ($kind eq "xz" ? "xz" : "gz");
	my $bytes = slurp($packed);
	# libarchive does not look at gzip's checksum.
	for my $bad ([ cut => substr($bytes, 0, 500000) ], $kind eq 'gzip' ? () : [ spoilt => substr($bytes, 0, 500000) . 'x' x 1000 . substr($bytes, 501000) ]) {
		file("$dir/bad.packed", $bad->[1]);
		root(['add', 'bad', 'bad.packed'], 1, $nothing, qr/\Afbird: cannot import [^\n]*(?:zlib|gzip|Lzma|lzma|xz)[^\n]*\n\z/i, "refused: $kind, $bad->[0]");
		ok(!-e "$store/bad", 'and no root comes of it');
	}
	unlink $packed;
}
# Links out of the tree are no offence; what goes through them stays inside.
my %inside = (
	'an absolute link' => [entry('l', type => 2, link => '/bin'), entry('l/x', data => 'x')],
	'a link upwards' => [entry('l', type => 2, link => '../' x 20 . 'bin'), entry('l/x', data => 'x')],
	'a link that a file replaces' => [entry('l', type => 2, link => "$dir/outside/x"), entry('l', data => 'x')],
	'a link that a directory replaces' => [entry('l', type => 2, link => "$dir/outside"), entry('l', type => 5), entry('l/x', data => 'x')],
	'a hard link to a link, then content' => [entry('l', type => 2, link => "$dir/outside/x"), entry('m', type => 1, link => 'l'), entry('m', data => 'x')],
	'a directory that becomes a link' => [entry('l/', type => 5), entry('l', type => 2, link => 'bin'), entry('l/b', data => 'x')],
);
for my $what (sort keys %inside) {
	tar("$dir/odd.tar", @before, @{ $inside{$what} });
	root(['add', 'odd', 'odd.tar'], 0, qr/\Aodd: /, $nothing, "kept inside: $what");
	root(['remove', 'odd'], 0, $nothing, $nothing, 'and away');
}
is(listing("$dir/outside"), '', 'nothing was ever written outside');
ok(!-e "$dir/../outside", 'nor beside');
tar("$dir/big.tar", @before, entry('big', data => 'x' x (3 << 20)));
root(['add', '--limit', '2', 'big', 'big.tar'], 1, $nothing, qr/more than 2 MiB/, 'a limit on what an archive may hold');
root(['add', '--limit', $_, 'big', 'big.tar'], 2, $nothing, $sentence, "no limit: '$_'") for '0', 'x', '';
is(left_behind(), '', 'failures leave nothing behind');
mkdir "$store/.new-killed-1";
root(['add', 'odd', 'odd.tar'], 0, qr/\Aodd: /, $nothing, 'an import that was killed');
is(left_behind(), '', 'is swept up by the next');
root(['remove', 'odd'], 0, $nothing, $nothing, 'and away');

# ---- images ----------------------------------------------------------------------------
my $layout = "$dir/image";
sub blob {
	my ($content) = @_;
	my $hex = sha256_hex($content);
	file("$layout/blobs/sha256/$hex", $content);
	return { digest => "sha256:$hex", size => length $content };
}
sub layer {
	my ($kind, @entries) = @_;
	tar("$dir/layer.tar", @entries);
	my $data = $kind ? `$kind -c $dir/layer.tar` : slurp("$dir/layer.tar");
	return { %{ blob($data) }, mediaType => 'application/vnd.oci.image.layer.v1.tar' . ($kind ? "+$kind" : '') };
}
sub image {
	my ($os, @layers) = @_;
	my $m = blob(encode_json({ schemaVersion => 2, config => blob('{}'), layers => \@layers }));
	return { %$m, mediaType => 'application/vnd.oci.image.manifest.v1+json', platform => { os => $os, architecture => 'amd64' } };
}
my $zstd = `zstd -V 2>/dev/null` ? 'zstd' : '';
my @layers = (
	layer('gzip', entry('bin/', type => 5), entry('bin/sh', data => $program, mode => 0755), entry('a/one', data => '1'),
		entry('a/two', data => '2'), entry('b/one', data => '1'), entry('lib', type => 2, link => 'usr/lib'),
		entry('usr/lib/low', data => 'low'), entry('swap/deep/x', data => 'x'), entry('order', data => 'low')),
	layer($zstd, entry('a/.wh.one', data => ''), entry('b/new', data => 'n'), entry('b/.wh..wh..opq', data => ''),
		entry('lib/up', data => 'up'), entry('swap', data => 'a file now'), entry('order', data => 'middle')),
	layer('', entry('order', data => 'high'), entry('a/.wh.nothing', data => '')),
);
my $foreign = image('linux', layer('', entry('wrong', data => 'x')));
file("$layout/oci-layout", '{"imageLayoutVersion":"1.0.0"}');
my $index = blob(encode_json({ schemaVersion => 2, manifests => [$foreign, image('freebsd', @layers)] }));
file("$layout/index.json", encode_json({ schemaVersion => 2, manifests => [{ %$index, mediaType => 'application/vnd.oci.image.index.v1+json' }] }));
my $image_want = 'a/ a/two b/ b/new bin/ bin/sh lib -> usr/lib order swap usr/ usr/lib/ usr/lib/low usr/lib/up';
root(['add', 'image', 'image'], 0, qr/\Aimage: freebsd 14.0\n\z/, $nothing, 'add from an OCI layout');
is(listing(tree('image')), $image_want, 'layers in order, whiteouts, opaque directories');
is(slurp(tree('image') . '/order'), 'high', 'the highest layer wins');
root(['remove', 'image'], 0, $nothing, $nothing, 'and away');
system("cd $layout && tar cf ../image.tar .") == 0 or BAIL_OUT('no tar');
root(['add', 'image', 'image.tar'], 0, qr/\Aimage: freebsd 14.0\n\z/, $nothing, 'add from an archive of one');
is(listing(tree('image')), $image_want, 'with the same result');
is(listing("$store/image") =~ /layout/ ? 'layout' : '', '', 'and without the layout itself');
root(['remove', 'image'], 0, $nothing, $nothing, 'and away');

# index_of(MANIFEST or DESCRIPTOR...): the layout anew with that index
sub index_of {
	file("$layout/index.json", encode_json({ schemaVersion => 2, manifests => [@_] }));
}
my $bad = layer('', entry('x', data => 'x'));
(my $path = $bad->{digest}) =~ s{:}{/};
index_of(image('freebsd', @layers, $bad));
file("$layout/blobs/$path", 'something else');
root(['add', 'bad', 'image'], 1, $nothing, qr/damaged/, 'a blob that is not what its name says');
my %images = (
	'a whiteout that leads out' => image('freebsd', @layers, layer('', entry('../.wh.outside', data => ''))),
	'a whiteout of ..' => image('freebsd', @layers, layer('', entry('a/.wh...', data => ''))),
	'no layer' => image('freebsd'),
	'a manifest that is none' => { %{ blob('[]') } },
	'a digest that is a path' => { digest => 'sha256:../../../../etc/passwd' },
	'a digest of another kind' => { digest => 'md5:00' },
	'nothing for amd64' => { digest => 'sha256:' . '0' x 64, platform => { os => 'freebsd', architecture => 'arm64' } },
	'a blob that is missing' => { digest => 'sha256:' . '0' x 64 },
);
for my $what (sort keys %images) {
	index_of($images{$what});
	root(['add', 'bad', 'image'], 1, $nothing, $sentence, "refused: $what");
}
index_of(image('freebsd', @layers, layer('', entry('l', type => 2, link => "$dir/src"), entry('k', data => 'k')),
	layer('', entry('l/.wh.etc', data => ''), entry('l/.wh..wh..opq', data => ''))));
root(['add', 'odd', 'image'], 1, $nothing, $sentence, 'whiteouts through a link out of the tree');
ok(-e "$dir/src/etc/motd", 'remove nothing there');
is(left_behind(), '', 'failures leave nothing behind');
done_testing();
