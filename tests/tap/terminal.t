#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# Job control: an interactive shell on a terminal of its own runs a FreeBSD program; ^Z
# stops it, fg goes on, ^D ends its input, ^C and ^\ end it, and the shell sees what it
# would see of a native program. The same dialogue is held with a native one first.
use strict;
use warnings;
use lib 'tests/lib';
use FbirdTest;
use POSIX ();
use Test::More;

use constant { TIOCSPTLCK => 0x40045431, TIOCGPTN => 0x80045430, TIOCSCTTY => 0x540E };

my $heard = '';
my @failed;
my ($master, $shell);

sub start_shell {
	open($master, '+<', '/dev/ptmx') or plan(skip_all => "no terminals here: $!");
	my $buffer = pack('i', 0);
	ioctl($master, TIOCSPTLCK, $buffer) // die "unlockpt: $!";
	ioctl($master, TIOCGPTN, $buffer) // die "ptsname: $!";
	my $slave = '/dev/pts/' . unpack('i', $buffer);
	plan(skip_all => "no $slave here") if !-e $slave;
	$shell = fork // die;
	if ($shell == 0) {
		POSIX::setsid();
		open(STDIN, '+<', $slave) or POSIX::_exit(99);
		ioctl(STDIN, TIOCSCTTY, 0);
		open(STDOUT, '>&', \*STDIN);
		open(STDERR, '>&', \*STDIN);
		%ENV = (PATH => $ENV{PATH}, TERM => 'dumb', HOME => '/', PS1 => 'prompt> ');
		exec 'bash', '--norc', '--noprofile', '--noediting', '-i' or POSIX::_exit(98);
	}
	$heard = '';
	expect(qr/prompt> /, 'a shell');
}

sub say_to {
	my ($text) = @_;
	$heard = '';
	syswrite $master, $text;
}

# Waits up to ten seconds for the terminal to show it. A shell whose prompt got lost between
# two readers of the terminal shows another when it is nudged with an empty line.
sub expect {
	my ($want, $name, $nudge) = @_;
	my $end = time + 10;
	my $quiet = 0;
	while ($heard !~ $want && time < $end) {
		my $ready = '';
		vec($ready, fileno($master), 1) = 1;
		if (!select($ready, undef, undef, 0.2)) {
			syswrite $master, "\n" if $nudge && ++$quiet % 10 == 0;
			next;
		}
		sysread($master, my $piece, 4096) or last;
		$heard .= $piece;
	}
	push @failed, "$name; the terminal showed: $heard" if $heard !~ $want;
}

# A dialogue typed at a shell can be misheard by a busy machine, native ones too: one that goes
# wrong is held again, and must go right once in four times.
sub held {
	my ($who, @rest) = @_;
	for (1 .. 4) {
		@failed = ();
		dialogue($who, @rest);
		last if !@failed;
	}
	ok(!@failed, "$who: the whole dialogue") or diag(join("\n", @failed));
}

sub dialogue {
	my ($who, $command) = @_;
	start_shell();
	say_to("$command\n");
	expect(qr{(?:^|\n|> )ready}, "$who: starts");
	say_to("hello\n");
	expect(qr/got: hello/, "$who: reads a line");
	say_to("\cZ");
	expect(qr/Stopped.*prompt> /s, "$who: ^Z stops it");
	say_to("jobs\n");
	expect(qr/Stopped.*prompt> /s, "$who: jobs knows it");
	say_to("fg\n");
	expect(qr/\Q$command\E/, "$who: fg");
	say_to("again\n");
	expect(qr/got: again/, "$who: it goes on where it was");
	say_to("\cZ");
	expect(qr/Stopped.*prompt> /s, "$who: ^Z once more");
	say_to("bg\n");
	expect(qr/Stopped|prompt> /, "$who: bg; a background reader is stopped by the terminal", 1);
	say_to("fg\n");
	expect(qr/\Q$command\E/, "$who: and back");
	say_to("\cD");
	expect(qr/end of input.*prompt> /s, "$who: ^D is the end of its input");
	say_to("echo status \$?\n");
	expect(qr/status 0\b/, "$who: and it ends well");
	for (["\cC", 130, '^C'], ["\c\\", 131, '^\\']) {
		my ($key, $status, $name) = @$_;
		say_to("$command\n");
		expect(qr{(?:^|\n|> )ready}, "$who: started again");
		say_to($key);
		expect(qr/prompt> /, "$who: $name ends it");
		say_to("echo status \$?\n");
		expect(qr/status $status\b/, "$who: with status $status");
	}
	say_to("exit\n");
	close $master;
	kill 'KILL', $shell;
	waitpid $shell, 0;
}

held('native', "sh -c 'echo ready; cat | sed -u s/^/got:\\ /; echo end of input'");
held('fbird', fbird() . " run $build/golden/echo_lines");
done_testing();
