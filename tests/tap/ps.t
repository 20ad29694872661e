#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# fbird ps: each system's guests with what is true of them, through fork, exec and a change of the
# root, in a namespace and looked up in the process; other users', and processes that are none.
use strict;
use warnings;
use lib 'tests/lib';
use Cwd;
use FbirdTest;
use File::Path qw(make_path);
use File::Temp qw(tempdir);
use IO::Handle;
use JSON::PP;
use Test::More;
use Time::HiRes qw(sleep time);

my $dir = tempdir(CLEANUP => 1);
chmod 0755, $dir;
my @as = unprivileged();
# A copy that everybody can read: a checkout may lie where only root can enter.
system("mkdir -p $dir/fbird && cp -R \$(dirname " . fbird() . ") $build/lib $dir/fbird && cp $build/twin/waits.* $dir") == 0 or BAIL_OUT('cannot copy fbird');
my $tool = "$dir/fbird/bin/fbird";
my $user = getpwuid($>);
my @started;

# A guest that waits for lines; its pid, and handles to and from it.
sub start {
	my (@cmd) = @_;
	pipe(my $in, my $to) or die;
	pipe(my $from, my $out) or die;
	my $pid = fork() // die;
	if ($pid == 0) {
		open(STDIN, '<&', $in);
		open(STDOUT, '>&', $out);
		close $_ for $to, $from;
		chdir $dir;
		$ENV{FBIRD_ROOTS} = "$dir/store";
		exec(@cmd) or POSIX::_exit(98);
	}
	$to->autoflush(1);
	close $_ for $in, $out;
	my $g = { pid => $pid, to => $to, from => $from };
	push @started, $g;
	waits($g);
	return $g;
}
sub waits { my ($g) = @_; my $said = readline($g->{from}); return $said }
sub order { my ($g, $what) = @_; print { $g->{to} } "$what\n"; return waits($g) }
sub finish { my ($g) = @_; close $g->{to}; 1 while readline($g->{from}); waitpid($g->{pid}, 0) }

sub ps {
	my (@args) = @_;
	return run(cmd => [$tool, 'ps', @args], env => { FBIRD_ROOTS => "$dir/store" });
}
# One guest as JSON has it; undef.
sub look {
	my ($pid) = @_;
	my $r = ps('--json', '-p', $pid);
	return (eval { @{ decode_json($r->{out}) } })[0];
}

