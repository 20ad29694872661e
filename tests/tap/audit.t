#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# fbird audit: the same refusals on each system, by its own numbers; rates, paths, children, kills; what
# the host enforces; the log and what happens to one that is tampered with; policies with errors;
# policies that are learnt; readers that are killed and logs that cannot be written.
use strict;
use warnings;
use lib 'tests/lib';
use Cwd;
use FbirdTest;
use File::Temp qw(tempdir);
use JSON::PP;
use Test::More;
use Time::HiRes qw(sleep time);

my $dir = tempdir(CLEANUP => 1);
chmod 0777, $dir;
my @systems = ('linux', 'freebsd', 'illumos');

sub write_file { open(my $o, '>', $_[0]) or die; print $o $_[1]; close $o }

sub audit {
	my ($args, %more) = @_;
	return run(cmd => [@{ $more{as} // [] }, $more{fbird} // fbird(), 'audit', @$args], limit => 60, dir => $dir, %more);
}

sub policy {
	my ($text) = @_;
	write_file("$dir/policy", $text);
	return "$dir/policy";
}

# The objects of a log, without what verify looks at.
sub logged {
	my ($file) = @_;
	return map { decode_json($_) } split /\n/, slurp($file);
}

# ---- rules ------------------------------------------------------------------------------------
my $free = slurp('tests/audit/audited.free');
my $held = slurp('tests/audit/audited.held');
my $rules = <<"P";
errno ENOENT open, openat if path under /etc
errno EACCES open, openat if flags has O_CREAT and path under $dir
deny open, openat if flags & O_ACCMODE == O_WRONLY
errno EROFS mkdir, mkdirat
errno EAGAIN fork, forksys, vfork
allow getpid rate 1/h burst 4
errno ESRCH getpid
P
for my $system (@systems) {
	my $program = "$build/twin/audited.$system";
	my $r = audit(['run', '-p', policy("allow all\n"), $program]);
	ok(outcome($r) eq '0' && $r->{err} eq '' && same_text($r->{out}, $free), "$system: a policy that allows all") or describe($r);
	unlink "$dir/log";
	$r = audit(['run', '-p', policy($rules), '-o', "$dir/log", $program]);
	ok(outcome($r) eq '0' && $r->{err} eq '' && same_text($r->{out}, $held), "$system: each is refused by its own error") or describe($r);
	my @log = grep { $_->{event} eq 'call' } logged("$dir/log");
	is(scalar(grep { $_->{action} eq 'refuse' && $_->{abi} eq $system } @log), scalar(@log), "$system: and is in the log");
	is(scalar(grep { $_->{call} eq 'getpid' && $_->{rule} == 7 && $_->{error} eq 'ESRCH' } @log), 6, "$system: what the rate did not let through too");
	$r = audit(['run', '-p', policy("kill mkdir, mkdirat if mode == 0700\n"), $program]);
	ok(outcome($r) eq 'SIG31' && $r->{out} =~ /unlink the other: done\n\z/ && $r->{err} =~ /^\Q$dir\E\/policy:1: killed: mkdir/, "$system: kill") or describe($r);
	$r = audit(['run', '-p', policy("log rmdir, unlinkat\n"), $program]);
	ok($r->{out} eq $free && $r->{err} =~ /^\Q$dir\E\/policy:1: (?:rmdir|unlinkat)\(.*= 0\n/m && $r->{err} !~ /refused/, "$system: log") or describe($r);
	$r = audit(['run', '-p', policy("default deny\nallow %memory, write, thr_self\n"), $program]);
	ok(outcome($r) eq '0' && $r->{out} =~ /^read: EPERM\n.*^symlink: EPERM\n/ms && $r->{out} !~ /done/, "$system: a default that denies lets it end") or describe($r);
	$r = audit(['run', '-p', policy("[linux freebsd illumos]\ndefault deny\n[$system]\ndefault allow\n[any]\ndefault kill\n"), $program]);
	ok($r->{out} eq $free, "$system: the default of a system counts more than that of any") or describe($r);
}
my $linux = "$build/twin/audited.linux";

# Addresses. What is refused is refused for one of them; what is let through, for all.
my $free_net = slurp('tests/audit/net.free');
my %net = (refused => <<'P', allowed => <<'P');
errno EACCES sendto, sendmsg, sendmmsg, connect if address in 127.0.0.2
errno EISDIR sendto if address port 5002-5003
errno EADDRNOTAVAIL bind if address not in 127.0.0.0/8
errno EPERM sendto if address in ::1/128
errno EIO connect if address port 1 and address in 0.0.0.0/0
P
allow sendto, sendmsg, sendmmsg, connect, bind if address in 127.0.0.1
allow bind if address local
errno EACCES sendto, sendmsg, sendmmsg, connect, bind
P
for my $system (@systems) {
	my $r = audit(['run', '-p', policy("log connect if address not local\n"), "$build/twin/audited_net.$system"]);
	ok($r->{out} eq $free_net && (() = $r->{err} =~ /:1: connect\(/g) == 3, "$system: addresses are free") or describe($r);
	for my $how (sort keys %net) {
		$r = audit(['run', '-p', policy($net{$how}), "$build/twin/audited_net.$system"]);
		ok(same_text($r->{out}, slurp("tests/audit/net.$how")), "$system: addresses $how");
	}
}
my $r = audit(['run', '-p', policy("[any]\nallow all\n[box web]\nerrno EIO mkdir\n"), '--box', 'web', $linux]);
ok($r->{out} !~ /EIO/, 'the first rule that names a call decides') or describe($r);
policy("[box other]\nkill all\n[box web]\nerrno EIO mkdir\n");
ok(audit(['run', '-p', "$dir/policy", '--box', 'web', $linux])->{out} =~ /^mkdir: EIO$/m, 'a box has its sections');
ok(audit(['run', '-p', "$dir/policy", $linux])->{out} eq $free, 'and nobody else');
$r = audit(['run', '-p', policy("[illumos]\nkill door_call, door_create\n"), "$build/golden-illumos/doors"], limit => 60);
ok(outcome($r) eq 'SIG31' && $r->{err} =~ /killed: door_create\(/, 'one of the calls that a number is') or describe($r);
$r = audit(['run', '-p', policy("errno EDEADLK write if fd == 1 and size >= 5\nerrno EIO /^wri.*ev\$\n"), '/bin/sh', '-c', 'echo 123; echo 1234; echo $?']);
ok($r->{out} eq "123\n1\n" && $r->{err} =~ /Resource deadlock/, 'arguments, compared') or describe($r);
$r = audit(['run', '-p', policy("errno EPERM kill if pid < 0\nerrno ESRCH kill if sig == SIGHUP\n"), '/bin/bash', '-c', 'kill -CONT -- -1; kill -HUP $$; echo on']);
ok($r->{out} eq "on\n" && $r->{err} =~ /not permitted/i && $r->{err} =~ /no such process/i, 'numbers with a sign; signals by name') or describe($r);


# Two paths of one call.
for my $rules ("allow /^rename if path under $dir/mine\nerrno EACCES /^rename\n", "errno EACCES /^rename if path not under $dir/mine\n") {
	mkdir "$dir/$_" for 'mine', 'theirs';
	write_file("$dir/$_/file", '') for 'mine', 'theirs';
	$r = audit(['run', '-p', policy($rules), '/bin/sh', '-c', <<'S']);
perl -e 'for ("mine/file mine/other", "mine/other theirs/other", "theirs/file mine/file", "theirs/file theirs/other") {
	@n = split; print rename($n[0], $n[1]) ? "done" : "$!", "\n" }'
S
	is($r->{out}, "done\n" . "Permission denied\n" x 3, 'a rule about paths is about both of a call') or describe($r);
}

# A ring would pass all of it by.
for my $case (["deny ptrace\n", 'ENOSYS'], ["log ptrace\n", 'other'], ["allow io_uring_setup\ndeny ptrace\n", 'other'], ["errno EPERM io_uring_setup\n", 'EPERM']) {
	$r = audit(['run', '-p', policy($case->[0]), 'perl', '-MPOSIX', '-e', 'syscall(425, 1, 0); print $!{ENOSYS} ? "ENOSYS" : $!{EPERM} ? "EPERM" : "other"']);
	is($r->{out}, $case->[1], 'io_uring under ' . $case->[0] =~ s/\n/ /gr) or describe($r);
}

# Children, programs they execute, and threads are held to it.
$r = audit(['run', '-p', policy("errno EISDIR mkdir\n"), '/bin/sh', '-c', "mkdir a; $build/twin/audited.freebsd; $build/twin/audited.illumos"]);
is(scalar(() = $r->{out} =~ /^mkdir: EISDIR$/mg), 2, 'what it executes is held to it') or describe($r);
ok($r->{err} =~ /Is a directory/, 'a Linux program too') or describe($r);

# A PDP-11 program of the Seventh Edition.
my $tree = "$dir/v7";
mkdir $_ for $tree, map { "$tree/$_" } 'bin', 'etc', 'usr', 'tmp';
write_file("$dir/program.s", <<'S');
	.text
start:	sys open; root; 0
	sys exit
	.data
root:	</\0>
S
my $made = run(cmd => [getcwd() . '/tests/tools/pdp11-as', '-m', '0407', '-u', 'v7', '-o', "$tree/bin/program", "$dir/program.s"]);
is($made->{err}, '', 'a program for the PDP-11 is assembled');
$r = audit(['run', '-p', policy("[v7]\nerrno EBUSY open if path is /\n"), '--personality', 'v7', "$tree/bin/program"]);
is(outcome($r), 16, 'and is given its own number of an error') or describe($r);

# ---- what the host enforces -------------------------------------------------------------------
my @nobody = nobodys_fbird();
for my $as ($> == 0 && @nobody ? (['root', fbird()], ['nobody', @nobody]) : (['this user', fbird()])) {
	my ($who, $fbird, @drop) = @$as;
	my %how = (fbird => $fbird, as => \@drop);
	my $paths = policy("path read, execute /bin /usr /lib /lib64 /etc/ld.so.cache $build/twin\npath read, write $dir\n");
	$r = audit(['run', '-p', $paths, '/bin/sh', '-c', "cat /etc/passwd; cat <$dir/policy >$dir/copy && echo copied; ls / >/dev/null; ln -s /etc/passwd $dir/link; cat $dir/link; rm $dir/copy $dir/link"], %how);
	ok($r->{out} eq "copied\n" && 3 == (() = $r->{err} =~ /ermission denied/g), "as $who: paths that were not named, and links to them") or describe($r);
	for my $system (@systems) {
		$r = audit(['run', '-p', $paths, "$build/twin/audited.$system"], %how);
		my $want = $free =~ s/^(read|read by dots|read in a child|read by a link): done$/$1: EACCES/mgr;
		ok(outcome($r) eq '0' && same_text($r->{out}, $want), "as $who: on $system") or describe($r);
	}
	policy("path read /usr /lib /lib64 /bin /etc $build/twin\npath execute /bin/sh /usr/bin/dash /lib64 /usr/lib64 /lib /usr/lib\n");
	$r = audit(['run', '-p', "$dir/policy", '/bin/sh', '-c', "cat /etc/passwd; $build/twin/audited.freebsd"], %how);
	ok($r->{out} eq '' && 2 == (() = $r->{err} =~ /sh: \d+: .*ermission denied/g), "as $who: what may be executed") or describe($r);
	my $connects = 'for p in 1 2 9; do : 3<>/dev/tcp/127.0.0.1/$p; done';
	$r = audit(['run', '-p', policy("port connect 2 8-9\n"), '/bin/bash', '-c', $connects], %how);
	ok($r->{err} =~ /permission denied.*refused.*refused/is && $r->{err} !~ /denied.*denied/i, "as $who: ports that were named, and others") or describe($r);
	$r = audit(['run', '-p', policy("port bind 1\n"), '/bin/bash', '-c', $connects], %how);
	ok($r->{err} !~ /denied/i, "as $who: ports for one thing do not keep from the other") or describe($r);
	for my $system (@systems) {
		$r = audit(['run', '-p', policy("port bind, connect 1\npath read, execute /usr /lib /lib64 $build/twin\npath read, write $dir\n"),
			"$build/twin/audited_net.$system"], %how);
		ok(outcome($r) eq '0' && same_text($r->{out}, $free_net =~ s/^((?:bind|connect) to (?:127.0.0.1|any): )done$/$1EACCES/mgr),
			"as $who: on $system ports, with paths") or describe($r);
	}
	$r = audit(['run', '-p', policy("capability none\n"), '/bin/cat', '/proc/self/status'], %how);
	ok($r->{out} =~ /^CapPrm:\t0+$/m && $r->{out} =~ /^CapEff:\t0+$/m && $r->{out} =~ /^CapBnd:\t0+$/m || $who ne 'root', "as $who: no capabilities") or describe($r);
	ok($r->{out} =~ /^NoNewPrivs:\t1$/m && $r->{out} =~ /^Seccomp:\t0$/m, "as $who: no new ones; nothing to filter") or describe($r);
	$r = audit(['run', '-p', policy("deny %network, so_socket, ptrace\n"), '/bin/cat', '/proc/self/status'], %how);
	ok($r->{out} =~ /^Seccomp:\t2$/m, "as $who: calls that none gets through are filtered") or describe($r);
	$r = audit(['run', '--no-host', '-p', "$dir/policy", '/bin/cat', '/proc/self/status'], %how);
	ok($r->{out} =~ /^Seccomp:\t0$/m && $r->{out} =~ /^NoNewPrivs:\t0$/m || @drop, "as $who: --no-host") or describe($r);
	unlink "$dir/log";
	$r = audit(['run', '-p', policy($rules), '-o', "$dir/log", "$build/twin/audited.freebsd"], %how);
	ok($r->{out} eq $held, "as $who: rules") or describe($r);
	unlink "$dir/log";
}
if ($> == 0) {
	$r = audit(['run', '-p', policy("capability drop chown, setuid\n"), '/bin/sh', '-c', "touch $dir/owned; chown 5 $dir/owned; chmod 700 $dir/owned && echo rest"]);
	ok($r->{out} eq "rest\n" && $r->{err} =~ /not permitted/, 'some capabilities') or describe($r);
}
$r = audit(['run', '-p', policy("path read /usr\npath read /not/there\n"), '/bin/true']);
ok(outcome($r) eq '125' && $r->{err} =~ /policy:2: cannot let the program have \/not\/there: No such file/, 'a path that is not there is told') or describe($r);

# In a root a path is the root's, however it is seen.
my $root = tempdir(CLEANUP => 1);
chmod 0755, $root;
mkdir $_ for map { "$root/$_" } 'bin', 'etc', 'usr', 'home', 'lib', 'libexec', 'tmp', 'dev', 'proc', 'var';
system('cp', "$build/twin/audited.freebsd", "$root/bin/audited") == 0 or die;
write_file("$root/etc/passwd", "root:*:0:0::/:/bin/sh\n");
policy("path read /bin /dev /etc\npath read, write /home\npath execute /bin\n");
for my $view ('namespace', 'in-process') {
	$r = audit(['run', '-p', "$dir/policy", '--root', "$root", '--view', $view, '--chdir', '/home', '/bin/audited']);
	ok(outcome($r) eq '0' && $r->{out} eq $free && $r->{err} eq '', "in a root ($view), what may be read and written") or describe($r);
	my $other = "$dir/other";
	write_file($other, "path read /bin /dev\npath read, write /home\npath execute /bin\n");
	$r = audit(['run', '-p', $other, '--root', "$root", '--view', $view, '--chdir', '/home', '/bin/audited']);
	ok(outcome($r) eq '0' && $r->{out} eq $free =~ s/^(read|read by dots|read in a child|read by a link): done$/$1: EACCES/mgr, "in a root ($view), what may not") or describe($r);
}

# ---- the log ----------------------------------------------------------------------------------
my $log = "$dir/chain";
policy($rules);
audit(['run', '-p', "$dir/policy", '-o', $log, $linux]) for 1 .. 2;
$r = audit(['verify', $log]);
ok(outcome($r) eq '0' && $r->{out} =~ /: 30 lines, whole from the first on; the last has the hash ([0-9a-f]{64})\n/, 'two runs, one chain') or describe($r);
my ($last) = $r->{out} =~ /([0-9a-f]{64})/;
is(outcome(audit(['verify', '--last', $last, $log])), '0', 'its end is the one that was');
my @lines = split /^/, slurp($log);
ok(!(grep { !eval { decode_json($_); 1 } } @lines), 'each line is JSON');
my $end = decode_json($lines[-1]);
ok($end->{event} eq 'end' && $end->{status} == 0 && $end->{refused} == 13 && $end->{lost} == 0, 'the end says how it was') or diag($lines[-1]);
for my $case (['a line changed', sub { $_[0][4] =~ s/refuse/permit/ }, 5], ['a line less', sub { splice @{ $_[0] }, 7, 1 }, 8],
	['two lines changed places', sub { @{ $_[0] }[5, 6] = @{ $_[0] }[6, 5] }, 6], ['a line twice', sub { splice @{ $_[0] }, 3, 0, $_[0][3] }, 5],
	['the last line cut', sub { chop $_[0][-1]; chop $_[0][-1] }, 30], ['the first line gone', sub { shift @{ $_[0] } }, 0]) {
	my ($what, $do, $line) = @$case;
	my @copy = @lines;
	$do->(\@copy);
	write_file("$dir/tampered", join '', @copy);
	$r = audit(['verify', "$dir/tampered"]);
	if ($line) {
		ok(outcome($r) eq '1' && $r->{err} =~ /tampered:$line: this line/, "$what shows") or describe($r);
	} else {
		ok(outcome($r) eq '0' && $r->{out} =~ /as far as they go back/, "$what is told") or describe($r);
	}
}
write_file("$dir/tampered", join '', @lines[0 .. 20]);
is(outcome(audit(['verify', "$dir/tampered"])), '0', 'an end that was cut off does not show by itself');
$r = audit(['verify', '--last', $last, "$dir/tampered"]);
ok(outcome($r) eq '1' && $r->{err} =~ /lines are missing at its end/, 'but by the last hash') or describe($r);
$lines[3] =~ s/refuse/permit/;
write_file("$dir/tampered", join '', @lines);
$r = audit(['run', '-p', "$dir/policy", '-o', "$dir/tampered", $linux]);
ok(outcome($r) eq '1' && $r->{out} eq '' && $r->{err} =~ /not whole, so nothing is added/, 'nothing is added to a log that is not whole') or describe($r);
audit(['run', '-p', "$dir/policy", '-o', "$dir/ring", '--log-size', '4k', $linux]) for 1 .. 6;
ok(-s "$dir/ring" <= 4096 && -s "$dir/ring.1" <= 4096, 'a log stays within its size');
$r = audit(['verify', "$dir/ring"]);
ok(outcome($r) eq '0' && $r->{out} =~ /older ones gave way/, 'and whole') or describe($r);
is((logged("$dir/ring"))[-1]{seq}, 90, 'its lines are numbered through');

# ---- what goes wrong --------------------------------------------------------------------------
for my $case (["fbid open\n", '1: a line cannot begin with', 'allow, log, deny'], ["allow nosuchcall\n", "1: no call and no class of this section is called 'nosuchcall'", 'fbird syscalls'],
	["# one\n\n[nosuch]\n", "3: no personality is called 'nosuch'", 'lists them'], ["[any\n", "1: no ']' ends the section", '\[any\]'],
	["errno EFOO open\n", "1: no error is called 'EFOO'", 'EACCES'], ["errno\n", "1: no error is called", 'EACCES'],
	["deny open if\n", '1: a condition is missing', 'ARGUMENT'], ["deny open if flags\n", '1: no comparison', '=='],
	["deny open if flags ==\n", '1: the comparison has no value', 'a number'], ["deny open if flags == O_NOSUCH\n", '1: this rule holds for no call', 'arguments'],
	["deny open if nosucharg == 1\n", '1: this rule holds for no call', 'arguments'], ["deny open if path under etc\n", "1: a path that does not begin with '/': 'etc'", 'absolute'],
	["deny open if path near /etc\n", "1: what of the path? 'near'", 'path under'], ["deny getpid if path under /\n", '1: this rule holds for no call', 'arguments'],
	["deny open rate 5\n", "1: no rate: '5'", 'N/s'], ["deny open rate 0/s\n", "1: no rate: '0/s'", 'N/s'], ["deny open rate 1/s burst 0\n", "1: no burst: '0'", 'from 1'],
	["deny open please\n", "1: cannot stand here: 'please'", "'if'"], ["deny open,\n", "1: a call's name is missing", 'a name'],
	["deny /[\n", '1: no regular expression', 'regex'], ["default\n", "1: 'default' says nothing", 'allow'], ["default deny all\n", "1: something follows the action: 'all'", "line's end"],
	["path read etc\n", "1: a path that does not begin with '/'", 'absolute'], ["path eat /etc\n", "1: no right to a path: 'eat'", 'read, write or execute'],
	["path read\n", '1: no path follows', 'absolute'], ["[freebsd]\npath read /etc\n", '2: a path rule for some personalities', '\[any\]'],
	["capability\n", '1: what of the capabilities', 'capability none'], ["capability drop nosuch\n", "1: no capability is called 'nosuch'", 'capabilities\(7\)'],
	["deny connect if address in 10.0.0\n", "1: no address: '10.0.0'", '10.0.0.0/8'], ["deny connect if address in 10.0.0.0/33\n", '1: no address', '/8'],
	["deny connect if address in ::1/129\n", '1: no address', '/8'], ["deny connect if address in ::1/\n", '1: no address', '/8'],
	["deny connect if address port 65536\n", "1: no port: '65536'", '65535'], ["deny connect if address port 9-1\n", '1: no port', '65535'],
	["deny connect if address port -1\n", '1: no port', '65535'], ["deny connect if address near\n", "1: what of the address? 'near'", 'address in'],
	["deny open if address in ::1\n", '1: this rule holds for no call', 'arguments'], ["port connect\n", '1: no port follows', 'TCP'],
	["port use 1\n", "1: no right to a port: 'use'", 'connect or bind'], ["port bind 1-\n", '1: no port', '65535'],
	["[freebsd]\nport bind 1\n", '2: a port rule for some personalities', '\[any\]'],
	["allow open\0\n", '1: a zero byte', 'text']) {
	my ($text, $what, $expected) = @$case;
	$r = audit(['run', '-p', policy($text), '/bin/true']);
	ok(outcome($r) eq '2' && $r->{err} =~ /^fbird: \Q$dir\E\/policy:\Q$what\E.*$expected/, "'" . ($text =~ s/\n+/ /gr =~ s/\0/0/r) . "' is refused in a sentence") or describe($r);
}
$r = audit(['run', '-p', "$dir/none", '/bin/true']);
ok(outcome($r) eq '2' && $r->{err} =~ /cannot open the policy .*none: No such file/, 'a policy that is not there') or describe($r);
$r = audit(['run', '/bin/true']);
ok(outcome($r) eq '2' && $r->{err} =~ /the form is/, 'no policy') or describe($r);
$r = audit(['dance']);
ok(outcome($r) eq '2' && $r->{err} =~ /run, learn, explain or verify/, 'no such verb') or describe($r);
$r = audit(['run', '-p', policy($rules), '-o', '/dev/full', $linux]);
ok(outcome($r) eq '0' && $r->{out} eq $held && $r->{err} =~ /cannot write \/dev\/full: No space left.*the program goes on/s && 1 == (() = $r->{err} =~ /fbird:/g), 'a full disk: it goes on, held to the policy') or describe($r);
$r = audit(['run', '-p', "$dir/policy", '-o', "$dir/no/such/log", $linux]);
ok(outcome($r) eq '1' && $r->{out} eq '' && $r->{err} =~ /cannot open the log/, 'a log that cannot be opened: it is not run') or describe($r);

# Who reads is killed: the program goes on, and is refused what it was.
{
	my $script = "while [ ! -e $dir/go ]; do sleep 0.05; done; mkdir $dir/late; echo \$? >$dir/result; touch $dir/done";
	policy("errno EROFS mkdir\n");
	my $pid = fork // die;
	if (!$pid) {
		open STDOUT, '>', '/dev/null';
		open STDERR, '>', '/dev/null';
		exec fbird(), 'audit', 'run', '-p', "$dir/policy", '/bin/sh', '-c', $script;
	}
	sleep 0.5;
	kill 'KILL', $pid;
	waitpid $pid, 0;
	write_file("$dir/go", '');
	for (1 .. 100) { last if -e "$dir/done"; sleep 0.1 }
	ok(-e "$dir/done" && slurp("$dir/result") eq "1\n" && !-e "$dir/late", 'a reader that is killed: the policy stays');
}

# ---- learning and explaining ------------------------------------------------------------------
for my $system (@systems) {
	$r = audit(['learn', '--paths', '-o', "$dir/learnt", "$build/twin/audited.$system"]);
	ok(outcome($r) eq '0' && $r->{out} eq $free, "$system: a program that is learnt from is not disturbed") or describe($r);
	$r = audit(['run', '-p', "$dir/learnt", "$build/twin/audited.$system"]);
	ok(outcome($r) eq '0' && $r->{err} eq '' && $r->{out} eq $free, "$system: under what was learnt it does the same") or describe($r) or diag(slurp("$dir/learnt"));
	$r = audit(['run', '-p', "$dir/learnt", "$build/twin/sockets.$system"]);
	ok(outcome($r) ne '0' || $r->{out} =~ /FAILED/, "$system: another does not") or describe($r);
}
$r = audit(['learn', '/bin/sh', '-c', 'exit 7']);
ok(outcome($r) eq '7' && $r->{out} =~ /^default deny$/m && $r->{out} =~ /^\[linux\]\nallow /m, 'learn ends as the program does') or describe($r);
$r = audit(['explain', policy("default deny\n[freebsd]\nallow open if flags has O_EXLOCK\n[any]\npath read /etc\ncapability keep chown\nallow write rate 9/s\nport connect 80 443-444\n")]);
ok(outcome($r) eq '0', 'explain') or describe($r);
like($r->{out}, $_, 'explain: ' . $_) for qr/policy:3: allow open if flags has O_EXLOCK\n  the runtime\n    freebsd: open\n/, qr/policy:5: read \/etc\n  the host, by Landlock/,
	qr/may have: chown\n|may have: cap_chown\n/, qr/by a bucket that all processes share/, qr/every other call of freebsd is refused/, qr/by seccomp.*:\n.* ptrace/,
	qr/connect port 80\n  the host, by Landlock: TCP\n.*connect port 443-444\n/, qr/other TCP ports are refused by the host to connect\./;
done_testing;
