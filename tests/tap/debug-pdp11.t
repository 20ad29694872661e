#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# fbird debug on programs of the PDP-11: our own small debugger, and another's by GDB's remote
# protocol, which is spoken here.
use strict;
use warnings;
use lib 'tests/lib';
use Cwd;
use FbirdTest;
use File::Path qw(make_path);
use File::Temp qw(tempdir);
use IO::Select;
use IO::Socket::INET;
use IO::Socket::UNIX;
use Test::More;
use Time::HiRes qw(sleep time);

$SIG{PIPE} = 'IGNORE'; # what is told who has ended
my $dir = tempdir(CLEANUP => 1);
chmod 0755, $dir;
my $as = getcwd() . '/tests/tools/pdp11-as';
my $tree = "$dir/v7";
make_path(map { "$tree/$_" } qw(bin etc usr tmp dev));

sub assemble {
	my ($name, $source, @options) = @_;
	open(my $o, '>', "$dir/$name.s") or die;
	print $o $source;
	close $o;
	my $r = run(cmd => [$as, '-s', '-u', 'v7', @options, '-o', "$tree/bin/$name", "$dir/$name.s"]);
	$r->{err} eq '' or BAIL_OUT("$name: $r->{err}");
}
# A loop, a subroutine, a call, and two functions as V7's C makes them.
my $source = <<'S';
	.text
start:	mov	$3,r0
loop:	jsr	pc,double
	inc	count
	cmp	count,$5
	blt	loop
	mov	$1,r0
	sys	write; hello; 6
	mov	$4,-(sp)
	jsr	pc,_outer
	tst	(sp)+
	mov	r0,value
	movb	value,r1
	sys	exit
double:	asl	r0
	rts	pc
_outer:	jsr	r5,csv
	mov	4(r5),(sp)
	jsr	pc,_inner
	inc	r0
	jmp	cret
_inner:	jsr	r5,csv
	mov	4(r5),r0
	add	$10,r0
	jmp	cret
csv:	mov	r5,r0
	mov	sp,r5
	mov	r4,-(sp)
	mov	r3,-(sp)
	mov	r2,-(sp)
	jsr	pc,(r0)
cret:	mov	r5,r1
	mov	-(r1),r4
	mov	-(r1),r3
	mov	-(r1),r2
	mov	r5,sp
	mov	(sp)+,r5
	rts	pc
	.data
hello:	<hello\n>
	.even
count:	0
value:	7
bytes:	<text\0"\\\01\0>
S
assemble('program', $source, '-m', '0407');
assemble('pure', $source, '-m', '0410');
assemble('split', $source, '-m', '0411');
assemble('waits', <<'S', '-m', '0407');
	.text
start:	sys	signal; 14.; handler
	mov	$1,r0
	sys	alarm
	sys	pause
again:	clr	r0
	sys	read; byte; 1
	bes	again
	tst	r0
	beq	out
	cmpb	byte,$'f
	beq	child
	cmpb	byte,$'x
	beq	other
	cmpb	byte,$'s
	beq	fault
	br	again
child:	sys	fork
	br	in
	sys	wait
	br	again
in:	mov	$1,r0
	sys	write; told; 6
	sys	exit
other:	sys	exec; name; args
fault:	mov	1,r0
out:	mov	$3,r0
	sys	exit
handler: inc	alarms
	rtt
	.data
told:	<child\n>
name:	</bin/program\0>
	.even
args:	name; 0
alarms:	0
byte:	0
S

