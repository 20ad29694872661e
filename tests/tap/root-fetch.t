#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# fbird root fetch, against a server on the loopback: resumed, checked, or refused.
use strict;
use warnings;
use lib 'tests/lib';
use Digest::SHA qw(sha256_hex);
use FbirdTest;
use File::Temp qw(tempdir);
use IO::Socket::INET;
use Tar;
use Test::More;

my $dir = tempdir(CLEANUP => 1);
my $program = slurp("$build/golden/hello") or BAIL_OUT('make guests first');
tar("$dir/base.tar", entry('bin/sh', data => $program, mode => 0755), entry('etc/motd', data => join '', map { sha256_hex($_) } 1 .. 20000));
system("xz -kc $dir/base.tar >$dir/base.txz") == 0 or plan(skip_all => 'there is no xz');
my $archive = slurp("$dir/base.txz");
my $digest = sha256_hex($archive);

# One connection a request. The second part of a path says how the server behaves:
# good; plain (knows no ranges); cut (hangs up half-way); liar (other content); none.
my $listen = IO::Socket::INET->new(LocalAddr => '127.0.0.1', Listen => 5, ReuseAddr => 1) or BAIL_OUT("no socket: $!");
my $port = $listen->sockport;
my $server = fork // BAIL_OUT("fork: $!");
if ($server == 0) {
	$SIG{PIPE} = 'IGNORE'; # who has seen enough hangs up
	open(my $log, '>>', "$dir/log");
	$log->autoflush(1);
	while (my $c = $listen->accept) {
		my ($path, $from) = ('', undef);
		while (defined(my $line = <$c>)) {
			$path = $1 if $line =~ m{^GET (\S+)};
			$from = $1 if $line =~ /^Range: bytes=(\d+)-/i;
			last if $line =~ /^\r?\n/;
		}
		print $log "$path ", $from // '', "\n";
		my (undef, $how, $release, $file) = split m{/}, $path;
		my $body = ($file // '') eq 'base.txz' ? $archive
			: "base-dbg.txz\t" . '0' x 64 . "\t1\tbase_dbg\t\"x\"\toff\nbase.txz\t$digest\t2\tbase\t\"Base system (MANDATORY)\"\ton\n";
		$body = "kernel.txz\t$digest\t2\n" if $how eq 'none' && $file eq 'MANIFEST';
		$body =~ tr/a-f/f/ if $how eq 'liar' && $file eq 'base.txz';
		my $size = length $body;
		if (($release // '') ne '14.3-RELEASE') {
			print $c "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
		} elsif (defined $from && $how ne 'plain') {
			if ($from >= $size) {
				print $c "HTTP/1.1 416 Range Not Satisfiable\r\nContent-Range: bytes */$size\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
			} else {
				printf $c "HTTP/1.1 206 Partial Content\r\nContent-Range: bytes %d-%d/%d\r\nContent-Length: %d\r\nConnection: close\r\n\r\n",
					$from, $size - 1, $size, $size - $from;
				print $c substr($body, $from);
			}
		} else {
			print $c "HTTP/1.1 200 OK\r\nContent-Length: $size\r\nConnection: close\r\n\r\n";
			print $c $how eq 'cut' && $file eq 'base.txz' ? substr($body, 0, int($size / 2)) : $body;
		}
		close $c;
	}
	exit 0;
}
close $listen;
END { kill 'TERM', $server if $server }

my $nothing = qr/\A\z/;
# fetch(HOW, [ARGS], STATUS, OUT, ERR, NAME): from that part of the server
sub fetch {
	my ($how, $args, $status, $out, $err, $name, %env) = @_;
	my $r = run(cmd => [fbird(), 'root', 'fetch', @$args], dir => $dir, limit => 60,
		env => { FBIRD_ROOTS => "$dir/store", FBIRD_FREEBSD_MIRROR => "http://127.0.0.1:$port/$how", %env });
	ok(outcome($r) eq $status && $r->{out} =~ $out && $r->{err} =~ $err, $name) or do { diag($r->{out}); describe($r) };
}
my $seen = 0;
sub requests { # those since it was last asked
	my @lines = split /\n/, slurp("$dir/log") // '';
	my @new = @lines[$seen .. $#lines];
	$seen = @lines;
	return join ',', map { s{.*/}{}r } @new;
}
sub listed { return run(cmd => [fbird(), 'root', 'list'], env => { FBIRD_ROOTS => "$dir/store" })->{out} }

fetch('good', [$_], 2, $nothing, qr/\Afbird: .*\n\z/, "nothing to fetch: '$_'") for 'linux:5', 'freebsd:', 'freebsd:../x', 'freebsd:fourteen';
fetch('good', ['freebsd:99.9'], 1, $nothing, qr/is there such a release/, 'a release that is not there');
fetch('none', ['freebsd:14.3'], 1, $nothing, qr/gives no SHA-256/, 'a manifest without the file');
fetch('liar', ['freebsd:14.3'], 1, $nothing, qr/thrown away/, 'an archive that is not what the manifest says');
is(join(' ', glob("$dir/store/.cache/*")), '', 'is thrown away');
fetch('cut', ['freebsd:14.3'], 1, $nothing, qr/resumes it/, 'a connection that breaks');
is(listed(), '', 'no root so far');
my ($part) = glob("$dir/store/.cache/*");
my $half = -s $part;
ok($half && $half < length $archive, 'what came is kept');
requests();
fetch('good', ['freebsd:14.3'], 0, qr/\Afreebsd-14.3: freebsd 14.0, the default/, $nothing, 'and the next goes on from there');
is(requests(), "MANIFEST ,base.txz $half", 'asking for the rest only');
like(listed(), qr/\Afreebsd-14.3 +freebsd/, 'the root is there');
is(slurp("$dir/store/freebsd-14.3/tree/bin/sh"), $program, 'with its content');
is(join(' ', glob("$dir/store/.cache/*")), '', 'the archive is not kept');
fetch('good', ['freebsd:14.3'], 1, $nothing, qr/already/, 'a name is given once');
is(requests(), '', 'and nothing is downloaded for it');
mkdir "$dir/store/.cache";
my $file = "$dir/store/.cache/freebsd-14.3-RELEASE-base.txz";
sub leave { open(my $o, '>:raw', $file); print $o shift; close $o }
leave($archive);
fetch('good', ['--name', 'two', 'freebsd:14.3'], 0, qr/\Atwo: /, $nothing, 'an archive that is all there');
leave(substr($archive, 0, 1000));
fetch('plain', ['--name', 'three', 'freebsd:14.3'], 0, qr/\Athree: /, qr/from its beginning/, 'a server that knows no ranges');
leave('garbage' x 100);
fetch('good', ['--name', 'four', 'freebsd:14.3'], 1, $nothing, qr/thrown away/, 'a beginning that was damaged');
fetch('good', ['--name', 'four', '--from', "http://127.0.0.1:$port/good", 'freebsd:14.3'], 0, qr/\Afour: /, $nothing, '--from',
	FBIRD_FREEBSD_MIRROR => 'http://127.0.0.1:1/');
fetch('good', ['--name', 'five', '--from', 'file:///etc', 'freebsd:14.3'], 1, $nothing, qr/\Afbird: .*\n\z/, 'only the web is a mirror');
done_testing();
