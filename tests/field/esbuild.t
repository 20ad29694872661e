#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# esbuild as its authors ship it for FreeBSD and for illumos does what the one they ship for Linux does:
# the same version, the same help, and byte for byte the same bundle of 5,000 modules.
use strict;
use warnings;
use lib 'tests/lib';
use Field;
use FbirdTest;
use File::Temp qw(tempdir);
use IO::Socket::INET;
use Modules;
use POSIX ();
use Test::More;

my $modules = $ENV{ESBUILD_MODULES} // 5000;
my $linux = fixture('@esbuild/linux-x64', 'bin/esbuild');
my %builds = (
	FreeBSD => fixture('@esbuild/freebsd-x64', 'bin/esbuild'),
	illumos => fixture('@esbuild/sunos-x64', 'bin/esbuild'),
);

my $project = tempdir(CLEANUP => 1);
Modules::make_project($project, $modules);
my @bundle = ('main.js', '--bundle', '--minify', '--sourcemap', '--log-level=warning');
my $bundled = run(cmd => [$linux, @bundle, "--outfile=$project/linux.js"], dir => $project, limit => 120);
is(outcome($bundled), '0', 'the Linux esbuild bundles the project') or describe($bundled);

sub does_the_same {
	my ($system) = @_;
	my $esbuild = $builds{$system};
	my ($want, $got);

	for my $args (['--version'], ['--help'], ['--nonsense']) {
		$want = run(cmd => [$linux, @$args]);
		$got = run(cmd => [fbird(), 'run', $esbuild, @$args]);
		ok(same_text($got->{out}, $want->{out}) && same_text($got->{err}, $want->{err})
			&& outcome($got) eq outcome($want), "$system: esbuild @$args") or describe($got);
	}
	$got = run(cmd => [fbird(), 'run', $esbuild, @bundle, "--outfile=$project/foreign.js"],
		dir => $project, limit => 120);
	is(outcome($got), '0', "the $system esbuild bundles the project") or describe($got);
	for my $suffix ('js', 'js.map') {
		my ($a, $b) = map { slurp("$project/$_.$suffix") // '' } qw(foreign linux);
		s{//# sourceMappingURL=\w+\.js\.map}{} for $a, $b; # the file's own name
		ok(length $b && $a eq $b, "$suffix is byte for byte the same");
	}
	my @filter = ('--minify', '--loader=ts');
	my $typescript = "const answer: number = 40 + 2;\nexport { answer }\n";
	$want = run(cmd => [$linux, @filter], in => $typescript);
	$got = run(cmd => [fbird(), 'run', $esbuild, @filter], in => $typescript);
	ok($got->{out} ne '' && same_text($got->{out}, $want->{out}), 'from standard input to standard output')
		or describe($got);
	write_file("$project/bad.js", "let x = ;\n");
	$got = run(cmd => [fbird(), 'run', $esbuild, 'bad.js'], dir => $project);
	ok(outcome($got) eq '1' && $got->{err} =~ /Unexpected ";"/, 'a syntax error is reported')
		or describe($got);
}

# esbuild --serve answers requests while it runs, and ends at ^C.
sub serve {
	my ($name, @cmd) = @_;
	my $probe = IO::Socket::INET->new(Listen => 1, LocalAddr => '127.0.0.1');
	my $port = $probe->sockport;
	close $probe;
	my $server = fork // die;
	if ($server == 0) {
		chdir $project;
		open(STDIN, '<', '/dev/zero'); # end of file on standard input would end it
		open(STDOUT, '>', '/dev/null');
		open(STDERR, '>', '/dev/null');
		exec @cmd, 'main.js', '--bundle', '--outdir=www', "--serve=127.0.0.1:$port" or POSIX::_exit(98);
	}
	my $answer = '';
	for (1 .. 50) {
		my $s = IO::Socket::INET->new(PeerAddr => '127.0.0.1', PeerPort => $port, Timeout => 5);
		if ($s) {
			print $s "GET /main.js HTTP/1.0\r\nHost: 127.0.0.1:$port\r\n\r\n";
			local $SIG{ALRM} = sub { close $s };
			alarm 10;
			while (defined(my $line = <$s>)) {
				$answer .= $line;
			}
			alarm 0;
			last;
		}
		last if waitpid($server, POSIX::WNOHANG()) != 0;
		select undef, undef, undef, 0.1;
	}
	like($answer, qr{^HTTP/1\.[01] 200 .*console\.log\(value0\(1\)\)}s, "$name --serve answers");
	kill 'INT', $server;
	my $gone = 0;
	for (1 .. 100) {
		$gone = waitpid($server, POSIX::WNOHANG());
		last if $gone != 0;
		select undef, undef, undef, 0.05;
	}
	is($gone, $server, 'and ends when interrupted') or do { kill 'KILL', $server; waitpid($server, 0) };
}
serve('the Linux esbuild', $linux);
for my $system (sort keys %builds) {
	does_the_same($system);
	serve("the $system esbuild", fbird(), 'run', $builds{$system});
}
done_testing();
