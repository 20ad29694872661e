#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# Programs for the research systems: tests/research/NAME.SYSTEM.s, assembled with print.s and run in
# an empty directory, print NAME.SYSTEM.out and end with NAME.SYSTEM.status (0), by both engines and,
# where root runs the suite, as nobody (who may print NAME.SYSTEM.nobody.out), and with numbers of
# processes that do not fit 16 bits. A system whose calls are not made like the others' has a
# print.SYSTEM.s.
use strict;
use warnings;
use lib 'tests/lib';
use Cwd qw(abs_path);
use FbirdTest;
use File::Temp qw(tempdir);
use Test::More;

sub spew {
	my ($file, $text) = @_;
	open(my $out, '>', $file) or die "cannot write $file: $!";
	print $out $text;
	close $out;
}

my %magic = (v1 => '0405');
my %names = (bsd211 => 'v7');
my $assembler = abs_path('tests/tools/pdp11-as');
umask 022;
my $top = tempdir(CLEANUP => 1);
my @nobody = unprivileged();
# A namespace that counts from 70000 on; the first process of it is the shell, the program is not.
my @large = ('unshare', '--pid', '--fork', '--kill-child', '--mount-proc', '/bin/sh', '-c',
	'echo 70000 >/proc/sys/kernel/ns_last_pid && "$@"; exit $?', 'sh');
my $counts = system("@large[0 .. 4] sh -c 'echo 70000 >/proc/sys/kernel/ns_last_pid && sh -c \"test \\\$\\\$ -gt 65535\"' 2>/dev/null") == 0;
chmod 0755, $top;
# A copy that everybody can read: a checkout may lie where only root can enter.
system("mkdir -p $top/fbird && cp -R \$(dirname " . fbird() . ") $build/lib $top/fbird") == 0 or BAIL_OUT('cannot copy fbird');
for my $source (sort grep { !m{/print\.} } glob 'tests/research/*.*.s') {
	my ($name, $system) = $source =~ m{([^/]+)\.([\w-]+)\.s$};
	my $dir = tempdir(CLEANUP => 1);
	my @as = ($assembler, '-m', $magic{$system} // '0407', '-u', $names{$system} // $system, '-o', "$dir/program");
	my $status = -e "tests/research/$name.$system.status" ? slurp("tests/research/$name.$system.status") + 0 : 0;

	my ($print) = map { abs_path($_) } grep { -e } "tests/research/print.$system.s", 'tests/research/print.s';
	chmod 0755, $dir;
	my $made = run(cmd => [@as, abs_path($source), $system eq 'v1' ? () : $print]);
	is($made->{err}, '', "$name ($system) is assembled") or next;
	for (['', [], ''], [', interpreted', [], 'interp'], @nobody ? [', as nobody', \@nobody, ''] : (),
		$counts ? [', with large numbers of processes', \@large, ''] : ()) {
		my ($how, $who, $engine) = @$_;
		my $work = "$dir/work";

		system('rm', '-rf', $work);
		mkdir $work;
		chmod 0777, $work;
		my $r = run(cmd => [@$who, "$top/fbird/bin/fbird", 'run', '--personality', $system, '../program'],
			dir => $work, env => { FBIRD_PDP11 => $engine, TZ => 'XYZ-5:30' }, limit => 20);
		my ($want) = grep { -e } $> || $how eq ', as nobody' ? "tests/research/$name.$system.nobody.out" : (),
			"tests/research/$name.$system.out";
		is($r->{out}, slurp($want), "$name ($system$how) prints what it should");
		is(outcome($r), $status, "$name ($system$how) ends as it should") or describe($r);
	}
}
# In trees of their own. Root's is no namespace of users; where root does not run the suite it is one.
my $tree = tempdir(CLEANUP => 1);
mkdir "$tree/$_" for qw(bin tmp dev);
chmod 0777, $tree, map { "$tree/$_" } qw(bin tmp dev);
sub in_tree {
	my ($name, $options, $program, $text, $want, %more) = @_;
	spew("$tree/program.s", $text);
	system($assembler, '-m', '0407', '-u', 'v7', '-o', "$tree/bin/program", "$tree/program.s", abs_path('tests/research/print.s')) == 0
		or BAIL_OUT('cannot assemble');
	system('chown', '-R', '65534:65534', $tree) if !$> && $more{nobody};
	my $r = run(cmd => [$more{nobody} ? @nobody : (), "$top/fbird/bin/fbird", 'run', '--root', $tree, @$options, @$program], dir => '/',
		env => { TZ => 'XYZ-5:30' });
	like($r->{out}, qr/\A$want\z/, $name) or describe($r);
}
my $device = "	sys	creat; name; 666\n	jsr	pc,result\n	clr	r0\n	sys	exit\nname:	</dev/new\\0>; .even\n";
in_tree('in a tree of another system nothing is made in /dev', [], ['/bin/program'], $device, "error 000036\n");
system('cp', "$tree/bin/program", "$tree/bin/sh");
in_tree('where the shell is a PDP-11\'s, it is', [], ['/bin/program'], $device, "000003\n");
in_tree('but not in one that is only read', ['--read-only'], ['/bin/program'], $device, "error 000036\n");
in_tree('a program of the host hands the zone on', [], ['/compat/linux/bin/sh', '-c', "$tree/bin/program; true"],
	"	sys	ftime; to\n	mov	to+6,r0\n	jsr	pc,number\n	clr	r0\n	sys	exit\n	.data\nto:	0;0;0;0;0\n	.text\n", "177266\n");

# As nobody a root is in a namespace, which has one user: all others are refused as on any host.
in_tree('nobody\'s root has no other users', [], ['/bin/program'], <<'END', '(?:error 000001\n){3}\d{6}\n', nobody => 1) if @nobody || $>;
	mov	$1,r0
	sys	setuid
	jsr	pc,result
	mov	$1,r0
	sys	setgid
	jsr	pc,result
	sys	chown; name; 1; 1
	jsr	pc,result
	sys	getuid
	sys	setuid
	jsr	pc,result
	clr	r0
	sys	exit
name:	</program.s\0>; .even
END
done_testing();