sub debug {
	my ($commands, $program, %more) = @_;
	my @options = @{ delete $more{options} // ['--root', $tree] };
	return run(cmd => [fbird(), 'debug', '--batch', @options, (map { ('-ex', $_) } @$commands), ref $program ? @$program : "/bin/$program"], dir => $dir, %more);
}
sub has {
	my ($r, $want, $name) = @_;
	ok($r->{out} =~ $want, $name) or do { diag($r->{out}); describe($r) };
}

# ---- our own debugger -----------------------------------------------------------------------
for my $kind ('program', 'pure', 'split') {
	my @o = (options => ['--root', $tree, '--personality', 'v7']);
	my $r = debug(['regs', 'break double', 'continue', 'backtrace', 'regs', 'step 2', 'next', 'continue', 'delete', 'continue'], $kind, @o);
	has($r, qr/\Afbird: \/bin\/$kind, a program of v7, at its first instruction.*\n=> 000000 <start>:\tmov\t\$3,r0\n/, "$kind: it begins");
	has($r, qr/^r0 000000 .*\nsp \d+  pc 000000 <start>  ps 000000 -----\n/m, 'its registers');
	has($r, qr/^Breakpoint 1 at 0*\d+ <double>\nBreakpoint 1\n=> \d+ <double>:\tasl\tr0\n/m, 'a breakpoint');
	has($r, qr/^r0 000003 .*\n.*<double>.*\n=> 000010 <loop\+4>:\tinc\t\d+\n=> 000014 <loop\+10>:\tcmp\t\d+,\$5\nBreakpoint 1\n/m, 'steps, and the breakpoint once more');
	has($r, qr/^hello\nThe program has ended with status 13\.\n\z/m, 'to its end');
	$r = debug(['break start', 'next', 'n', 'n', 'break _inner', 'c', 'bt', 's 8', 'bt', 'finish', 'finish', 'c'], $kind, @o);
	has($r, qr/^=> 000004 <loop>:.*\n=> 000010 <loop\+4>:.*\n=> 000014/m, 'next goes over a subroutine');
	has($r, qr/^Breakpoint 2\n=> \d+ <_inner>:.*\n#0  \d+ <_inner>\n#1  \d+ <_outer\+14>\n#2  \d+ <loop\+\d+>\n=> /m, 'a stack at a function\'s entry');
	has($r, qr/^#0  \d+ <_inner\+10>\n#1  \d+ <_outer\+14>\n#2  \d+ <loop\+\d+>\n/m, 'and within it');
	has($r, qr/^On to \d+ <_outer\+14>\nr0 is 000014\n=> .*\nOn to \d+ <loop\+\d+>\nr0 is 000015\n/m, 'finish, twice');
	$r = debug(['watch count', 'c', 'c', 'delete 1', 'rwatch value', 'c', 'awatch bytes, 1', 'info breakpoints', 'delete', 'info breakpoints', 'c'], $kind, @o);
	has($r, qr/^Watchpoint 1, \d+ <count>: 000000 -> 000001\n=> 000014 .*\nWatchpoint 1, \d+ <count>: 000001 -> 000002\n/m, 'what writes is watched');
	has($r, qr/^Watchpoint 2, \d+ <value>: 000007 -> 000015\n=> \d+ <loop\+\d+>:\tsys\t1/m, 'what reads');
	has($r, qr/^2 +rwatch .*\n3 +awatch .*\nThere are no breakpoints\.\nThe program has ended/m, 'the list of them');
	$r = debug(['catch write exit nonsense', 'c', 'regs', 'c', 'c'], $kind, @o);
	has($r, qr/^Catchpoint \(call write, number 4\)\nCatchpoint \(call exit, number 1\)\nv7 has no call 'nonsense'/m, 'calls by their names');
	has($r, qr/^The program calls write\.\n=> \d+ <loop\+\d+>:\tsys\t4\t; write\nr0 000001.*\n.*\nhello\nwrite answers 000006\.\n.*\nThe program calls exit\.\n/m, 'are caught, before and after');
	$r = debug(['x/3o count', 'x/2d value', 'x/s bytes', 'x/4b bytes', 'x/2c bytes', 'x/i start', 'x', 'p value+2', 'p *value + 010 - 0x1', 'p -(1)', 'p pc', 'set value = 123', 'p *value', 'set byte *bytes = 0101', 'x/s bytes', 'set r0 = 0177777', 'p $r0', 'set pc = double', 's', 'set *double = 5', 'disassemble double'], $kind, @o);
	has($r, qr/^\d+ <count>:\t000000\t000007\t062564\n\d+ <value>:\t7\t25972\n\d+ <bytes>:\t"text"\n\d+ <bytes>:\t164\t145\t170\t164\n\d+ <bytes>:\t't'\t'e'\n=> 000000 <start>:\tmov\t\$3,r0\n   000004/m, 'memory in every form');
	has($r, qr/^016\d*|^0\d+ .*\n017  15|0/m, 'values');
	has($r, qr/^0177777  -1  0xffff\n0  0  0\n(?:.*\n)*0173  123  0x7b\n\d+ <bytes>:\t"Aext"\n0177777  -1  0xffff\n=> \d+ <double\+2>:\trts\tpc\n/m, 'and changes');
	has($r, $kind eq 'program' ? qr/^   \d+ <double>:\treset\n/m : $kind eq 'pure' ? qr/^   \d+ <double>:\treset\n/m : qr/^   \d+ <double>:\tasl\tr0\n/m, 'data is changed, and text where they are the same');
	$r = debug(['nonsense', 'p', 'p )', 'p nosuch', 'p 99999', 'p 9x', 'p (1', 'p 1 2', 'break 1', 'break', 'delete 77', 'delete x', 'watch', 'catch', 'x/z', 'x 0160000', 'set', 'set nosuch = 1', 'set *1 = 2', 'step 0', 'step x', 'info', 'signal 99', 'disassemble nosuch', 'p ' . '(' x 200, 'help', 'quit', 'never'], $kind, @o);
	ok(outcome($r) eq '0' && $r->{err} eq '' && $r->{out} =~ /There is no command 'nonsense'/ && $r->{out} !~ /never/, 'bad commands are refused') or describe($r);
}
# It is found out whose program it is.
my $r = debug(['kill', 'c'], 'program', options => []) ;
is(outcome($r), '125', 'without a root there is no /bin/program') or describe($r);
$r = debug(['c'], ["$tree/bin/program"], options => []);
has($r, qr/a program of v\d, at its first/, 'a file of a PDP-11 tells by itself');
$r = debug(['kill', 'c', 'regs'], 'program', options => ['--root', $tree, '--personality', 'v7', '--view', 'in-process']);
has($r, qr/^The program is killed\.\nThere is no program any more\.\n/m, 'kill');
$r = debug(['c'], 'nosuch', options => ['--root', $tree, '--personality', 'v7']);
ok(outcome($r) eq '127' && $r->{err} =~ /cannot find the program/, 'a program that is not there') or describe($r);
# Signals, a child, a fault, another program.
my @v7 = (options => ['--root', $tree, '--personality', 'v7']);
$r = debug(['watch alarms', 'c', 'delete', 'c'], 'waits', @v7);
has($r, qr/^Watchpoint 1, .*000000 -> 000001\n.*\nThe program has ended with status 3\./m, 'an alarm goes to its handler, and stops nobody');
$r = debug(['c', 'bt', 'c'], 'waits', @v7, in => 'ffs');
has($r, qr/^child\nchild\nThe program gets SIGBUS\.\n=> \d+ .*\n#0 .*\nThe program was killed by SIGBUS\.\n/m, 'children go on alone; a fault stops it, and kills it');
$r = debug(['c', 'signal 0', 'set pc = out', 'c'], 'waits', @v7, in => 's');
has($r, qr/^The program has ended with status 3\./m, 'or not');
$r = debug(['break out', 'c', 'break double', 'c', 'symbols', 'delete', 'c'], 'waits', @v7, in => 'x');
has($r, qr/^The program is \/bin\/program now, of v7\.\n=> 000000 <start>:.*\n(?:.*\n)*hello\nThe program has ended with status 13/m, 'another program is debugged in its turn');
# Commands from a file and from the standard input.
open(my $c, '>', "$dir/commands") or die;
print $c "# a comment\n\nbreak double\ncontinue\nprint r0\n";
close $c;
$r = run(cmd => [fbird(), 'debug', '--root', $tree, '--personality', 'v7', '-x', "$dir/commands", '/bin/program'], dir => $dir, in => "step\n\nquit\n");
has($r, qr/^03  3  0x3\n\(fbird\) => \d+ <double\+2>:.*\n\(fbird\) => 000010 .*\n\(fbird\) \z/m, 'commands from a file, then from the standard input; an empty line does the same again');
$r = run(cmd => [fbird(), 'debug', '--root', $tree, '--personality', 'v7', '-x', "$dir/none", '/bin/program'], dir => $dir);
ok(outcome($r) eq '1' && $r->{err} =~ /cannot read .*none/, 'a file that is not there') or describe($r);

# ---- GDB's remote protocol ------------------------------------------------------------------
sub serve {
	my ($where, $program, $in) = @_;
	unlink "$dir/err";
	pipe(my $from, my $out) or die;
	pipe(my $stdin, my $to) or die;
	my $pid = fork() // die;
	if ($pid == 0) {
		open(STDIN, '<&', $stdin);
		open(STDOUT, '>&', $out);
		open(STDERR, '>', "$dir/err");
		close $_ for $from, $to;
		exec(fbird(), 'debug', '--listen', $where, '--root', $tree, '--personality', 'v7', "/bin/$program") or POSIX::_exit(98);
	}
	close $_ for $out, $stdin;
	my $until = time + 10;
	sleep 0.02 while (slurp("$dir/err") // '') !~ /waiting for a debugger/ && time < $until;
	return { pid => $pid, from => $from, to => $to };
}
sub packet { my ($t) = @_; my $sum = 0; $sum += ord for split //, $t; return sprintf '$%s#%02x', $t, $sum & 255 }
sub hear {
	my ($s, $limit) = @_;
	my $select = IO::Select->new($s);
	my $got = '';
	my $until = time + ($limit // 10);
	while ($got !~ /\$([^#]*)#..$/s && time < $until) {
		next if !$select->can_read(0.2);
		sysread($s, $got, 4096, length $got) or last;
	}
	return $got =~ /\$([^#]*)#..$/s ? $1 : "nothing but '$got'";
}
sub ask { my ($s, $t, $limit) = @_; syswrite $s, packet($t); my $r = hear($s, $limit); syswrite $s, '+'; return $r }
sub ended { my ($g) = @_; close $g->{to} if $g->{to}; my $out = join '', readline($g->{from}); waitpid $g->{pid}, 0; return ($?, $out) }

my $socket = "$dir/gdb";
my $g = serve($socket, 'split');
my $s = IO::Socket::UNIX->new(Peer => $socket);
ok($s, 'a Unix socket') or BAIL_OUT(slurp("$dir/err"));
like(ask($s, 'qSupported:swbreak+;hwbreak+'), qr/^PacketSize=400;.*qXfer:features:read\+/, 'what it can');
like(ask($s, 'qXfer:features:read:target.xml:0,120'), qr/^m<\?xml.*<reg name="r0" bitsize="16"/s, 'its description');
is(ask($s, '?'), 'T05thread:1;', 'why it has stopped');
is(ask($s, 'm10000,4'), 'c0150300', 'its instructions');
my ($double) = run(cmd => [fbird(), 'debug', '--batch', '--root', $tree, '--personality', 'v7', '-ex', 'symbols double', '/bin/split'])->{out} =~ /^(\d+) text double/m;
is(ask($s, sprintf('Z0,%x,2', oct $double)), 'OK', 'a breakpoint');
is(ask($s, 'vCont;c:1'), 'T05thread:1;', 'is reached');
is(substr(ask($s, 'g'), 28, 4), join('', map { sprintf '%02x', $_ } oct($double) & 255, oct($double) >> 8), 'and the program counter is there');
is(ask($s, 's'), 'T05thread:1;', 'a step');
is(ask($s, 'p7'), join('', map { sprintf '%02x', $_ } oct($double) + 2 & 255, oct($double) + 2 >> 8), 'of one instruction');
syswrite $s, "rubbish\$g#00";
$r = '';
sysread($s, $r, 100);
is($r, '-', 'a packet with a wrong sum');
is(ask($s, 'QCatchSyscalls:1;4'), 'OK', 'calls are caught');
is(ask($s, sprintf('z0,%x,2', oct $double)), 'OK', 'no breakpoint');
is(ask($s, 'c'), 'T05thread:1;syscall_entry:4;', 'at a call');
is(ask($s, 'c'), 'T05thread:1;syscall_return:4;', 'and its end');
is(ask($s, 'c'), 'W0d', 'and at the program\'s end');
my ($status, $out) = ended($g);
is("$status $out", (13 << 8) . " hello\n", 'as which fbird debug ends');
ok(!-e $socket, 'the socket is gone');

my $free = IO::Socket::INET->new(Listen => 1, LocalAddr => '127.0.0.1')->sockport;
$g = serve("127.0.0.1:$free", 'waits');
$s = IO::Socket::INET->new(PeerAddr => '127.0.0.1', PeerPort => $free);
ok($s, 'TCP, when it is asked for') or BAIL_OUT(slurp("$dir/err"));
is(ask($s, 'QPassSignals:e;14'), 'OK', 'signals pass');
is(ask($s, 'QStartNoAckMode'), 'OK', 'no acknowledgements');
syswrite $s, packet('c');
sleep 1.3;
syswrite $s, "\x03";
is(hear($s), 'T02thread:1;', 'a program that sleeps in a call is interrupted');
is(ask($s, 'C0f'), 'X0f', 'and killed by a signal');
($status) = ended($g);
is($status & 127, 15, 'so ends fbird debug');

$g = serve($socket, 'waits');
$s = IO::Socket::UNIX->new(Peer => $socket);
is(ask($s, 'D'), 'OK', 'a debugger leaves');
close $s;
($status) = ended($g);
is($status, 3 << 8, 'the program goes on to its end');
$g = serve($socket, 'waits');
$s = IO::Socket::UNIX->new(Peer => $socket);
ask($s, '?');
close $s;
($status) = ended($g);
is($status, 3 << 8, 'also when the debugger is just gone');
$g = serve($socket, 'waits');
$s = IO::Socket::UNIX->new(Peer => $socket);
syswrite $s, packet('k');
is(hear($s), 'X09', 'a debugger kills');
close $s;
($status) = ended($g);
is($status & 127, 9, 'and that is that');
# Nonsense for a second, and it still answers.
$g = serve($socket, 'program');
$s = IO::Socket::UNIX->new(Peer => $socket);
srand 7;
for (1 .. 300) {
	my $text = join '', map { chr int rand 256 } 1 .. rand 60;
	$text =~ tr/\x03#$//d;
	$text =~ s/^[kDcsCSv]//;
	syswrite $s, packet($text);
}
sleep 0.3;
sysread($s, $r, 1 << 20);
is(ask($s, 'qAttached'), '0', 'hostile packets disturb nobody');
ask($s, 'k');
ended($g);
for ('nowhere', '1.2.3.4.5:6', "$dir/no/such/place") {
	$r = run(cmd => [fbird(), 'debug', '--listen', $_, '--root', $tree, '--personality', 'v7', '/bin/waits'], dir => $dir);
	ok(outcome($r) eq '1' && $r->{err} =~ /\Afbird: cannot listen at '\Q$_\E'/, "'$_' is no place to listen at") or describe($r);
}
$r = run(cmd => [fbird(), 'debug', '--listen', $socket, "$build/twin/waits.freebsd"]);
ok(outcome($r) eq '2' && $r->{err} =~ /--listen' is for programs of the PDP-11/, 'no other program listens') or describe($r);

# ---- on a terminal --------------------------------------------------------------------------
SKIP: {
	skip 'no tmux here', 2 if !grep { -x "$_/tmux" } split /:/, $ENV{PATH};
	my @tmux = ('tmux', '-S', "$dir/tmux");
	local $ENV{TERM} = 'xterm';
	system(@tmux, '-f', '/dev/null', 'new-session', '-d', '-x', '100', '-y', '20', fbird() . " debug --root $tree --personality v7 /bin/waits; sleep 100");
	my $screen = sub {
		my ($want) = @_;
		my ($until, $text) = (time + 10, '');
		do {
			sleep 0.1;
			open(my $p, '-|', @tmux, 'capture-pane', '-p') or die;
			$text = join '', <$p>;
		} while ($text !~ $want && time < $until);
		return $text;
	};
	$screen->(qr/\(fbird\)/);
	system(@tmux, 'send-keys', 'continue', 'Enter');
	sleep 1.5;
	system(@tmux, 'send-keys', 'C-c');
	like($screen->(qr/SIGINT/), qr/^\^CThe program gets SIGINT\.\n=> \d+ <again\+10>: +bcs +\d+ /m, '^C stops a program that reads from the terminal');
	system(@tmux, 'send-keys', 'continue', 'Enter');
	sleep 0.3;
	system(@tmux, 'send-keys', 'C-d');
	like($screen->(qr/ended/), qr/^The program has ended with status 3\.\n/m, 'which goes on where it was');
	system(@tmux, 'kill-server');
}
done_testing;
