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
use Terminal;
use Test::More;

sub start_shell {
	start(sub {
		%ENV = (PATH => $ENV{PATH}, TERM => 'dumb', HOME => '/', PS1 => 'prompt> ');
		exec 'bash', '--norc', '--noprofile', '--noediting', '-i' or POSIX::_exit(98);
	});
	expect(qr/prompt> /, 'a shell');
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
	finish();
}

my $native = "sh -c 'echo ready; cat | sed -u s/^/got:\\ /; echo end of input'";
held('native', sub { dialogue('native', $native) });
held('fbird', sub { dialogue('fbird', fbird() . " run $build/golden/echo_lines") });
done_testing();