for my $case (['freebsd'], ['illumos'], ['linux', '--personality', 'linux']) {
	my ($system, @options) = @$case;
	my $g = start($tool, 'run', @options, "$dir/waits.$system", 'one', 'two words');
	my $p = look($g->{pid});
	is_deeply([@$p{qw(pid ppid uid user personality root root_name view threads program command)}, $p->{interpreted} ? 1 : 0],
		[$g->{pid}, $$, $>, $user, $system, '/', undef, undef, 1, "$dir/waits.$system", "$dir/waits.$system one two words", 0], "$system: what is true of it");
	ok($p->{rss} > 4096 && $p->{rss} < 1 << 28 && $p->{cpu_seconds} < 20, 'and what the host says');
	order($g, 'f');
	my ($child) = grep { $_->{ppid} == $g->{pid} } @{ decode_json(ps('--json')->{out}) };
	is($child->{personality} // '', $system, 'its child');
	order($g, 'x') if $child; # the child reads now
	is((look($child->{pid}) // {})->{personality} // '', $system, 'which executes a program of the same system');
	finish($g);
	my $r = ps('-p', $g->{pid});
	ok(outcome($r) eq '1' && $r->{err} eq "fbird: there is no process $g->{pid}\n", 'it is gone') or describe($r);
}

# ---- columns and a tree ----------------------------------------------------------------------
{
	my $g = start($tool, 'run', "$dir/waits.freebsd", 'one');
	my $pgid = getpgrp($g->{pid});
	my $r = ps('-p', $g->{pid}, '-o', 'pid,pgid,user', '-o', 'personality=System, and more');
	ok($r->{out} =~ /\A +PID +PGID USER +System, and more\n +$g->{pid} +$pgid \Q$user\E +freebsd\n\z/, 'columns, with a header') or describe($r);
	$r = ps('-p', $g->{pid}, '-o', 'pid=', '-o', 'state=', '-o', 'args=');
	ok($r->{out} =~ /\A +$g->{pid} [SR] \Q$dir\E\/waits\.freebsd one\n\z/, 'without headers there is no line of them') or describe($r);
	$r = ps('-p', $g->{pid}, '-o', 'sid,uid,view,nlwp,time,etime,pcpu,rss,vsz,traced,root,program,ppid');
	ok($r->{out} =~ /\A.*\n +\d+ +$> - +1 +0:00\.\d\d +00:0\d +\d+\.\d +\d+K +\d+K no +\/ +\Q$dir\E\/waits\.freebsd +$$\n\z/, 'all that can be said') or describe($r);
	order($g, 'f');
	my ($child) = grep { $_->{ppid} == $g->{pid} } @{ decode_json(ps('--json')->{out}) };
	$r = ps('--tree');
	ok($r->{out} =~ /^ *$g->{pid} .* \Q$dir\E\/waits\.freebsd one\n *$child->{pid} +$g->{pid} .*K  \\_ \Q$dir\E\/waits\.freebsd one\n/m, 'a child below its parent') or describe($r);
	for (['-o', 'nosuch'], ['-o', ''], ['-o', 'pid,,ppid'], ['-o', join ',', ('pid') x 40], ['--json', '--tree'], ['--json', '-o', 'pid']) {
		$r = ps(@$_);
		ok(outcome($r) eq '2' && $r->{err} =~ /\Afbird: [^\n]+\n\z/, "'" . substr("@$_", 0, 20) . "' is refused in a sentence") or describe($r);
	}
	finish($g);
}

# A change of the system is one of the program: FreeBSD's sh is not at hand, Linux's is.
my $sh = start($tool, 'run', '--personality', 'linux', '/bin/sh', '-c', "echo started; read x; exec $dir/waits.freebsd");
is(look($sh->{pid})->{personality}, 'linux', 'a Linux shell');
is(look($sh->{pid})->{command}, "/bin/sh -c echo started; read x; exec $dir/waits.freebsd", 'and its command');
order($sh, '');
is(look($sh->{pid})->{personality}, 'freebsd', 'has become a FreeBSD program');
finish($sh);

# ---- roots ----------------------------------------------------------------------------------
my $tree = "$dir/store/box/tree";
make_path("$tree/bin", "$tree/tmp", "$tree/dev", "$tree/etc", "$tree/proc", "$tree/sub/bin", "$dir/a;b%");
make_path("$dir/a;b%/bin");
for my $t ($tree, "$tree/sub", "$dir/a;b%") {
	system('cp', "$build/twin/waits.freebsd", "$t/bin/waits") == 0 or die;
}
for my $kind ('namespace', 'in-process') {
	my $g = start($tool, 'run', '--root', 'box', '--view', $kind, '/bin/waits');
	my $p = look($g->{pid});
	is_deeply([@$p{qw(personality root root_name view program)}], ['freebsd', $tree, 'box', $kind, '/bin/waits'], "$kind: a root of the store");
	ok(ps()->{out} =~ /^ *$g->{pid} +$$ +\Q$user\E +freebsd +box +1 +0:00\.\d\d +\d+K \/bin\/waits$/m, 'by its name in the table') or diag(ps()->{out});
	is(look($g->{pid})->{root_name}, 'box', 'after an exec, too') if order($g, 'x');
	if ($kind eq 'namespace' && $> == 0) {
		order($g, 'c /sub');
		is(look($g->{pid})->{root}, "$tree/sub", 'and where it changed its root to');
	}
	finish($g);
	# Names with what options are made of.
	$g = start($tool, 'run', '--root', "$dir/a;b%", '--view', $kind, '/bin/waits');
	is(look($g->{pid})->{root}, "$dir/a;b%", 'a root with an odd name');
	order($g, 'x');
	is((look($g->{pid}) // {})->{root}, "$dir/a;b%", 'after an exec, too');
	finish($g);
}

# ---- the PDP-11 -----------------------------------------------------------------------------
make_path("$dir/v7/$_") for 'bin', 'etc', 'tmp';
open(my $s, '>', "$dir/v7/program.s") or die;
print $s <<'S';
	.text
start:	mov $1, r0
	sys write; hello; 6
	clr r0
	sys read; buf; 1
	mov $3, r0
	sys exit
	.data
hello:	<hello\n>
	.bss
buf:	.=.+2
S
close $s;
my $made = run(cmd => [getcwd() . '/tests/tools/pdp11-as', '-m', '0407', '-u', 'v7', '-o', "$dir/v7/bin/program", "$dir/v7/program.s"]);
is($made->{err}, '', 'a program for the PDP-11 is assembled');
for my $kind ('namespace', 'in-process') {
	my $g = start($tool, 'run', '--personality', 'v7', '--root', "$dir/v7", '--view', $kind, '/bin/program', 'x', 'y');
	my $p = look($g->{pid});
	is_deeply([@$p{qw(personality root view command)}, $p->{interpreted} ? 1 : 0], ['v7', "$dir/v7", $kind, '/bin/program x y', 1], "a PDP-11's program, $kind") or diag(explain($p));
	finish($g);
}

# ---- what is no guest, what may not be seen --------------------------------------------------
my $r = ps('-p', $$);
ok(outcome($r) eq '1' && $r->{err} eq "fbird: process $$ is no guest\n", 'a process that is no guest') or describe($r);
for (['-p', 'x'], ['-p', '1,'], ['-p', '0'], ['-p', '99999999999999999999'], ['-z'], ['word']) {
	$r = ps(@$_);
	ok(outcome($r) eq '2' && $r->{err} =~ /\Afbird: [^\n]+\n\z/, "'@$_' is refused in a sentence") or describe($r);
}
SKIP: {
	skip 'not root, who can be somebody else', 5 if !@as;
	my $mine = start($tool, 'run', "$dir/waits.freebsd");
	my $theirs = start(@as, $tool, 'run', "$dir/waits.freebsd");
	my $seen = sub { my ($r, $g) = @_; return $r->{out} =~ /^ *$g->{pid} /m ? 1 : 0 };
	my $r = ps();
	is_deeply([$seen->($r, $mine), $seen->($r, $theirs)], [1, 0], 'without -a one\'s own');
	$r = ps('-a');
	is_deeply([$seen->($r, $mine), $seen->($r, $theirs)], [1, 1], 'with -a all, for root');
	ok($r->{out} =~ /^ *$theirs->{pid} +\d+ +(?:nobody|65534) +freebsd/m, 'and whose it is');
	$r = run(cmd => [@as, $tool, 'ps', '-a']);
	ok($seen->($r, $theirs) && !$seen->($r, $mine) && $r->{err} =~ /\Afbird: \d+ processes of others may not be looked into by you: guests among them are not shown\n\z/,
		'a user is told what he does not see') or describe($r);
	$r = run(cmd => [@as, $tool, 'ps', '-p', $mine->{pid}]);
	ok(outcome($r) eq '1' && $r->{err} =~ /process $mine->{pid} may not be looked into by you/, 'and asks for one in vain') or describe($r);
	finish($_) for $mine, $theirs;
}
# A guest that writes nonsense where the facts are gets nonsense, and nobody else does.
my ($facts) = `nm $build/lib/fbird/fbird-rt` =~ /^(\w+) . rt_facts$/m;
open(my $c, '>', "$dir/liar.c") or die;
print $c <<"C";
#include <unistd.h>
#include <string.h>
int main(void) { char c; memset((void *)0x$facts, 0x41, 40); write(1, "x\\n", 2); read(0, &c, 1); return 0; }
C
close $c;
system('gcc', '-O1', '-w', '-o', "$dir/liar", "$dir/liar.c") == 0 or die;
my $g = start($tool, 'run', '--personality', 'linux', "$dir/liar");
$r = ps('-p', $g->{pid});
ok(outcome($r) eq '1' && $r->{err} =~ /is no guest/, 'a guest that spoils what is said of it') or describe($r);
finish($g);
done_testing;
