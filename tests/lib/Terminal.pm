# SPDX-License-Identifier: BSD-2-Clause
#
# Terminal: a dialogue with a program that has a terminal of its own, for the tests that type.
#
#	start(sub { exec ... });  say_to("text\n");  expect(qr/answer/, 'name');  finish();
#
# What went wrong is in failed(): a dialogue can be misheard by a busy machine, so the caller
# holds one that goes wrong again (held).
package Terminal;
use strict;
use warnings;
use Exporter 'import';
use POSIX ();
use Test::More;

our @EXPORT = qw(start say_to expect finish held);

use constant { TIOCSPTLCK => 0x40045431, TIOCGPTN => 0x80045430, TIOCSCTTY => 0x540E,
	TIOCSWINSZ => 0x5414 };

my $heard = '';
my @failed;
my ($master, $child);

# Runs what the code executes, in a session of its own on a new terminal of 24 by 80.
sub start {
	my ($code) = @_;
	open($master, '+<', '/dev/ptmx') or plan(skip_all => "no terminals here: $!");
	my $buffer = pack('i', 0);
	ioctl($master, TIOCSPTLCK, $buffer) // die "unlockpt: $!";
	ioctl($master, TIOCGPTN, $buffer) // die "ptsname: $!";
	my $slave = '/dev/pts/' . unpack('i', $buffer);
	plan(skip_all => "no $slave here") if !-e $slave;
	my $size = pack('S4', 24, 80, 0, 0);
	ioctl($master, TIOCSWINSZ, $size);
	$heard = '';
	$child = fork // die;
	return if $child;
	POSIX::setsid();
	# What a caller's shell ignores, as of jobs in the background, a test does not.
	$SIG{$_} = 'DEFAULT' for qw(HUP INT QUIT PIPE TERM CHLD TSTP);
	open(STDIN, '+<', $slave) or POSIX::_exit(99);
	ioctl(STDIN, TIOCSCTTY, 0);
	open(STDOUT, '>&', \*STDIN);
	open(STDERR, '>&', \*STDIN);
	$code->();
	POSIX::_exit(98);
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

sub finish {
	close $master;
	kill 'KILL', $child;
	waitpid $child, 0;
}

# A dialogue typed at a shell can be misheard by a busy machine, native ones too: one that goes
# wrong is held again, and must go right once in four times.
sub held {
	my ($who, $dialogue) = @_;
	for (1 .. 4) {
		@failed = ();
		$dialogue->();
		last if !@failed;
	}
	ok(!@failed, "$who: the whole dialogue") or diag(join("\n", @failed));
}

1;
