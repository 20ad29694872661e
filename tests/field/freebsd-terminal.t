#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# A FreeBSD userland at a terminal: its sh, csh and tmux with job control, stty, script and
# less. FBIRD_FREEBSD_ROOT names the root directory they are in; without one nothing is tried.
use strict;
use warnings;
use lib 'tests/lib';
use FbirdTest;
use File::Temp qw(tempdir);
use POSIX ();
use Terminal;
use Test::More;

my $root = $ENV{FBIRD_FREEBSD_ROOT};
plan(skip_all => 'FBIRD_FREEBSD_ROOT names no FreeBSD root') if !defined $root || !-d $root;

my $directory = tempdir(CLEANUP => 1);
my $prompt = qr/[#\$%] (?:\e\[K)?$/; # what the shells say when they are ready for more

sub has {
	my ($program) = @_;
	return -x "$root$program";
}

sub begin {
	my (@program) = @_;
	start(sub {
		%ENV = (PATH => '/bin:/usr/bin:/usr/local/bin', TERM => 'xterm', HOME => '/',
			SHELL => '/bin/csh', TMPDIR => $directory, TMUX_TMPDIR => $directory);
		chdir $directory;
		exec fbird(), 'run', '--root', $root, @program;
	});
}

# The same words are typed at both shells; they stop, go on and end the same jobs. Nothing is
# typed before the shell, or the program, shows that it listens: signals flush what is.
sub job_control {
	my ($stopped) = @_;
	say_to("echo list''ens; cat | cat\n");
	expect(qr/\nlistens/, 'a pipeline');
	sleep 1;
	say_to("hello\n");
	expect(qr/hello\r\n.*hello/s, 'in the foreground');
	say_to("\cZ");
	expect(qr/(?:Suspended|Stopped).*$prompt/s, '^Z');
	say_to("jobs\n");
	expect(qr/\[1\].*(?:Suspended|Stopped).*$prompt/s, 'jobs');
	say_to("fg\n");
	expect(qr/cat \| cat/, 'fg');
	say_to("again\n");
	expect(qr/again\r\n.*again/s, 'it goes on');
	say_to("\cC");
	expect($prompt, '^C');
	say_to("cat &\n");
	expect($prompt, 'a job in the background');
	sleep 1;
	say_to("jobs\n");
	expect(qr/$stopped.*$prompt/s, 'a reader in the background is stopped');
	say_to("fg\n");
	expect(qr/\ncat/, 'fg');
	say_to("once more\n");
	expect(qr/once more\r\n.*once more/s, 'and reads in the foreground');
	say_to("\cD");
	expect($prompt, '^D');
	say_to("stty erase2 ^H status ^T; stty -a\n");
	expect(qr/erase2 = \^H.*status = \^T.*$prompt/s, 'stty keeps the characters of FreeBSD');
	say_to("tty\n");
	expect(qr{/dev/pts/\d+.*$prompt}s, 'tty knows its name');
}

sub shell {
	my ($stopped, @program) = @_;
	begin(@program);
	expect($prompt, 'a shell');
	job_control($stopped);
	say_to("exit\n");
	say_to("exit\n");
	finish();
}

SKIP: {
	skip 'no sh', 1 if !has('/bin/sh');
	held('sh', sub { shell('Stopped \(tty input\)', '/bin/sh', '-i') });
}
SKIP: {
	skip 'no csh', 1 if !has('/bin/csh');
	held('csh', sub { shell('Suspended \(tty input\)', '/bin/csh', '-f') });
}
SKIP: {
	skip 'no script', 2 if !has('/usr/bin/script') || !has('/bin/csh');
	held('script', sub {
		begin('/usr/bin/script', 'typescript');
		expect($prompt, 'script');
		say_to("echo with''in; stty size\n");
		expect(qr/\nwithin\r\n24 80.*$prompt/s, 'a shell under script, in a window as large');
		say_to("exit\n");
		expect(qr/Script done/, 'its end is seen');
		sleep 1; # it is still to write to the file
		finish();
	});
	like(slurp("$directory/typescript") // '', qr/within/, 'what it wrote is in the file');
}
SKIP: {
	skip 'no less', 1 if !has('/usr/bin/less');
	open(my $out, '>', "$directory/numbers") or die;
	print $out "$_\n" for 1 .. 100;
	close $out;
	held('less', sub {
		begin('/usr/bin/less', 'numbers');
		expect(qr/\n23\r\n/, 'a page');
		say_to(' ');
		expect(qr/46/, 'the next');
		say_to('q');
		finish();
	});
}
SKIP: {
	skip 'no tmux', 1 if !has('/usr/local/bin/tmux') || !has('/bin/csh');
	held('tmux', sub {
		begin('/usr/local/bin/tmux', '-f', '/dev/null', 'new-session', '-s', "t$$");
		expect(qr/0:csh/, 'the status line');
		say_to("echo with''in\n");
		expect(qr/\nwithin/, 'a shell in tmux', 1);
		say_to("sleep 100\n");
		sleep 1;
		say_to("\cZ");
		expect(qr/Suspended/, '^Z through tmux');
		say_to("kill %1; tmux kill-server\n");
		expect(qr/\[(?:exited|server exited|lost server)\]/, 'its end');
		finish();
	});
}
done_testing();
