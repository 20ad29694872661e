#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# The fbird command: its sentences, its exit statuses, and what it hands to the runtime.
use strict;
use warnings;
use lib 'tests/lib';
use FbirdTest;
use File::Temp qw(tempdir);
use JSON::PP;
use Test::More;

my $dir = tempdir(CLEANUP => 1);
$ENV{TZ} = 'GMT0';
chmod 0755, $dir;

# cli([ARGS], STATUS, OUT, ERR, NAME, key => value for run())
sub cli {
	my ($args, $status, $out, $err, $name, %more) = @_;
	my $r = run(cmd => [fbird(), @$args], dir => $dir, %more);
	my $good = outcome($r) eq $status && $r->{out} =~ $out && $r->{err} =~ $err;
	ok($good, $name) or do { diag("standard output:\n$r->{out}"); describe($r) };
	return $r;
}

my $nothing = qr/\A\z/;
my $sentence = qr/\Afbird: .*\n\z/; # one line

cli([], 2, $nothing, qr/$sentence.*/, 'no command');
cli(['--version'], 0, qr/\Afbird \d+\.\d+\.\d+ \(FeuerBird\)\n\z/, $nothing, '--version');
cli(['nonsense'], 2, $nothing, qr/no command 'nonsense'/, 'an unknown command');
my $help = cli(['help'], 0, qr/usage: fbird COMMAND/, $nothing, 'help');
cli(['--help'], 0, qr/\A\Q$help->{out}\E\z/, $nothing, '--help says the same');
cli(['help', 'nonsense'], 2, $nothing, $sentence, 'help on an unknown command');
for my $command ($help->{out} =~ /^  (\w+) /mg) {
	my $said = cli(['help', $command], 0, qr/\Ausage: fbird $command/, $nothing, "help $command");
	cli([$command, '--help'], 0, qr/\A\Q$said->{out}\E\z/, $nothing, "$command --help");
	cli([$command, '--nonsense'], $command eq 'run' ? 125 : 2, $nothing, $sentence,
		"$command with an unknown option");
}
cli(['--version'], 1, $nothing, qr/cannot write to standard output/, 'a full disk is told',
	cmd => ['sh', '-c', 'exec "$0" --version >/dev/full', fbird()]);

# ---- run: what is found, what is not -----------------------------------------------
sub file {
	my ($name, $mode, $text) = @_;
	open(my $o, '>', "$dir/$name") or die;
	print $o $text;
	close $o;
	chmod $mode, "$dir/$name";
}
mkdir "$dir/bin";
mkdir "$dir/bin2";
file('plain', 0644, "x\n");
file('bin/tool', 0644, "x\n");
cli(['run'], 125, $nothing, qr/no program given/, 'run without a program');
cli(['run', './nowhere'], 127, $nothing, qr/cannot find the program .*nowhere/, 'a program that is not there');
cli(['run', 'plain/x'], 127, $nothing, $sentence, 'a path through a file');
cli(['run', 'nowhere'], 127, $nothing, qr/in PATH/, 'a program not in PATH');
cli(['run', $dir], 126, $nothing, qr/is a directory/, 'a directory');
cli(['run', './plain'], 126, $nothing, qr/chmod \+x/, 'a file that may not be executed');
cli(['run', 'tool'], 126, $nothing, $sentence, 'a match in PATH that may not be executed',
	env => { PATH => "$dir/bin" });
cli(['run', '/dev/null'], 126, $nothing, $sentence, 'a device');
cli(['run', '--env', 'novalue', 'x'], 125, $nothing, qr/NAME=VALUE/, 'a bad --env');
cli(['run', '--env'], 125, $nothing, qr/value is missing/, 'an option without its value');
cli(['run', '--chdir', '/nowhere', 'x'], 125, $nothing, qr{directory /nowhere}, 'a bad --chdir');
cli(['run', '--root', 'nowhere', 'x'], 125, $nothing, qr{no root 'nowhere' and no directory}, 'no such root');
cli(['run', '--root', '/', 'x'], 125, $nothing, $sentence, 'the host itself is no root');
cli(['run', '--view', 'nice', 'x'], 125, $nothing, $sentence, 'a view of no kind');
cli(['run', '--view', 'in-process', "--$_", '--root', 'bin', 'x'], 125, $nothing, qr/--\w.* takes a mount namespace/, "--$_ takes a namespace")
	for 'read-only', 'overlay', 'bind=/tmp:/tmp';
