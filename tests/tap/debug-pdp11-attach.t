#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# fbird debug on programs of the PDP-11, continued: one that runs already, wherever it is; what
# system calls write and read where somebody watches; both of a fork's processes; floating point.
use strict;
use warnings;
use lib 'tests/lib';
use Cwd;
use FbirdTest;
use File::Path qw(make_path);
use File::Temp qw(tempdir);
use IO::Handle;
use POSIX qw(mkfifo);
use Test::More;
use Time::HiRes qw(sleep time);

my $dir = tempdir(CLEANUP => 1);
chmod 0755, $dir;
my $as = getcwd() . '/tests/tools/pdp11-as';
my $tree = "$dir/v7";
make_path(map { "$tree/$_" } qw(bin etc usr tmp dev));
my @v7 = ('--root', $tree, '--personality', 'v7');
my @started;

sub assemble {
	my ($name, $source) = @_;
	open(my $o, '>', "$dir/$name.s") or die;
	print $o $source;
	close $o;
	my $r = run(cmd => [$as, '-s', '-u', 'v7', '-m', '0407', '-o', "$tree/bin/$name", "$dir/$name.s"]);
	$r->{err} eq '' or BAIL_OUT("$name: $r->{err}");
}
# Reads letters: each is counted, p waits for an alarm, l loops until a signal, x is another program.
assemble('runs', <<'S');
	.text
start:	setd
	movf	pi,fr0
	negf	fr0
	movf	fr0,fr5
	sys	signal; 14.; caught
	mov	$1,r0
	sys	write; ready; 6
loop:	clr	r0
	sys	read; byte; 1
	bes	loop
	tst	r0
	beq	out
	jsr	pc,count
	cmpb	byte,$'p
	beq	wait
	cmpb	byte,$'l
	beq	spin
	cmpb	byte,$'x
	beq	other
	br	loop
count:	inc	n
	rts	pc
wait:	mov	$2,r0
	sys	alarm
	sys	pause
	br	tell
spin:	mov	$2,r0
	sys	alarm
	clr	alarms
1:	tst	alarms
	beq	1b
tell:	mov	$1,r0
	sys	write; told; 5
	br	loop
other:	sys	exec; name; args
out:	mov	$3,r0
	sys	exit
caught:	inc	alarms
	mov	r0,-(sp)
	sys	signal; 14.; caught
	mov	(sp)+,r0
	rtt
	.data
ready:	<ready\n>
told:	<told\n>
name:	</bin/watched\0>
	.even
args:	name; 0
pi:	040511; 007732; 121041; 064302
byte:	0
n:	0
alarms:	0
S
assemble('watched', <<'S');
	.text
start:	sys	open; path; 0
	mov	r0,r3
	mov	r3,r0
	sys	read; buf; 4
	mov	r3,r0
	sys	read; buf; 4
	mov	$1,r0
	sys	write; text; 3
	sys	pipe
	sys	fork
	br	child
	sys	wait
	mov	$1,r0
	sys	write; par; 7
	clr	r0
	sys	exit
child:	inc	where
	mov	$1,r0
	sys	write; son; 6
	mov	$5,r0
	sys	exit
	.data
path:	</etc/data\0>
text:	<txt\n>
par:	<parent\n>
son:	<child\n>
	.even
buf:	0; 0
where:	0
S
open(my $d, '>', "$tree/etc/data") or die;
print $d "aaaabbbb";
close $d;

