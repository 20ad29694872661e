#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# go-std.t [PACKAGE...]: Go's own tests of its standard library, cross-compiled for FreeBSD and for
# illumos and run by fbird. A test that passes here as GOOS=linux passes as GOOS=freebsd, or skips
# itself there, or is named in that system's part of docs/known-differences.md as
# `package.TestName`.
#
# GO_STD names other packages than the list below; "short" keeps to the quick ones. GO_STD_OS names
# one system.
use strict;
use warnings;
use lib 'tests/lib';
use Field;
use FbirdTest;
use File::Temp qw(tempdir);
use JSON::PP;
use Test::More;

my @quick = qw(bufio bytes errors io io/fs io/ioutil os/signal os/user path/filepath sort strings sync
	sync/atomic syscall time text/tabwriter text/template);
my @all = (@quick, qw(archive/tar archive/zip compress/bzip2 compress/flate compress/gzip compress/lzw
	compress/zlib crypto/aes crypto/cipher crypto/ecdsa crypto/ed25519 crypto/elliptic crypto/hmac crypto/md5
	crypto/rand crypto/rsa crypto/sha256 crypto/sha512 crypto/tls crypto/x509 database/sql encoding/ascii85
	encoding/asn1 encoding/base64 encoding/binary encoding/csv encoding/gob encoding/hex encoding/json encoding/pem
	encoding/xml math math/big math/bits math/cmplx math/rand mime mime/multipart mime/quotedprintable net
	net/http net/http/httptest net/mail net/netip net/rpc net/smtp net/textproto net/url os os/exec reflect
	runtime runtime/debug text/scanner text/template/parse));

need('no go command', scalar grep { -x "$_/go" } split /:/, $ENV{PATH});
chomp(my $root = `go env GOROOT`);
need('no sources of Go\'s tests', -e "$root/src/os/os_test.go");
my $choice = $ENV{GO_STD} // '';
my @packages = @ARGV ? @ARGV : $choice eq 'short' ? @quick : $choice ne '' ? split(/[ ,]+/, $choice) : @all;
my %title = (freebsd => 'FreeBSD', illumos => 'illumos');
my @systems = split /[ ,]+/, $ENV{GO_STD_OS} // 'freebsd illumos';
my %known;
for my $part (split /^(?=## )/m, slurp('docs/known-differences.md')) {
	my ($os) = grep { $part =~ /^## (?:Go's standard library tests on )?\Q$title{$_}\E\n/ } keys %title;
	$known{$os} .= $part if defined $os;
}
my $place = "$build/go-std";
mkdir $place;

# test name => pass, fail or skip; and 'PANIC' => what was said, when the program did not end well
sub results {
	my ($package, $os, @prefix) = @_;
	(my $name = "$place/$package.$os") =~ s{(?<=go-std/)(.*)}{$1 =~ s,/,-,gr}e;
	my %env = (GOOS => $os, GOCACHE => "$build/gocache", GOFLAGS => '', HOME => $ENV{HOME} // '/', CGO_ENABLED => 0,
		TMPDIR => '/tmp', GOROOT => $root);
	# The tests of time look for zones in a file of Go's that distributions leave out.
	my @tags = $package eq 'time' ? '-tags=timetzdata' : ();
	my $built = run(cmd => ['go', 'test', '-vet=off', @tags, '-c', '-o', $name, $package], env => \%env, limit => 600);
	return { BUILD => "$built->{out}$built->{err}" } if outcome($built) ne '0';
	return {} if !-e $name; # no tests for this system
	# A folder where tests may write what they like, with the package's files in sight.
	my $r = run(cmd => [@prefix, $name, '-test.short', '-test.v', '-test.timeout=300s'],
		dir => "$root/src/$package", env => { TMPDIR => '/tmp', HOME => $ENV{HOME} // '/', GOROOT => $root }, limit => 330);
	my %of;
	$of{$2} = lc $1 while $r->{out} =~ /^\s*--- (PASS|FAIL|SKIP): (\S+)/mg;
	my ($said) = "$r->{out}\n$r->{err}" =~ /^((?:panic:|fatal error:|SIG|unexpected fault|runtime: ).*(?:\n.*){0,15})/m;
	$of{PANIC} = outcome($r) . ' ' . ($said // substr($r->{err}, 0, 400))
		if outcome($r) ne '0' && outcome($r) ne '1' || defined $said && $r->{out} !~ /^(?:PASS|FAIL)$/m;
	$of{TEXT} = $r->{out};
	return \%of;
}

# What the log says of one test.
sub words_of {
	my ($text, $test) = @_;
	return $text =~ /^(=== RUN   \Q$test\E\n(?:(?!=== RUN).*\n){0,30})/m ? $1 : '';
}

sub compare {
	my ($package, $os, $linux, $passed) = @_;
	my $known = $known{$os} // '';
	my $guest = results($package, $os, fbird(), 'run');
	my (@broken, $skipped);
	for my $test (@$passed) {
		my $there = $guest->{$test};
		next if defined $there && $there eq 'pass';
		(my $top = $test) =~ s{/.*}{};
		next if $known =~ /`\Q$package.$test\E`/ || $known =~ /`\Q$package.$top\E`/;
		if (defined $there ? $there eq 'skip' : !$guest->{PANIC} && !$guest->{BUILD}) {
			$skipped++; # by itself, or it is not built for that system
			next;
		}
		push @broken, $test;
	}
	ok(!@broken && !$guest->{BUILD},
		sprintf('%s: %d tests', $package, scalar @$passed) . ($skipped ? ", $skipped not on" : ' on') . " $title{$os}")
		or do {
			diag("not built: $guest->{BUILD}") if $guest->{BUILD};
			diag("it did not end well: $guest->{PANIC}") if $guest->{PANIC};
			for my $test (@broken[0 .. ($#broken > 9 ? 9 : $#broken)]) {
				diag("$package.$test: " . ($guest->{$test} // 'never ended'));
				diag(words_of($guest->{TEXT} // '', $test)) if ($guest->{$test} // '') eq 'fail';
			}
			diag('and ' . (@broken - 10) . ' more') if @broken > 10;
		};
}

for my $package (@packages) {
	my $linux = results($package, 'linux');
	if (!grep { $_ eq 'pass' } values %$linux) {
		SKIP: { skip("$package: none of its tests passes here natively", 1) }
		next;
	}
	my @passed = grep { ($linux->{$_} // '') eq 'pass' } sort keys %$linux;
	compare($package, $_, $linux, \@passed) for @systems;
}
done_testing();