cli(['run', '--root', '/nowhere', 'x'], 125, $nothing, qr{/nowhere as a root}, 'a bad --root');

# ---- run: what the runtime is told (a script stands in for it) ----------------------
file('rt', 0755, <<'S');
#!/bin/sh
for a in "$@"; do printf '[%s]\n' "$a"; done
printf 'K=%s GONE=%s\n' "$K" "${GONE-unset}"
pwd
S
file('guest', 0755, "no format anybody knows\n");
file('bin2/guest', 0755, "another\n");
my %rt = (env => { LOGNAME => 'me', FBIRD_BINFMT_DIR => "$dir/none", FBIRD_RT => "$dir/rt", GONE => 'here' });
cli(['run', './guest', 'a b', '--missing', '-x'], 0,
	qr{\A\[FBIRD1;linux=1;login=me\]\n\[./guest\]\n\[./guest\]\n\[a b\]\n\[--missing\]\n\[-x\]\n}, $nothing,
	'options end at the program', %rt);
cli(['run', '--missing', '--personality=freebsd', '--', './guest'], 0,
	qr{\A\[FBIRD1;personality=freebsd;missing=1;linux=1;login=me\]\n}, $nothing, 'options, then --', %rt);
cli(['run', '--personality', "a;b%c\nd", './guest'], 0, qr/\A\[FBIRD1;personality=a%3Bb%25c%0Ad;linux=1;login=me\]\n/,
	$nothing, 'awkward characters of a value are encoded', %rt);
cli(['run', '--env', 'K=v=w', '--unsetenv', 'GONE', './guest'], 0, qr/^K=v=w GONE=unset$/m, $nothing,
	'--env and --unsetenv', %rt);
cli(['run', '--argv0', 'other', './guest', 'x'], 0, qr{\[./guest\]\n\[other\]\n\[x\]\n}, $nothing,
	'--argv0', %rt);
cli(['run', '--view', 'in-process', '--chdir', 'bin2', '--root', 'bin', './guest'], 0,
	qr{\A\[FBIRD1;linux=1;root=\Q$dir\E/bin;login=me\]\n.*\n\Q$dir\E/bin2\n\z}s, $nothing,
	'--chdir moves, --root stays where it was', %rt);
cli(['run', './guest'], 0, qr{\A\[FBIRD1;linux=1;login=me;zone=-330\]\n}, $nothing, 'the time zone is told',
	env => { LOGNAME => 'me', FBIRD_RT => "$dir/rt", TZ => 'XYZ-5:30' });
cli(['run', 'guest'], 0, qr{\A\[FBIRD1;linux=1;login=me\]\n\[\Q$dir\E/bin2/guest\]\n\[guest\]\n}, $nothing,
	'PATH is searched', env => { LOGNAME => 'me', FBIRD_RT => "$dir/rt", PATH => "/nowhere:$dir/bin2:/bin:/usr/bin" });
cli(['run', 'guest'], 0, qr{\A\[FBIRD1;linux=1;login=me\]\n\[guest\]\n}, $nothing, 'an empty entry of PATH is here',
	env => { LOGNAME => 'me', FBIRD_RT => "$dir/rt", PATH => ":/bin:/usr/bin" });
cli(['run', './guest'], 125, $nothing, qr{runtime image /nowhere.*FBIRD_RT}, 'no runtime image',
	env => { FBIRD_RT => '/nowhere' });
cli(['run', '--argv0', 'me', 'sh', '-c', 'echo $0; exit 7'], 7, qr/\Ame\n\z/, $nothing,
	'a Linux program is simply executed', env => { FBIRD_RT => '/nowhere' });
cli(['run', 'sh', '-c', 'kill -TERM $$'], 'SIG15', $nothing, $nothing, 'and ends as it ended');