# A guest whose input is a fifo and whose output comes here.
sub start {
	my ($name, @as) = @_;
	my $fifo = "$dir/in" . @started;
	mkfifo($fifo, 0600) && chmod(0666, $fifo) or die;
	open(my $to, '+<', $fifo) or die;
	$to->autoflush(1);
	pipe(my $from, my $out) or die;
	my $pid = fork() // die;
	if ($pid == 0) {
		open(STDIN, '<', $fifo);
		open(STDOUT, '>&', $out);
		close $_ for $to, $from;
		exec(@as, fbird(), 'run', @v7, "/bin/$name") or POSIX::_exit(98);
	}
	close $out;
	my $g = { pid => $pid, to => $to, from => $from };
	push @started, $g;
	is(said($g), 'ready', 'a guest runs');
	return $g;
}
sub said {
	my ($g) = @_;
	local $SIG{ALRM} = sub { die "it says nothing\n" };
	alarm 20;
	my $line = eval { readline($g->{from}) } // 'nothing';
	alarm 0;
	chomp $line;
	return $line;
}
sub give { my ($g, $what) = @_; print { $g->{to} } $what }
# In a moment, while somebody waits for it.
sub later { my ($g, $what) = @_; return if fork(); sleep 0.7; give($g, $what); POSIX::_exit(0) }
sub finish { my ($g) = @_; kill 'KILL', $g->{pid}; waitpid($g->{pid}, 0) }
sub attach {
	my ($g, $commands, %more) = @_;
	my @as = @{ delete $more{as} // [] };
	return run(cmd => [@as, fbird(), 'debug', '--batch', (map { ('-ex', $_) } @$commands), '-p', $g->{pid}], dir => $dir, limit => 30, %more);
}
sub debug {
	my ($commands, $program, %more) = @_;
	return run(cmd => [fbird(), 'debug', '--batch', @v7, (map { ('-ex', $_) } @$commands), "/bin/$program"], dir => $dir, limit => 30, %more);
}
sub has {
	my ($r, $want, $name) = @_;
	ok($r->{out} =~ $want, $name) or do { diag($r->{out}); describe($r) if exists $r->{err} };
}

# ---- one that runs already -------------------------------------------------------------------
my $g = start('runs');
give($g, 'a');
sleep 0.3;
my $r = attach($g, ['regs', 'floats', 'bt', 'x n']);
has($r, qr/\Afbird: \/bin\/runs, a program of v7, as process $g->{pid}; 'help' lists the commands\n=> \d+ <loop\+2>:\tsys\t3\t; read\n/, 'it reads');
has($r, qr/^sp \d+  pc \d+ <loop\+2>  ps /m, 'its registers');
has($r, qr/^fps 0002\d\d  double\nac0 140511 007732 121041 064302  -3\.14159265358979\d*\nac1 .*  0\n(?:ac.*\n)*ac5 140511 /m, 'and those of floating point');
has($r, qr/^\d+ <n>:\t000001\nThe program goes on\.\n\z/m, 'its data, and it goes on');
later($g, 'b');
$r = attach($g, ['break count', 'c', 'bt', 'delete', 's 2', 'x n']);
has($r, qr/^Breakpoint 1\n=> \d+ <count>:\tinc\t.*\n#0 +\d+ <count>\n/m, 'a breakpoint');
has($r, qr/^\d+ <n>:\t000002\n/m, 'and steps');
later($g, 'c');
$r = attach($g, ['watch byte, 1', 'catch read', 'c', 'c', 'c']);
has($r, qr/^The program calls read\.\n.*\nread answers 000001\.\n.*\nWatchpoint 1, \d+ <byte>: 000142 -> 000143\n/m, 'a call and what it writes');
# Where it may be when somebody comes: in pause, in a loop; a signal it takes is not lost.
give($g, 'p');
sleep 0.2;
$r = attach($g, ['x/i pc']);
has($r, qr/^=> \d+ <wait\+6>:\tsys\t35\t; pause\n/m, 'one that pauses');
is(said($g), 'told', 'goes on to pause, and gets its signal');
give($g, 'l');
sleep 0.2;
$r = attach($g, ['p pc', 's', 's']);
has($r, qr/as process.*\n(?:=> \d+ <spin\+\d+>:.*\n)/, 'one that loops');
is(said($g), 'told', 'goes on');
# Another program in its place, and an end.
later($g, 'x');
$r = attach($g, ['catch open', 'c', 'c', 'c', 'c']);
has($r, qr/^The program is \/bin\/watched now, of v7\.\n(?:.*\n)*The program has ended\.\n/m, 'it becomes another program, and ends');
finish($g);
# Interrupts, two who want it, one who is killed.
$g = start('runs');
my $pid = fork() // die;
if ($pid == 0) {
	open(STDOUT, '>', "$dir/first");
	exec(fbird(), 'debug', '--batch', '-ex', 'c', '-ex', 'bt', '-p', $g->{pid}) or POSIX::_exit(98);
}
my $until = time + 10;
sleep 0.05 while (slurp("$dir/first") // '') !~ /as process/ && time < $until;
sleep 0.2;
$r = attach($g, []);
ok(outcome($r) eq '1' && $r->{err} eq "fbird: process $g->{pid} is debugged already, or is of another version\n", 'somebody else debugs it') or describe($r);
kill 'INT', $pid;
waitpid($pid, 0);
like(slurp("$dir/first"), qr/^The program gets SIGINT\.\n=> \d+ <loop\+10>:.*\n#0 +\d+ <loop\+10>\nThe program goes on\.\n\z/m, 'an interrupt for us stops it');
give($g, 'l');
is(said($g), 'told', 'it goes on');
$pid = fork() // die;
if ($pid == 0) {
	open(STDOUT, '>', "$dir/second");
	exec(fbird(), 'debug', '--batch', '-ex', 'break count', '-ex', 'c', '-p', $g->{pid}) or POSIX::_exit(98);
}
$until = time + 10;
sleep 0.05 while (slurp("$dir/second") // '') !~ /as process/ && time < $until;
sleep 0.2;
kill 'KILL', $pid;
waitpid($pid, 0);
give($g, 'l');
is(said($g), 'told', 'also when the debugger is killed');
has(attach($g, ['x n']), qr/^The program goes on\.\n\z/m, 'and the next may come');
$r = attach($g, ['kill']);
waitpid($g->{pid}, 0);
is($? & 127, 9, 'it is killed when that is asked for');
# Users.
my @as = unprivileged();
SKIP: {
	skip 'not root, who can be somebody else', 5 if !@as;
	system("mkdir -p $dir/fbird && cp -R \$(dirname " . fbird() . ") $build/lib $dir/fbird") == 0 or die;
	local $FbirdTest::fbird = "$dir/fbird/bin/fbird";
	my ($theirs, $mine) = (start('runs', @as), start('runs'));
	SKIP: {
		skip 'Yama', 1 if (slurp('/proc/sys/kernel/yama/ptrace_scope') // 0) > 0;
		has(attach($theirs, ['x n'], as => \@as), qr/<n>:\t000000\nThe program goes on/, 'a user his own');
	}
	has(attach($theirs, ['x n']), qr/<n>:\t000000\nThe program goes on/, 'root everybody\'s');
	$r = attach($mine, [], as => \@as);
	ok(outcome($r) eq '1' && $r->{err} eq "fbird: process $mine->{pid} may not be looked into by you\n", 'but a user nobody else\'s') or describe($r);
	finish($_) for $theirs, $mine;
}

# ---- what calls write and read ---------------------------------------------------------------
$r = debug(['watch buf', 'c', 'c', 'c'], 'watched');
has($r, qr/^Watchpoint 1, \d+ <buf>: 000000 -> 060541\n=> .*\nWatchpoint 1, \d+ <buf>: 060541 -> 061142\n=> \d+ <start\+\d+>:.*\ntxt?/m, 'what calls write');
$r = debug(['rwatch text+2, 1', 'rwatch path+4, 1', 'awatch buf+2', 'c', 'c', 'c', 'c', 'delete', 'c'], 'watched');
has($r, qr/^Watchpoint 2, \d+ <path\+4>.*\n=> \d+ <start\+6>.*\nWatchpoint 3, .*000000 -> 060541\n.*\nWatchpoint 3, .*060541 -> 061142\n=> .*\ntxtWatchpoint 1, \d+ <text\+2>.*\n/m, 'what they read: a path, a buffer');
$r = debug(['rwatch buf', 'rwatch text+3, 1', 'watch text', 'c'], 'watched');
has($r, qr/^txtchild\nparent\nThe program has ended with status 0\.\n/m, 'and nothing else');

# ---- both of fork's processes ----------------------------------------------------------------
$r = debug(['follow', 'break child', 'c'], 'watched');
has($r, qr/^follow child, or follow parent: now it is the parent\.\n(?:.*\n)*txtchild\nparent\nThe program has ended with status 0\./m, 'the parent');
# To the end of its output, which both have.
my $follows = join ' ', map { "-ex '$_'" } 'follow child', 'break child', 'c', 's', 'watch where', 'c', 'catch exit', 'c', 'c';
$r = { out => scalar qx{exec @{[fbird()]} debug --batch @v7 $follows /bin/watched 2>&1} };
has($r, qr/^txtThe child, process \d+, is debugged on; its parent goes on alone\.\n=> \d+ <start\+\d+>:\tbr\t/m, 'the child, right after the fork');
has($r, qr/^=> \d+ <child>:\tinc\t(?:.*\n)*.*Watchpoint 2, \d+ <where>: 000000 -> 000001\n/m, 'with watchpoints');
has($r, qr/^The program calls exit\.\n.*\n(?:parent\n)?The program has ended\.\n/m, 'to its end');
has($r, qr/^parent\n/m, 'and its parent to his');
$r = debug(['follow nobody'], 'watched');
has($r, qr/^follow child, or follow parent/m, 'words that make no sense');
done_testing;