# ---- syscalls ------------------------------------------------------------------------
my $list = cli(['syscalls'], 0, qr/^freebsd /m, $nothing, 'syscalls lists the personalities');
for my $name ($list->{out} =~ /^(\w+) /mg) {
	my $text = cli(['syscalls', $name], 0, qr/\A +nr +name/, $nothing, "syscalls $name");
	my $r = cli(['syscalls', $name, '--json'], 0, qr/\A\[/, $nothing, "syscalls $name --json");
	my $rows = eval { decode_json($r->{out}) } // [];
	is(scalar(@$rows), scalar(() = $text->{out} =~ /^ *-?\d+ /mg), "$name: as many rows as lines");
	my %seen;
	is(join(' ', grep { $seen{$_}++ } map { $_->{nr} } @$rows), '', "$name: no number twice");
	my $count = cli(['syscalls', $name, '--count'], 0, qr/\A(?:\w+ +\d+\n)+\z/, $nothing, "$name --count");
	my $sum = 0;
	$sum += $_ for $count->{out} =~ /(\d+)\n/g;
	is($sum, scalar @$rows, "$name: the counts add up");
	is(join(' ', map { $_->{name} } grep { $_->{state} ne 'FULL' && $_->{note} eq '' && $_->{state} !~ /^(?:RESERVED|UNIMPL|OBSOLETE)$/ } @$rows), '',
		"$name: what is not FULL says what is missing");
	cli(['syscalls', $name, '--markdown'], 0, qr/^\| Nr \| Name/m, $nothing, "$name --markdown");
}
cli(['syscalls', 'freebsd', '--state', 'obsolete'], 0, qr/\A.*\n(?: +\d+  \S+ +OBSOLETE.*\n)+\z/, $nothing, '--state');
cli(['syscalls', 'nonsense'], 2, $nothing, $sentence, 'an unknown personality');
cli(['syscalls', 'freebsd', 'linux'], 2, $nothing, $sentence, 'two personalities');

# ---- binfmt, in a folder that stands in for the kernel's ------------------------------
mkdir "$dir/binfmt";
file('binfmt/register', 0644, '');
my %fake = (env => { FBIRD_BINFMT_DIR => "$dir/binfmt", FBIRD_RT => "$dir/rt" });
cli(['binfmt'], 2, $nothing, $sentence, 'binfmt wants an action');
cli(['binfmt', '--install', '--remove'], 2, $nothing, $sentence, 'binfmt wants one action');
cli(['binfmt', '--status'], 1, qr/not registered/, $nothing, 'binfmt: not there yet', %fake);
cli(['binfmt', '--remove'], 1, $nothing, $sentence, 'binfmt: nothing to remove', %fake);
cli(['binfmt', '--install', '--dry-run'], 0, qr/would write to .*register: :fbird-freebsd:/, $nothing,
	'binfmt --dry-run', %fake);
is(slurp("$dir/binfmt/register"), '', 'and it wrote nothing');
cli(['binfmt', '--install'], 0, $nothing, $nothing, 'binfmt --install', %fake);
is(slurp("$dir/binfmt/register"), ":fbird-freebsd:M:0:\\x7fELF\\x02\\x01\\x01\\x09::$dir/rt:PF",
	'the line the kernel gets');
file('binfmt/fbird-freebsd', 0644, "enabled\n");
cli(['binfmt', '--status'], 0, qr/registered as.*\n  enabled/, $nothing, 'binfmt --status', %fake);
cli(['binfmt', '--install'], 1, $nothing, qr/already registered/, 'binfmt: twice', %fake);
cli(['binfmt', '--remove'], 0, $nothing, $nothing, 'binfmt --remove', %fake);
like(slurp("$dir/binfmt/fbird-freebsd"), qr/\A-1/, 'the word that removes an entry');
cli(['binfmt', '--install'], 1, $nothing, qr/mount -t binfmt_misc/, 'binfmt: no binfmt_misc',
	env => { FBIRD_BINFMT_DIR => "$dir/nowhere", FBIRD_RT => "$dir/rt" });
SKIP: {
	my @as = unprivileged() or skip('not root', 1);
	system('cp', fbird(), "$dir/fbird-copy");
	my $r = run(cmd => [@as, "$dir/fbird-copy", 'binfmt', '--install'], %fake);
	unlink "$dir/binfmt/fbird-freebsd";
	$r = run(cmd => [@as, "$dir/fbird-copy", 'binfmt', '--install'], dir => $dir, %fake);
	ok(outcome($r) eq '1' && $r->{err} =~ /sudo fbird binfmt --install/, 'binfmt: without rights it says what to do')
		or describe($r);
}
done_testing();
